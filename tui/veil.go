package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/lessons"
)

// A veil hides what a lesson says after a prediction until the reader has
// answered it, or reads on without: a question with its answer below it is none.
// The hidden lines keep their places, so that nothing moves when they appear.

// veil is what stands on the first hidden line in sight.
const veil = "… answer first, or n to read on"

// heldBackBy is the open prediction that hides a block, or -1. A veil ends where
// the lesson turns to something else.
func (p *lessonPane) heldBackBy(block int) int {
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

func (p *lessonPane) isTurn(block int) bool {
	switch p.lesson.Blocks[block].Kind {
	case lessons.Heading, lessons.Exchange, lessons.Prediction, lessons.Exercise:
		return true
	}
	return false
}

// introduces: a paragraph such as "Now the same, cut in two:" belongs to the
// exchange below it.
func (p *lessonPane) introduces(block int) bool {
	next := block + 1
	return next < len(p.lesson.Blocks) && p.lesson.Blocks[next].Kind == lessons.Exchange &&
		strings.HasSuffix(p.lesson.Blocks[block].Text, ":")
}

// isOpen says whether a block is a prediction that is neither answered nor
// passed over.
func (p *lessonPane) isOpen(block int) bool {
	q := p.lesson.Blocks[block].Question
	if q == nil {
		return false
	}
	_, answered := p.state.Answers[q.Name]
	return !answered && !p.readOn[q.Name]
}

// veilAhead is the open prediction whose veil is in sight, unless the cursor
// has yet to come to it; -1 if there is none.
func (p *lessonPane) veilAhead() int {
	if p.lesson == nil {
		return -1
	}
	for _, l := range p.inWindow() {
		q := p.heldBackBy(l.Block)
		if q >= 0 && len(l.Spans) > 0 && (p.state.Focus < 0 || p.state.Focus >= q) {
			return q
		}
	}
	return -1
}

func (m *Model) canUnveil() bool { return at(lessonView)(m) && m.lesson.veilAhead() >= 0 }
func (m *Model) nothingVeiled() bool {
	return at(lessonView)(m) && m.lesson.veilAhead() < 0 && !m.atEnd()
}

// readOn shows what the prediction in front holds back, or goes on to the next
// block where it holds back nothing.
func (m *Model) readOn() tea.Cmd {
	q := m.lesson.veilAhead()
	if q < 0 {
		m.lesson.next()
		return nil
	}
	m.lesson.readOn[m.lesson.lesson.Blocks[q].Question.Name] = true
	return m.saveProgress()
}
