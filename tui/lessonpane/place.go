package lessonpane

import (
	"example/wirebook/lessons"

	"example/wirebook/tui/cells"
)

// Where the reader is in a lesson, for the header, the footer and the next day.

// Section is the heading above the first line in the window, its number, and
// how many there are.
func (p *Pane) Section() (title string, n, of int) {
	if p.lesson == nil {
		return "", 0, 0
	}
	at := 0
	if p.top < len(p.lines) {
		at = p.lines[p.top].Block
	}
	for i, b := range p.lesson.Blocks {
		if b.Kind != lessons.Heading || b.Level > 2 || b.Level == 1 && i > 0 {
			continue
		}
		if b.Level == 2 {
			of++
		}
		if i <= at && b.Level == 2 {
			title, n = b.Text, of
		}
	}
	return title, n, of
}

// Percent is how far down the lesson the window's last line is.
func (p *Pane) Percent() int {
	if len(p.lines) == 0 {
		return 100
	}
	return min(p.top+p.h, len(p.lines)) * 100 / len(p.lines)
}

// Place is the block at the top of the window, to come back to.
func (p *Pane) Place() int {
	if p.top < len(p.lines) {
		return p.lines[p.top].Block
	}
	return 0
}

// GoTo brings a block to the window's top, and the cursor to it or to the next
// one that a key can act on.
func (p *Pane) GoTo(block int) {
	p.top = p.clampTop(p.firstLine(block))
	p.setFocus(-1)
	if p.isStop(block) {
		p.setFocus(block)
		p.show(block)
	}
	p.focusVisible()
}

// Finished says whether the lesson's last line is in sight, nothing is hidden
// there, and no block is left to go to.
func (p *Pane) Finished() bool {
	if p.lesson == nil || p.top < p.clampTop(len(p.lines)) || p.HidesSomething() {
		return false
	}
	for b := p.state.Focus + 1; b < len(p.lesson.Blocks); b++ {
		if p.isStop(b) && p.state.Focus >= 0 {
			return false
		}
	}
	return true
}

// TopLine is the first line in the window.
func (p *Pane) TopLine() int { return p.top }

// Find scrolls to the first line from one on, in a direction and round the end,
// that holds a text. It returns the line, or -1.
func (p *Pane) Find(text string, from, dir int) int {
	line := cells.FindLine(len(p.lines), from, dir, func(i int) bool {
		return p.hiddenBy(p.lines[i].Block) < 0 && cells.ContainsFold(painted(p.lines[i]).Plain(), text)
	})
	if line >= 0 {
		p.scrollTo(max(line-p.h/3, 0))
	}
	return line
}

// Rows draws the window, with a text marked wherever it stands.
func (p *Pane) Rows(found string) []cells.Row {
	rows := make([]cells.Row, 0, p.h)
	told := -1 // the prediction whose spoilerText stands on a row above
	for _, l := range p.inWindow() {
		r := painted(l)
		switch q := p.hiddenBy(l.Block); {
		case q >= 0 && q != told && len(l.Spans) > 0:
			r, told = cells.Text(cells.Dim, spoilerText), q
		case q >= 0:
			r = nil
		case found != "":
			r = cells.Mark(r, found)
		}
		rows = append(rows, r)
	}
	return rows
}

// inWindow are the lines in sight.
func (p *Pane) inWindow() []lessons.Line {
	return p.lines[min(p.top, len(p.lines)):min(p.top+p.h, len(p.lines))]
}
