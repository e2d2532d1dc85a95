// Package lessonpane shows a lesson: a window on its lines, a mark beside the
// block in front, and one line in place of what an unanswered question still
// hides. It draws what package lessons lays out and goes the way that package
// reading shows; it sends nothing and saves nothing.
package lessonpane

import (
	"slices"

	"example/wirebook/internal/progress"
	"example/wirebook/internal/reading"
	"example/wirebook/lessons"
	"example/wirebook/tui/cells"
)

// A Pane shows one lesson. What the reader's eye holds is a block, not a line
// number, so that a resize or an opened answer leaves it where it was. The
// block in front is always one that can be seen.
type Pane struct {
	reader reading.Reader
	state  lessons.State
	w, h   int
	top    int // first line in the window
	lines  []lessons.Line
}

// Open shows a lesson at the place where its reader left it. What the reader
// does from now on is noted in done; addr is where the server is.
func (p *Pane) Open(l *lessons.Lesson, done *progress.Lesson, addr string) {
	start := min(max(done.Block, 0), max(len(l.Blocks)-1, 0))
	p.reader = reading.Reader{Lesson: l, Done: done, Block: start}
	p.state = lessons.State{Answers: done.Answers, Decided: done.Decided, Sent: done.Sent, Verdict: map[string]string{}, Addr: addr}
	for _, name := range done.Passed {
		p.state.Verdict[name] = "pass"
	}
	p.lines, p.top = nil, 0
	p.layOut()
	p.chooseFront(0)
}

// SetSize changes the window, in cells, and keeps the line that is being read.
func (p *Pane) SetSize(w, h int) {
	if w == p.w && h == p.h {
		return
	}
	first := p.lines == nil
	p.w, p.h = w, h
	p.layOut()
	if first {
		p.chooseFront(0)
	}
	p.keepFrontVisible()
}

// SetAddr takes in where the server is.
func (p *Pane) SetAddr(addr string) {
	if addr != p.state.Addr {
		p.state.Addr = addr
		p.layOut()
	}
}

// SetVerdicts takes in how exercises stand: "pass" or "fail", by their names.
func (p *Pane) SetVerdicts(words map[string]string) {
	p.state.Verdict = words
	p.layOut()
}

// Decide takes in which option of a question the wire has chosen.
func (p *Pane) Decide(question string, option int) {
	p.reader.Done.Decided[question] = option
	p.layOut()
}

// WasSent takes in that an exchange has been sent.
func (p *Pane) WasSent(id string) {
	if p.reader.Done != nil {
		p.reader.Done.Sent[id] = true
		p.layOut()
	}
}

// Answer gives the option under the cursor as the answer to the question in
// front.
func (p *Pane) Answer() {
	p.reader.Done.Answers[p.Front().Question.Name] = p.state.Choice
	p.layOut()
	p.show(p.reader.Block)
}

// layOut makes the lines and keeps the block at the top of the window there.
func (p *Pane) layOut() {
	if p.reader.Lesson == nil || p.w <= 0 {
		return
	}
	block, part, size := p.reader.Block, 0, 1
	if p.top < len(p.lines) {
		block = p.lines[p.top].Block
		first, last := p.extent(block)
		part, size = p.top-first, last-first+1
	}
	p.state.Focus = p.reader.Block
	p.lines = p.fold(p.reader.Lesson.Layout(p.w, p.state))
	first, last := p.extent(block)
	p.top = p.clampTop(first + part*(last-first+1)/size)
}

// foldText stands in place of all that an unanswered question hides.
const foldText = "… answer first, or n to read on"

// fold puts one line in place of what each open question hides.
func (p *Pane) fold(lines []lessons.Line) []lessons.Line {
	var out []lessons.Line
	folded := -1 // the question whose line stands already
	for _, l := range lines {
		switch q := p.reader.HiddenBy(l.Block); {
		case q < 0:
			out = append(out, l)
		case q != folded:
			folded = q
			out = append(out, lessons.Line{Block: l.Block, Spans: []lessons.Span{{Text: foldText, Role: lessons.Dim}}}, lessons.Line{Block: l.Block})
		}
	}
	return out
}

func (p *Pane) clampTop(n int) int { return max(min(n, len(p.lines)-p.h), 0) }

// extent is a block's first and last line, without the empty ones below it.
func (p *Pane) extent(block int) (first, last int) {
	first = max(slices.IndexFunc(p.lines, func(l lessons.Line) bool { return l.Block >= block }), 0)
	last = first
	for i := first; i < len(p.lines) && p.lines[i].Block == block; i++ {
		if len(p.lines[i].Spans) > 0 {
			last = i
		}
	}
	return first, last
}

// bottom is the line below the window.
func (p *Pane) bottom() int { return min(p.top+p.h, len(p.lines)) }

// inSight says whether a line of a block can be seen.
func (p *Pane) inSight(block int) bool {
	first, last := p.extent(block)
	return last >= p.top && first < p.bottom()
}

// wholeInSight says whether all of a block can be seen, or of one that is higher
// than the window, its end.
func (p *Pane) wholeInSight(block int) bool {
	first, last := p.extent(block)
	return last < p.bottom() && (first >= p.top || last-first+1 > p.h && last >= p.top)
}

// show scrolls as little as it must to bring a block into the window; of one
// that is higher than the window, its beginning.
func (p *Pane) show(block int) {
	first, last := p.extent(block)
	if last >= p.top+p.h {
		p.top = last - p.h + 1
	}
	if first < p.top {
		p.top = first
	}
	p.top = p.clampTop(p.top)
}

// setFront puts another block in front.
func (p *Pane) setFront(block int) {
	if block != p.reader.Block {
		p.reader.Block, p.state.Choice = block, 0
		p.layOut()
	}
}

// chooseFront puts the first block from one on in front that is wholly in the
// window and asks for something to be done, or else the first that begins there.
func (p *Pane) chooseFront(from int) {
	first := -1
	for b := from; b < p.count(); b++ {
		start, _ := p.extent(b)
		switch {
		case p.reader.HiddenBy(b) >= 0 || start < p.top || start >= p.bottom():
		case p.toDo(b) && p.wholeInSight(b):
			p.setFront(b)
			return
		case first < 0:
			first = b
		}
	}
	if first >= 0 {
		p.setFront(first)
	}
}

// keepFrontVisible puts another block in front only if the one that is there
// has left the window.
func (p *Pane) keepFrontVisible() {
	if p.count() > 0 && !p.inSight(p.reader.Block) {
		p.chooseFront(0)
	}
	if p.count() > 0 && !p.inSight(p.reader.Block) && p.top < len(p.lines) {
		p.setFront(p.lines[p.top].Block) // one block fills the window
	}
}

func (p *Pane) count() int {
	if p.reader.Lesson == nil {
		return 0
	}
	return len(p.reader.Lesson.Blocks)
}

// Front is the block in front; nil where there is no lesson.
func (p *Pane) Front() *lessons.Block {
	if p.count() == 0 {
		return nil
	}
	return &p.reader.Lesson.Blocks[p.reader.Block]
}

// ScrollBy moves the window down, or up. The block in front stays there as long
// as it can be seen.
func (p *Pane) ScrollBy(n int) {
	p.top = p.clampTop(p.top + n)
	p.keepFrontVisible()
}

// Down moves to the next choice of the question in front, or by lines where
// there is none. Choices that are out of sight come into the window first.
func (p *Pane) Down(by int) {
	n := p.state.Choice + by
	switch b := p.Front(); {
	case b == nil || !p.unanswered(), n < 0 || n >= len(b.Question.Options):
		p.ScrollBy(by)
	case !p.wholeInSight(p.reader.Block):
		p.show(p.reader.Block)
	default:
		p.state.Choice = n
		p.layOut()
	}
}

// blockAt is the block of the window's row y, and which choice of a question
// stands there, from 0. They are -1 where there is none.
func (p *Pane) blockAt(y int) (block, choice int) {
	if y < 0 || p.top+y >= p.bottom() {
		return -1, -1
	}
	line := p.lines[p.top+y]
	if len(line.Spans) == 0 {
		return -1, -1 // between two blocks
	}
	return line.Block, line.Spans[0].Option - 1
}

// Click puts the block in front that stands in the window's row y, and chooses
// the choice there. What a question hides stays hidden.
func (p *Pane) Click(y int) {
	block, choice := p.blockAt(y)
	if block < 0 || p.reader.HiddenBy(block) >= 0 {
		return
	}
	p.setFront(block)
	if choice >= 0 && p.unanswered() {
		p.state.Choice = choice
		p.layOut()
	}
}

// Page moves by a windowful, less two lines that carry the eye over.
func (p *Pane) Page(dir int) { p.ScrollBy(dir * max(p.h-2, 1)) }

// End goes to the beginning, or to the last line.
func (p *Pane) End(last bool) {
	if last {
		p.ScrollBy(cells.Far)
	} else {
		p.ScrollBy(-cells.Far)
	}
}

// scrollTo puts a line at the window's top.
func (p *Pane) scrollTo(line int) { p.ScrollBy(line - p.top) }
