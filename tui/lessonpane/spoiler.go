package lessonpane

import (
	"strings"

	"example/wirebook/lessons"
)

// A spoiler is what a lesson says after a prediction. It is hidden until the
// reader has answered, or reads on without: a question with its answer below it
// is none. Hidden lines keep their places, so that nothing moves when they
// appear.

// spoilerText stands on the first hidden line in sight.
const spoilerText = "… answer first, or n to read on"

// hiddenBy is the open prediction that hides a block, or -1. A spoiler ends where
// the lesson turns to something else.
func (p *Pane) hiddenBy(block int) int {
	if p.isTurn(block) || p.introduces(block) {
		return -1
	}
	for b := block - 1; b >= 0; b-- {
		switch {
		case p.isOpen(b):
			return b
		case p.isTurn(b):
			return -1
		}
	}
	return -1
}

// isTurn says whether a block begins something else.
func (p *Pane) isTurn(block int) bool {
	switch p.lesson.Blocks[block].Kind {
	case lessons.Heading, lessons.Exchange, lessons.Prediction, lessons.Exercise:
		return true
	}
	return false
}

// introduces: a paragraph such as "Now the same, cut in two:" belongs to the
// exchange below it.
func (p *Pane) introduces(block int) bool {
	next := block + 1
	return next < len(p.lesson.Blocks) && p.lesson.Blocks[next].Kind == lessons.Exchange &&
		strings.HasSuffix(p.lesson.Blocks[block].Text, ":")
}

// isOpen says whether a block is a prediction that is neither answered nor
// passed over.
func (p *Pane) isOpen(block int) bool {
	q := p.lesson.Blocks[block].Question
	if q == nil {
		return false
	}
	_, answered := p.state.Answers[q.Name]
	return !answered && !p.passedOver[q.Name]
}

// spoilerInSight is the open prediction that hides something in the window, unless
// the cursor has yet to come to it; -1 if there is none.
func (p *Pane) spoilerInSight() int {
	if p.lesson == nil {
		return -1
	}
	for _, l := range p.inWindow() {
		q := p.hiddenBy(l.Block)
		if q >= 0 && len(l.Spans) > 0 && (p.state.Focus < 0 || p.state.Focus >= q) {
			return q
		}
	}
	return -1
}

// HidesSomething says whether an open prediction hides something in the window.
func (p *Pane) HidesSomething() bool { return p.spoilerInSight() >= 0 }

// ReadOn shows what an open prediction hides in the window, and says whether
// there was anything to show.
func (p *Pane) ReadOn() bool {
	q := p.spoilerInSight()
	if q >= 0 {
		p.passedOver[p.lesson.Blocks[q].Question.Name] = true
	}
	return q >= 0
}
