package lessons

import (
	"fmt"
	"io"
	"strings"
)

// Plain writes a lesson as text for screen readers, pipes and simple terminals:
// every mark that Layout draws is a word here. Prose is broken at width cells
// (0: not at all); code keeps its lines. The error is the writer's.
func Plain(l *Lesson, w io.Writer, width int) error {
	for i := range l.Blocks {
		text := l.PlainBlock(i, "")
		if width > 0 && !l.Blocks[i].verbatim() {
			text = wrapPlain(text, width)
		}
		if _, err := fmt.Fprintf(w, "%s\n\n", text); err != nil {
			return err
		}
	}
	return nil
}

// wrapPlain breaks every line of a text below its own indent.
func wrapPlain(text string, width int) string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		words := strings.TrimLeft(line, " ")
		indent := line[:len(line)-len(words)]
		for _, l := range Wrap(words, width-len(indent)) {
			lines = append(lines, indent+l)
		}
	}
	return strings.Join(lines, "\n")
}

// verbatim tells whether a block's lines are the author's.
func (b *Block) verbatim() bool { return b.Kind == Code || b.Kind == Excerpt }

// PlainBlock is one block as text without box characters, for a reader who goes
// through a lesson block by block. Prose is not broken. addr is where the
// reader's server is, as in State.
func (l *Lesson) PlainBlock(i int, addr string) string {
	b := l.Blocks[i].at(addr)
	if b.Kind != Heading {
		return b.plain(0)
	}
	switch n, of := l.section(i); {
	case b.Level == 1:
		return fmt.Sprintf("Step %.2s: %s. About %d minutes.", l.Step, b.flow.spoken(), l.Minutes)
	case b.Level == 2:
		return fmt.Sprintf("Section %d of %d: %s.", n, of, b.flow.spoken())
	}
	return b.flow.spoken() + "."
}

// section counts headings of level 2: which one block i is, and how many.
func (l *Lesson) section(i int) (n, of int) {
	for j, b := range l.Blocks {
		if b.Kind == Heading && b.Level == 2 {
			of++
			if j <= i {
				n++
			}
		}
	}
	return n, of
}

func (b *Block) plain(depth int) string {
	if b.spoken != "" && b.Kind != Drawing {
		return b.spoken
	}
	switch b.Kind {
	case List:
		return b.plainList(depth)
	case Quote:
		return plainAll(b.parts, depth)
	case Table:
		return b.table.plain()
	case Code:
		return "Code:\n" + codeLines(b.Text)
	case Excerpt:
		return "Code from " + b.place + ":\n" + codeLines(b.Text)
	case Drawing:
		return "Drawing: " + b.spoken
	case Exchange:
		return b.plainExchange()
	case Prediction:
		return b.Question.plain()
	case Exercise:
		return fmt.Sprintf("Exercise %d of %d, %s: %s. %s About %d minutes.",
			b.number, b.of, b.Name, b.exercise.Title, b.flow.text, b.exercise.Minutes)
	}
	return b.flow.spoken()
}

// spoken is the flow's text with the address after each link.
func (f *flow) spoken() string {
	var out strings.Builder
	at := 0
	for _, r := range f.runs {
		text := f.text[at:r.end]
		out.WriteString(text)
		if r.link != "" && r.link != text {
			out.WriteString(" (" + r.link + ")")
		}
		at = r.end
	}
	return out.String()
}

func plainAll(blocks []Block, depth int) string {
	var all []string
	for i := range blocks {
		all = append(all, blocks[i].plain(depth))
	}
	return strings.Join(all, "\n")
}

func (b *Block) plainList(depth int) string {
	var lines []string
	parts := b.parts
	for i, n := range b.items {
		lead := "- "
		if b.start >= 0 {
			lead = fmt.Sprintf("%d. ", b.start+i)
		}
		lines = append(lines, strings.Repeat("  ", depth)+lead+plainAll(parts[:n], depth+1))
		parts = parts[n:]
	}
	return strings.Join(lines, "\n")
}

// plain reads a table line by line, each cell behind its column's head.
func (t *table) plain() string {
	var lines []string
	for _, line := range t.lines {
		var said []string
		for i := range min(len(line), len(t.head)) {
			if line[i].text != "" {
				said = append(said, t.head[i].text+": "+line[i].spoken())
			}
		}
		lines = append(lines, strings.Join(said, "; ")+".")
	}
	return strings.Join(lines, "\n")
}

func codeLines(text string) string {
	return "    " + strings.ReplaceAll(text, "\n", "\n    ")
}

func (q *Question) plain() string {
	var said strings.Builder
	said.WriteString("Question: " + q.Ask)
	for i, o := range q.Options {
		fmt.Fprintf(&said, "\n%d: %s.", i+1, o.Text)
	}
	return said.String()
}
