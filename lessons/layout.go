package lessons

import (
	"fmt"
	"strings"
)

// MinWidth is the narrowest page, in cells; narrower ones are laid out for it.
// MaxWidth is the widest line of prose: longer ones are hard to read.
const (
	MinWidth = 30
	MaxWidth = 80
)

// Layout lays a lesson out for a width in cells. No line is wider, and all that
// a lesson says is on some line: what is too long goes on in the next one, and
// what is left out of a long message is counted. A drawing that is too wide is
// told in words. Layout depends on nothing but its arguments and is safe for
// concurrent use.
func (l *Lesson) Layout(width int, s State) []Line {
	width = min(max(width, MinWidth), MaxWidth)
	var lines []Line
	for i := range l.Blocks {
		b := l.Blocks[i].at(s.Addr)
		for range gap(b, i) {
			lines = append(lines, Line{Block: i - 1})
		}
		for _, r := range b.rows(width, view{state: &s, focused: s.Focus == i}) {
			lines = append(lines, Line{Spans: r, Block: i})
		}
	}
	return lines
}

// gap is how many empty lines stand before a block: a heading begins a part.
func gap(b *Block, index int) int {
	switch {
	case index == 0:
		return 0
	case b.Kind == Heading && b.Level <= 2:
		return 2
	}
	return 1
}

// A row is a line that does not know its block yet.
type row = []Span

// A view is the reader's state as one block sees it.
type view struct {
	state   *State
	focused bool
	depth   int // of the list that holds the block
}

// frame is the role of the lines around a block.
func (v view) frame() Role {
	if v.focused {
		return Active
	}
	return Frame
}

// rows lays one block out. Blocks that hold others call it again, narrower.
func (b *Block) rows(width int, v view) []row {
	width = max(width, 1)
	switch b.Kind {
	case List:
		return b.listRows(width, v)
	case Quote:
		return b.quoteRows(width, v)
	case Table:
		return b.table.rows(width)
	case Code:
		return indent(codeRows(b.Text, b.lang, width-2), "  ")
	case Excerpt:
		return append(prose(b.place, Dim, width), indent(codeRows(b.Text, b.lang, width-2), "  ")...)
	case Drawing:
		return b.drawingRows(width)
	case Exchange:
		return b.exchangeRows(width, v)
	case Prediction:
		return b.Question.rows(width, v)
	case Exercise:
		return b.exerciseRows(width, v)
	}
	return b.flow.lines(width)
}

// prose wraps text in one role.
func prose(text string, role Role, width int) []row {
	f := newFlow(text, []run{{end: len(text), role: role}})
	return f.lines(max(width, 1))
}

func indent(rows []row, with string) []row { return hang(rows, Span{Text: with}, Span{Text: with}) }

// hang puts one span before the first row and another before all others.
func hang(rows []row, first, rest Span) []row {
	for i, r := range rows {
		lead := rest
		if i == 0 {
			lead = first
		}
		rows[i] = append(row{lead}, r...)
	}
	return rows
}

// listRows hangs every item's text to the right of its bullet.
func (b *Block) listRows(width int, v view) []row {
	var rows []row
	bullet := []string{"• ", "– ", "· "}[min(v.depth, 2)]
	column := cells(bullet)
	if b.start >= 0 {
		column = len(fmt.Sprintf("%d. ", b.start+len(b.items)-1))
	}
	v.depth++
	parts := b.parts
	for i, n := range b.items {
		lead := bullet
		if b.start >= 0 {
			lead = fmt.Sprintf("%*s", column, fmt.Sprintf("%d. ", b.start+i))
		}
		item := stack(parts[:n], width-column, v)
		if len(item) == 0 {
			item = []row{nil}
		}
		rows = append(rows, hang(item, Span{Text: lead, Role: Bullet}, Span{Text: strings.Repeat(" ", column)})...)
		parts = parts[n:]
	}
	return rows
}

// stack lays blocks out below one another. Text and the list that belongs to it
// stand close, as they do in the source.
func stack(blocks []Block, width int, v view) []row {
	var rows []row
	for i := range blocks {
		if i > 0 && blocks[i].Kind != List {
			rows = append(rows, nil)
		}
		rows = append(rows, blocks[i].rows(width, view{state: v.state, depth: v.depth})...)
	}
	return rows
}

// quoteRows draws a bar at the left: an aside.
func (b *Block) quoteRows(width int, v view) []row {
	rows := stack(b.parts, width-2, v)
	for _, r := range rows {
		for i := range r {
			if r[i].Role == Body {
				r[i].Role = QuoteText
			}
		}
	}
	bar := Span{Text: "│ ", Role: Frame}
	return hang(rows, bar, bar)
}

// drawingRows shows a drawing, or where the page is too narrow for it what it
// shows, in words: half a drawing says nothing.
func (b *Block) drawingRows(width int) []row {
	var rows []row
	for line := range strings.SplitSeq(b.Text, "\n") {
		if cells(line) > width-2 {
			return prose(b.spoken, DrawingText, width)
		}
		rows = append(rows, row{{Text: line, Role: DrawingText}})
	}
	return indent(rows, "  ")
}

// rowWidth is a row's width in cells.
func rowWidth(r row) int {
	n := 0
	for _, s := range r {
		n += cells(s.Text)
	}
	return n
}
