package lessons

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// The lessons' own rules, kept by counting. They stand here and not in the
// loader: a learner may run a course that breaks them.
const (
	medianSentence = 15 // words
	longSentence   = 25 // words, in at most a tenth of the sentences
	maxSentence    = 35
	maxParagraph   = 60
	maxProse       = 150 // words between bytes, code or a drawing
	maxExcerpt     = 15  // lines
	drawingColumns = 72
	drawingLines   = 14
)

// banned words judge the reader, or claim what was measured without saying it.
// Those that have given way to another one are in words_test.go.
var banned = regexp.MustCompile(`(?i)\b(simply|just|obviously|clearly|trivial(ly)?|easily|of course|should|packets?|browsers break)\b`)

// sentenceEnd is a full stop that is not inside a number or an abbreviation.
var sentenceEnd = regexp.MustCompile(`[.?!]["')]*(\s+|$)`)

// paragraphs returns a block's paragraphs: those of its items, if it has any.
func paragraphs(b *Block) []string {
	switch b.Kind {
	case Paragraph:
		return []string{b.flow.text}
	case List, Quote:
		var all []string
		for i := range b.parts {
			all = append(all, paragraphs(&b.parts[i])...)
		}
		return all
	}
	return nil
}

func words(s string) int { return len(strings.Fields(s)) }

func sentences(text string) []string {
	var all []string
	for _, s := range sentenceEnd.Split(text, -1) {
		if s != "" {
			all = append(all, s)
		}
	}
	return all
}

func TestProse(t *testing.T) {
	for _, l := range shipped(t) {
		t.Run(l.Step, func(t *testing.T) {
			var lengths []int
			for i := range l.Blocks {
				b := &l.Blocks[i]
				for _, paragraph := range paragraphs(b) {
					if n := words(paragraph); n > maxParagraph {
						t.Errorf("%s: a paragraph of %d words, at most %d", b.Source, n, maxParagraph)
					}
					for _, s := range sentences(paragraph) {
						lengths = append(lengths, words(s))
						if n := words(s); n > maxSentence {
							t.Errorf("%s: a sentence of %d words, at most %d: %q", b.Source, n, maxSentence, s)
						}
					}
				}
				var text strings.Builder
				text.WriteString(b.Text + "\n" + b.spoken)
				if q := b.Question; q != nil {
					for _, o := range q.Options {
						text.WriteString("\n" + o.Reply)
					}
				}
				if w := banned.FindString(text.String()); w != "" && b.Kind != Exchange && b.Kind != Excerpt {
					t.Errorf("%s: banned: %q", b.Source, w)
				}
			}
			slices.Sort(lengths)
			if n := lengths[len(lengths)/2]; n > medianSentence {
				t.Errorf("median sentence %d words, at most %d", n, medianSentence)
			}
			if n := lengths[len(lengths)*9/10]; n > longSentence {
				t.Errorf("nine tenths of the sentences have up to %d words, at most %d", n, longSentence)
			}
		})
	}
}

// TestProseRhythm: bytes, code or a drawing at least every so many words.
func TestProseRhythm(t *testing.T) {
	for _, l := range shipped(t) {
		since := 0
		for i := range l.Blocks {
			b := &l.Blocks[i]
			switch b.Kind {
			case Exchange, Excerpt, Code, Drawing, Table, Prediction, Exercise:
				since = 0
			case Heading:
				if b.Text == "Sources" {
					since = -maxProse // nothing is taught there
				}
			}
			for _, p := range paragraphs(b) {
				since += words(p)
			}
			if since > maxProse {
				t.Errorf("%s: %d words without bytes, code or a drawing", b.Source, since)
				since = 0
			}
			lines := strings.Split(b.Text, "\n")
			if b.Kind == Excerpt && len(lines) > maxExcerpt {
				t.Errorf("%s: an excerpt of %d lines, at most %d", b.Source, len(lines), maxExcerpt)
			}
			if b.Kind == Drawing {
				widest := slices.MaxFunc(lines, func(a, b string) int { return cmp.Compare(cells(a), cells(b)) })
				if cells(widest) > drawingColumns || len(lines) > drawingLines {
					t.Errorf("%s: a drawing of %d columns and %d lines", b.Source, cells(widest), len(lines))
				}
			}
		}
	}
}

// seconds is how long a block takes to read, to guess or to send.
func seconds(b *Block) int {
	n := 0
	for _, p := range paragraphs(b) {
		n += words(p) * 60 / 150
	}
	switch b.Kind {
	case Prediction:
		n += 45
	case Exchange:
		n += 20
	}
	return n
}

// TestFirstEdit: from the first word of the first page it takes at most five
// minutes to the first exercise.
func TestFirstEdit(t *testing.T) {
	total := 0
	for _, l := range shipped(t) {
		for i := range l.Blocks {
			if l.Blocks[i].Kind == Exercise {
				if total > 5*60 {
					t.Errorf("%s: the first exercise comes after %d s", l.Blocks[i].Source, total)
				}
				return
			}
			total += seconds(&l.Blocks[i])
		}
	}
	t.Error("no exercise in any lesson")
}

// TestRepairFirst: the reference's way to read a head is shown behind the
// exercise in which the learner writes one.
func TestRepairFirst(t *testing.T) {
	for _, l := range shipped(t) {
		if l.Step != "01-socket" {
			continue
		}
		exercise := slices.IndexFunc(l.Blocks, func(b Block) bool { return b.Kind == Exercise && b.Name == "cut" })
		excerpt := slices.IndexFunc(l.Blocks, func(b Block) bool {
			return b.Kind == Excerpt && b.Name == "01-socket/request.go read the head"
		})
		if exercise < 0 || excerpt < exercise {
			t.Errorf("exercise in block %d, excerpt in block %d", exercise, excerpt)
		}
	}
}

// TestMinutes: reading, guessing and sending fit into the time that is named.
func TestMinutes(t *testing.T) {
	for _, l := range shipped(t) {
		total := 0
		for i := range l.Blocks {
			total += seconds(&l.Blocks[i])
		}
		if need := (total + 59) / 60; need > l.Minutes {
			t.Errorf("%s: needs %d minutes, promises %d", l.Step, need, l.Minutes)
		}
	}
}

// TestPredictionsAreAsked: a question stands below the bytes it asks about, and
// its right place is not always the same.
func TestPredictionsAreAsked(t *testing.T) {
	for _, l := range shipped(t) {
		shown := map[string]bool{}
		for i := range l.Blocks {
			b := &l.Blocks[i]
			if b.Kind == Exchange {
				shown[b.Exchange.ID()] = true
			}
			if b.Kind == Prediction && !shown[b.Exchange.ID()] {
				t.Errorf("%s: asks about %s, which no block above shows", b.Source, b.Exchange.ID())
			}
			if b.Kind == Prediction && len(b.Question.Options) != 3 {
				t.Errorf("%s: %d options, three are due", b.Source, len(b.Question.Options))
			}
		}
	}
}

// TestExercises: a step's lesson places each of its exercises once, in the
// step's order.
func TestExercises(t *testing.T) {
	pages := map[string]*Lesson{}
	for _, l := range shipped(t) {
		pages[l.Step] = l
	}
	for _, step := range allSteps(t) {
		var due, got []string
		for _, e := range step.Exercises {
			due = append(due, e.Name)
		}
		if l := pages[step.Name]; l != nil {
			for _, b := range l.Blocks {
				if b.Kind == Exercise {
					got = append(got, b.Name)
				}
			}
		}
		if !slices.Equal(due, got) {
			t.Errorf("exercises in the lesson: %q; of the step: %q", got, due)
		}
	}
}

// TestFirstLesson holds the measures of a full lesson.
func TestFirstLesson(t *testing.T) {
	for _, l := range shipped(t) {
		if l.Step != "01-socket" {
			continue
		}
		n, predictions := 0, 0
		for i := range l.Blocks {
			for _, p := range paragraphs(&l.Blocks[i]) {
				n += words(p)
			}
			if l.Blocks[i].Kind == Prediction {
				predictions++
			}
		}
		if n < 1200 || n > 2500 || predictions < 5 {
			t.Errorf("%d words, %d predictions; due are 1200 to 2500 and at least 5", n, predictions)
		}
		t.Logf("%d words, %d predictions, %d blocks", n, predictions, len(l.Blocks))
	}
}

// TestWidths: the renderer counts grapheme clusters, some terminals count
// characters. A line where the two disagree is drawn wrong on one of them.
func TestWidths(t *testing.T) {
	for _, l := range shipped(t) {
		for _, width := range []int{MinWidth, 58, MaxWidth} {
			for i, line := range l.Layout(width, State{Focus: -1}) {
				text := plain(line)
				if a, b := ansi.StringWidth(text), ansi.StringWidthWc(text); a != b || a > width {
					t.Errorf("%s, width %d, line %d: %d cells by cluster, %d by character: %q", l.Step, width, i, a, b, text)
				}
			}
		}
	}
}
