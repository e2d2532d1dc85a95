package lessonpane

import (
	"example/wirebook/internal/reading"
	"example/wirebook/tui/cells"
)

// Where the reader is in a lesson, and what is drawn of it.

// Section is the heading above the block in front, its number, and how many
// there are.
func (p *Pane) Section() (title string, n, of int) {
	if p.count() == 0 {
		return "", 0, 0
	}
	sections := reading.Sections(p.reader.Lesson)
	n, of = reading.Section(p.reader.Lesson, p.reader.Block), len(sections)
	if n > 0 {
		title = p.reader.Lesson.Blocks[sections[n-1]].Text
	}
	return title, n, of
}

// Percent is how far down the lesson the window's last line is.
func (p *Pane) Percent() int {
	if len(p.lines) == 0 {
		return 100
	}
	return p.bottom() * 100 / len(p.lines)
}

// Place is the block at the top of the window, to come back to.
func (p *Pane) Place() int {
	if p.top < len(p.lines) {
		return p.lines[p.top].Block
	}
	return p.reader.Block
}

// GoTo brings a block to the window's top, and in front.
func (p *Pane) GoTo(block int) {
	first, _ := p.extent(block)
	p.top = p.clampTop(first)
	p.setFront(block)
	p.show(block)
}

// TopLine is the first line in the window.
func (p *Pane) TopLine() int { return p.top }

// Find scrolls to the first line from one on, in a direction and round the end,
// that holds a text. It returns the line, or -1.
func (p *Pane) Find(text string, from, dir int) int {
	line := cells.FindLine(len(p.lines), from, dir, func(i int) bool {
		return cells.ContainsFold(painted(p.lines[i]).Plain(), text)
	})
	if line >= 0 {
		p.scrollTo(max(line-p.h/3, 0))
	}
	return line
}

// Rows draws the window, with a text marked wherever it stands. The first cell
// of a row is the margin, with a mark beside the block in front.
func (p *Pane) Rows(found string) []cells.Row {
	rows := make([]cells.Row, 0, p.h)
	front, last := p.extent(p.reader.Block)
	for i := p.top; i < p.bottom(); i++ {
		r := painted(p.lines[i])
		if found != "" {
			r = cells.Mark(r, found)
		}
		margin := cells.Run{Text: " "}
		if i >= front && i <= last && p.count() > 0 {
			margin = cells.Run{Text: "▌", Tone: cells.Active}
		}
		rows = append(rows, append(cells.Row{margin}, r...))
	}
	return rows
}
