package lessons

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"example/wirebook/internal/course"
)

// plain is a line's text.
func plain(l Line) string {
	var b strings.Builder
	for _, s := range l.Spans {
		b.WriteString(s.Text)
	}
	return b.String()
}

func draw(lines []Line) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(strings.TrimRight(plain(l), " "))
		b.WriteByte('\n')
	}
	return b.String()
}

// demoSteps is a step with what the tests of parsing and layout need.
func demoSteps(t testing.TB) []*course.Step {
	t.Helper()
	step, err := course.Load(os.DirFS("testdata/steps"), "01-socket")
	if err != nil {
		t.Fatal(err)
	}
	return []*course.Step{step}
}

// demo is testdata/01-socket.md: a page with every kind of block.
func demo(t testing.TB) *Lesson {
	t.Helper()
	source, err := os.ReadFile("testdata/01-socket.md")
	if err != nil {
		t.Fatal(err)
	}
	l, err := Parse("01-socket.md", source, demoSteps(t), os.DirFS("testdata/steps"))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// block finds the first block of a kind and its id.
func block(t *testing.T, l *Lesson, k BlockKind) (int, *Block) {
	t.Helper()
	for i := range l.Blocks {
		if l.Blocks[i].Kind == k {
			return i, &l.Blocks[i]
		}
	}
	t.Fatalf("no %s in the lesson", k)
	return 0, nil
}

func TestLayout(t *testing.T) {
	l := demo(t)
	question, _ := block(t, l, Prediction)
	for name, width := range map[string]int{"narrow": 34, "half": 58, "whole": 80} {
		t.Run(name, func(t *testing.T) {
			s := State{Focus: question, Choice: 1}
			golden.RequireEqual(t, []byte(draw(l.Layout(width, s))))
		})
	}
}

// TestFocusMovesNothing: the cursor changes how lines look, never how many
// there are, or the page would jump under the reader's eye.
func TestFocusMovesNothing(t *testing.T) {
	l := demo(t)
	for _, width := range []int{MinWidth, 58, MaxWidth} {
		still := l.Layout(width, State{Focus: -1})
		for i := range l.Blocks {
			for choice := range 3 {
				lines := l.Layout(width, State{Focus: i, Choice: choice})
				if len(lines) != len(still) {
					t.Fatalf("width %d, focus on block %d (%s): %d lines, %d without focus",
						width, i, l.Blocks[i].Kind, len(lines), len(still))
				}
			}
		}
	}
}

// TestFocusShows: without colour, too, the block under the cursor says so.
func TestFocusShows(t *testing.T) {
	l := demo(t)
	for kind, due := range map[BlockKind]string{Exchange: "enter sends it", Exercise: "enter opens it", Prediction: "› ( )"} {
		i, _ := block(t, l, kind)
		if text := draw(l.Layout(58, State{Focus: i})); !strings.Contains(text, due) {
			t.Errorf("%s with the cursor does not show %q", kind, due)
		}
		if text := draw(l.Layout(58, State{Focus: -1})); strings.Contains(text, due) {
			t.Errorf("%s without the cursor shows %q", kind, due)
		}
	}
}

func TestAnswers(t *testing.T) {
	l := demo(t)
	i, _ := block(t, l, Prediction)
	const name = "cut"
	tests := []struct {
		what    string
		state   State
		due     []string
		missing string
	}{
		{"not answered", State{Focus: i}, []string{"( ) the page"}, "You said"},
		{"answered, not sent", State{Answers: map[string]int{name: 0}},
			[]string{"(•) the page", "You said: the page", "Send the exchange"}, "Look at the arrivals"},
		{"right", State{Answers: map[string]int{name: 2}, Decided: map[string]int{name: 2}},
			[]string{"(•) nothing", "The wire agrees. See 0 bytes."}, "Send the exchange"},
		{"other", State{Answers: map[string]int{name: 0}, Decided: map[string]int{name: 2}},
			[]string{"(•) the page", "The wire shows: nothing", "Look at the arrivals."}, "The wire agrees"},
		{"no option holds", State{Answers: map[string]int{name: 0}, Decided: map[string]int{name: -1}},
			[]string{"The wire shows something else"}, "The wire agrees"},
		{"answered, with the cursor", State{Focus: i, Choice: 1, Answers: map[string]int{name: 0}}, []string{"(•) the page"}, "›"},
		{"an answer that is none", State{Answers: map[string]int{name: 7}}, []string{"( ) the page"}, "You said"},
	}
	for _, test := range tests {
		t.Run(test.what, func(t *testing.T) {
			text := strings.Join(strings.Fields(draw(l.Layout(80, test.state))), " ")
			for _, due := range test.due {
				if !strings.Contains(text, due) {
					t.Errorf("does not show %q", due)
				}
			}
			if strings.Contains(text, test.missing) {
				t.Errorf("shows %q", test.missing)
			}
		})
	}
}

func TestVerdicts(t *testing.T) {
	l := demo(t)
	for verdict, due := range map[string]string{"": "· not tried yet", "pass": "✓ passed", "fail": "✗ not yet", "x": "· not tried yet"} {
		s := State{Verdict: map[string]string{"line-ends": verdict}}
		if text := draw(l.Layout(58, s)); !strings.Contains(text, due) {
			t.Errorf("verdict %q does not show %q", verdict, due)
		}
	}
}

// TestWidthLimits: a page is never wider than its widest, however wide the
// window is, and is laid out for the narrowest where that is too narrow.
func TestWidthLimits(t *testing.T) {
	l := demo(t)
	widest := 0
	for _, line := range l.Layout(1000, State{}) {
		widest = max(widest, cells(strings.TrimRight(plain(line), " ")))
	}
	if widest != 80 {
		t.Errorf("the widest line has %d cells, due 80", widest)
	}
	if got, due := draw(l.Layout(1, State{})), draw(l.Layout(30, State{})); got != due {
		t.Errorf("laid out for 1 cell:\n%s\nfor 30:\n%s", got, due)
	}
}

// TestBoxInset: a box stands in by two cells where there is room.
func TestBoxInset(t *testing.T) {
	l := demo(t)
	i, _ := block(t, l, Exchange)
	for width, due := range map[int]string{49: "┌", 50: "  ┌"} {
		for _, line := range l.Layout(width, State{}) {
			if line.Block == i && len(line.Spans) > 0 {
				if text := plain(line); !strings.HasPrefix(text, due) {
					t.Errorf("width %d: %q, due %q", width, text, due)
				}
				break
			}
		}
	}
}

// TestSentShows: a box says at every width that its exchange has been sent.
func TestSentShows(t *testing.T) {
	for _, l := range append(shipped(t), demo(t)) {
		for i, b := range l.Blocks {
			if b.Kind != Exchange {
				continue
			}
			for width := MinWidth; width <= MaxWidth; width++ {
				state := State{Focus: -1, Sent: map[string]bool{b.Exchange.ID(): true}}
				for _, line := range l.Layout(width, state) {
					if line.Block == i && len(line.Spans) > 0 {
						if text := plain(line); !strings.HasSuffix(text, " sent ┐") {
							t.Errorf("%s, width %d: %q", l.Step, width, text)
						}
						break
					}
				}
			}
		}
	}
}

// TestDrawing: a page that is too narrow for a drawing tells it in words.
func TestDrawing(t *testing.T) {
	l, err := parse(t, "# T\n\n```drawing\ntext: A asks B.\n"+strings.Repeat("A -> B ", 6)+".\n```\n")
	if err != nil {
		t.Fatal(err)
	}
	for width, due := range map[int]string{45: "  A -> B A", 44: "A asks B.\n"} {
		if text := draw(l.Layout(width, State{Focus: -1})); !strings.Contains(text, "\n"+due) {
			t.Errorf("width %d: no %q in\n%s", width, due, text)
		}
	}
}

// TestLongLines: code goes on behind a space, the two marks of a line end stay
// together, and nothing is lost.
func TestLongLines(t *testing.T) {
	tests := []struct {
		row   row
		width int
		due   []string
	}{
		{row{{Text: "socket.New(socket.AF_INET, socket.SOCK_STREAM)", Role: CodeText}}, 36,
			[]string{"socket.New(socket.AF_INET, ", "↳ socket.SOCK_STREAM)"}},
		{row{{Text: "one two", Role: CodeText}}, 6, []string{"one ", "↳ two"}},
		{row{{Text: "one two", Role: CodeText}}, 4, []string{"one ", "↳ tw", "↳ o"}},
		{row{{Text: "    unbreakable", Role: CodeText}}, 10, []string{"    unbrea", "↳ kable"}},
		{row{{Text: "x // a word", Role: CodeComment}}, 8, []string{"x // a ", "↳ word"}},
		{row{{Text: "ab cdefgh", Role: Target}, {Text: "␍␊", Role: LineEnd}}, 10, []string{"ab cdefgh", "↳ ␍␊"}},
		{row{{Text: "ab cdefgh", Role: Target}, {Text: "␍␊", Role: LineEnd}}, 8, []string{"ab cdefg", "↳ h␍␊"}},
		{row{{Text: "␍␊", Role: LineEnd}}, 1, []string{"␍", "↳ ␊"}},
	}
	for _, test := range tests {
		var got []string
		for _, r := range wrapRow(test.row, test.width) {
			got = append(got, plain(Line{Spans: r}))
		}
		if !slices.Equal(got, test.due) {
			t.Errorf("width %d: %q, due %q", test.width, got, test.due)
		}
	}
}

// TestTable: columns as long as each has ten cells, else a list.
func TestTable(t *testing.T) {
	const cell = "one two three four five six"
	l, err := parse(t, "# T\n\n| a | b | c |\n|---|---|---|\n| "+cell+" | "+cell+" | "+cell+" |\n")
	if err != nil {
		t.Fatal(err)
	}
	for width, due := range map[int]string{34: "a           b           c\n", 33: "a:\n  one two three four five six\nb:\n"} {
		if text := draw(l.Layout(width, State{Focus: -1})); !strings.Contains(text, due) {
			t.Errorf("width %d: no %q in\n%s", width, due, text)
		}
	}
}

// TestBlockIds: lines go through the blocks in order and leave none out.
func TestBlockIds(t *testing.T) {
	l := demo(t)
	last := 0
	for i, line := range l.Layout(58, State{Focus: -1}) {
		if line.Block != last && line.Block != last+1 {
			t.Fatalf("line %d is of block %d, the one above of block %d", i, line.Block, last)
		}
		last = line.Block
	}
	if last != len(l.Blocks)-1 {
		t.Errorf("the last line is of block %d of %d", last, len(l.Blocks)-1)
	}
}
