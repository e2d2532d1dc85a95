package lessonpane

import "example/wirebook/internal/reading"

// The way through a lesson: what the forward key does next, and where it goes.
// No line is passed over that has not been in the window.

// Next is what the forward key does now. What is not wholly in the window cannot
// be answered or sent: it comes into it first.
func (p *Pane) Next() reading.Move {
	if p.count() == 0 {
		return reading.Leave
	}
	switch here := p.reader.Block; {
	case p.toDo(here) && !p.wholeInSight(here):
		return reading.ReadOn
	case p.toDo(here):
		return p.reader.Next()
	case p.unanswered() && p.wholeInSight(here): // passed over, and still there
		return reading.Answer
	}
	if p.bottom() < len(p.lines) || p.nextToDo() >= 0 {
		return reading.ReadOn
	}
	return reading.Leave
}

// toDo says whether a block asks for something that has not been done.
func (p *Pane) toDo(block int) bool {
	r := p.reader
	r.Block = block
	switch r.Next() {
	case reading.Answer, reading.Send, reading.Practise:
		return true
	}
	return false
}

// nextToDo is the next block below the one in front that asks for something, -1
// if there is none.
func (p *Pane) nextToDo() int {
	for b := p.reader.Block + 1; b < p.count(); b++ {
		if p.reader.HiddenBy(b) < 0 && p.toDo(b) {
			return b
		}
	}
	return -1
}

// Forward reads on: to the next block that asks for something, if that is less
// than a page away, else by a page.
func (p *Pane) Forward() {
	if p.count() == 0 {
		return
	}
	if here := p.reader.Block; p.toDo(here) && !p.wholeInSight(here) {
		p.reveal(here)
		return
	}
	if b := p.nextToDo(); b >= 0 {
		first, last := p.extent(b)
		if last-p.h+1 <= p.bottom() && first < p.bottom()+p.h-2 {
			p.setFront(b)
			p.reveal(b)
			return
		}
	}
	p.pageOn()
}

// reveal brings a block into the window. One that is higher than it comes page
// by page.
func (p *Pane) reveal(block int) {
	first, last := p.extent(block)
	if last-first+1 > p.h && p.top >= first {
		p.top = min(p.top+max(p.h-2, 1), p.clampTop(last-p.h+1))
		return
	}
	p.show(block)
}

// pageOn moves the window by its height, less two lines, and puts the first
// block in front that begins in what is new.
func (p *Pane) pageOn() {
	unseen, here := p.bottom(), p.reader.Block
	p.top = p.clampTop(p.top + max(p.h-2, 1))
	if unseen >= len(p.lines) {
		return
	}
	from := p.lines[unseen].Block
	p.chooseFront(max(from, here))
	p.keepFrontVisible()
}

// Step goes to the next block, or the one before, whatever it is. Of one that
// is higher than the window it shows the rest first.
func (p *Pane) Step(by int) {
	if p.count() == 0 {
		return
	}
	first, last := p.extent(p.reader.Block)
	switch {
	case by > 0 && last >= p.bottom():
		p.top = min(p.clampTop(p.top+max(p.h-2, 1)), last)
		return
	case by < 0 && first < p.top:
		p.top = max(p.top-max(p.h-2, 1), first)
		return
	}
	for b := p.reader.Block + by; b >= 0 && b < p.count(); b += by {
		if p.reader.HiddenBy(b) < 0 {
			p.setFront(b)
			p.show(b)
			return
		}
	}
	p.End(by > 0)
}

// unanswered says whether the block in front is a question without an answer.
func (p *Pane) unanswered() bool {
	q := p.Front().Question
	if q == nil {
		return false
	}
	_, answered := p.reader.Done.Answers[q.Name]
	return !answered
}

// SentBefore says whether the exchange in front has been sent.
func (p *Pane) SentBefore() bool {
	b := p.Front()
	return b != nil && b.Exchange != nil && p.reader.Done.Sent[b.Exchange.ID()]
}

// OnOpenQuestion says whether the block in front is a question that is neither
// answered nor passed over.
func (p *Pane) OnOpenQuestion() bool {
	return p.count() > 0 && p.reader.IsOpen(p.reader.Block)
}

// PassOver shows what the question in front hides, without an answer.
func (p *Pane) PassOver() {
	p.reader.Done.ReadOn[p.Front().Question.Name] = true
	p.layOut()
}

// ExercisesLeft names the exercises of the lesson that do not pass yet.
func (p *Pane) ExercisesLeft() []string {
	if p.count() == 0 {
		return nil
	}
	return p.reader.ExercisesLeft()
}
