// Package lessonpane shows a lesson: a window on its lines, the block that the
// keys act on, and what an unanswered question still hides. It draws what package
// lessons lays out; it sends nothing and keeps no progress.
package lessonpane

import (
	"slices"

	"example/wirebook/lessons"
	"example/wirebook/tui/cells"
)

// A Pane shows one lesson: a window on its lines, and the block that the
// keys act on. What the reader's eye holds is a block, not a line number, so
// that a resize or an opened answer leaves it where it was.
type Pane struct {
	lesson *lessons.Lesson
	state  lessons.State
	w, h   int
	top    int // first line in the window
	lines  []lessons.Line
	start  int // the block to begin at, for the first layout

	// passedOver names the predictions that the reader has not answered and
	// read on: what stands after them is not hidden any more.
	passedOver map[string]bool
}

// Open shows a lesson from a block on, to a reader who has done what the state
// says and has passed over some predictions. Both maps are changed.
func (p *Pane) Open(l *lessons.Lesson, at int, s lessons.State, passedOver map[string]bool) {
	p.lesson, p.state, p.lines, p.top, p.start, p.passedOver = l, s, nil, 0, at, passedOver
	p.state.Focus = -1
	p.layOut()
	p.focusVisible()
}

// SetSize changes the window, in cells, and keeps the line that is being read.
func (p *Pane) SetSize(w, h int) {
	if w == p.w && h == p.h {
		return
	}
	p.w, p.h = w, h
	p.layOut()
	p.focusVisible()
}

// SetAddr takes in where the server is.
func (p *Pane) SetAddr(addr string) {
	if addr != p.state.Addr {
		p.setState(func(s *lessons.State) { s.Addr = addr })
	}
}

// SetVerdicts takes in how exercises stand: "pass" or "fail", by their names.
func (p *Pane) SetVerdicts(words map[string]string) {
	p.setState(func(s *lessons.State) { s.Verdict = words })
}

// Decide takes in which option of a prediction the wire has chosen.
func (p *Pane) Decide(prediction string, option int) {
	p.setState(func(s *lessons.State) { s.Decided[prediction] = option })
}

// Answer gives the option under the cursor as the answer to the focused
// prediction.
func (p *Pane) Answer() {
	name := p.Focused().Question.Name
	p.setState(func(s *lessons.State) { s.Answers[name] = s.Choice })
	p.show(p.state.Focus)
}

// setState lays the lesson out again for what the reader has done.
func (p *Pane) setState(change func(*lessons.State)) {
	change(&p.state)
	p.layOut()
}

// layOut makes the lines and keeps the block at the top of the window there.
func (p *Pane) layOut() {
	if p.lesson == nil || p.w <= 0 {
		return
	}
	block, part, size := p.start, 0, 1
	if p.top < len(p.lines) {
		block = p.lines[p.top].Block
		first, last := p.extent(block)
		part, size = p.top-first, last-first+1
	}
	p.lines = p.lesson.Layout(p.w, p.state)
	first, last := p.extent(block)
	p.top = p.clampTop(first + part*(last-first+1)/size)
}

func (p *Pane) clampTop(n int) int { return max(min(n, len(p.lines)-p.h), 0) }

// extent is a block's first and last line.
func (p *Pane) extent(block int) (first, last int) {
	first = p.firstLine(block)
	last = first
	for last+1 < len(p.lines) && p.lines[last+1].Block == block {
		last++
	}
	return first, last
}

func (p *Pane) firstLine(block int) int {
	n := slices.IndexFunc(p.lines, func(l lessons.Line) bool { return l.Block >= block })
	return max(n, 0)
}

// isStop says whether a key can act on a block.
func (p *Pane) isStop(block int) bool {
	switch p.lesson.Blocks[block].Kind {
	case lessons.Exchange:
		return !p.asksFirst(block)
	case lessons.Prediction, lessons.Exercise, lessons.Excerpt, lessons.Code:
		return p.hiddenBy(block) < 0
	}
	return false
}

// asksFirst: right below an exchange stands an open question about it. The
// cursor goes there, for to send is to see the answer; answering sends it.
func (p *Pane) asksFirst(block int) bool {
	next := block + 1
	return next < len(p.lesson.Blocks) && p.isOpen(next) &&
		p.lesson.Blocks[next].Exchange == p.lesson.Blocks[block].Exchange
}

// Focused is the block that the keys act on; nil when none is in sight.
func (p *Pane) Focused() *lessons.Block {
	if p.lesson == nil || p.state.Focus < 0 || p.state.Focus >= len(p.lesson.Blocks) {
		return nil
	}
	return &p.lesson.Blocks[p.state.Focus]
}

func (p *Pane) visible(block int) bool {
	first, last := p.extent(block)
	return last >= p.top && first < p.top+p.h
}

// focusVisible moves the focus only if it has left the window.
func (p *Pane) focusVisible() {
	if p.lesson == nil || p.state.Focus >= 0 && p.visible(p.state.Focus) {
		return
	}
	focus := -1
	for _, l := range p.inWindow() {
		if p.isStop(l.Block) {
			focus = l.Block
			break
		}
	}
	p.setFocus(focus)
}

func (p *Pane) setFocus(block int) {
	if block != p.state.Focus {
		p.state.Focus, p.state.Choice = block, 0
		p.layOut()
	}
}

// ScrollBy moves the window down, or up; the focus moves only to stay in it.
func (p *Pane) ScrollBy(n int) {
	p.top = p.clampTop(p.top + n)
	p.focusVisible()
}

// Down moves to the next choice of a question, or by lines where there is none.
func (p *Pane) Down(by int) {
	if !p.choose(by) {
		p.ScrollBy(by)
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

func (p *Pane) scrollTo(line int) { p.ScrollBy(line - p.top) }

// Next goes on to the next block that a key can act on, but never past text
// that has not been on the screen: where that block is further, it turns the
// page.
func (p *Pane) Next() { p.step(1) }

// Previous is next, backwards.
func (p *Pane) Previous() { p.step(-1) }

func (p *Pane) step(dir int) {
	if p.lesson == nil {
		return
	}
	for b := p.state.Focus + dir; p.state.Focus >= 0 && b >= 0 && b < len(p.lesson.Blocks); b += dir {
		if p.isStop(b) {
			if p.reach(b) {
				return
			}
			break
		}
	}
	before := p.top
	p.top = p.clampTop(p.top + dir*max(p.h-2, 1))
	if dir > 0 {
		p.focusFirst()
	} else {
		p.focusLast()
	}
	if p.top == before && dir < 0 && p.Focused() == nil {
		p.focusVisible()
	}
}

// reach focuses a block that is in the window or less than a page away.
func (p *Pane) reach(block int) bool {
	first, last := p.extent(block)
	if first >= p.top+2*p.h-2 || last < p.top-p.h+2 {
		return false
	}
	p.setFocus(block)
	p.show(block)
	return true
}

// show scrolls as little as it must to bring a block into the window.
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

// focusFirst and focusLast choose among the blocks in the window after a page
// has been turned.
func (p *Pane) focusFirst() {
	for b := p.state.Focus + 1; b < len(p.lesson.Blocks); b++ {
		if p.isStop(b) && p.visible(b) {
			p.setFocus(b)
			return
		}
	}
	p.focusVisible()
}

func (p *Pane) focusLast() {
	from := p.state.Focus
	if from < 0 {
		from = len(p.lesson.Blocks)
	}
	for b := from - 1; b >= 0; b-- {
		if p.isStop(b) && p.visible(b) {
			p.setFocus(b)
			return
		}
	}
	p.focusVisible()
}

// choose moves among the options of a prediction that is not answered yet. It
// reports false at either end, so that the same keys go on scrolling there.
func (p *Pane) choose(by int) bool {
	b := p.Focused()
	if b == nil || b.Question == nil {
		return false
	}
	first, last := p.extent(p.state.Focus)
	if _, done := p.state.Answers[b.Question.Name]; done || first < p.top || last > p.top+p.h {
		return false
	}
	n := p.state.Choice + by
	if n < 0 || n >= len(b.Question.Options) {
		return false
	}
	p.setState(func(s *lessons.State) { s.Choice = n })
	return true
}

// Answered says whether the focused prediction has its answer.
func (p *Pane) Answered() bool {
	b := p.Focused()
	if b == nil || b.Question == nil {
		return false
	}
	_, done := p.state.Answers[b.Question.Name]
	return done
}
