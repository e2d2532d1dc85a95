package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/lessons"
)

// Where a lesson ends, the keys that went on within it go on to the next one.

// finished: the lesson's last line is in sight, nothing is held back there, and
// no block is left that n would go to.
func (p *lessonPane) finished() bool {
	if p.lesson == nil || p.top < p.clampTop(farAway) || p.veilAhead() >= 0 {
		return false
	}
	for b := p.state.Focus + 1; b < len(p.lesson.Blocks); b++ {
		if p.isStop(b) && p.state.Focus >= 0 {
			return false
		}
	}
	return true
}

// atEnd: n goes on to the next lesson.
func (m *Model) atEnd() bool {
	return at(lessonView)(m) && m.lesson.finished() && m.nextLesson() != nil
}

// doneAtEnd: enter does too, since there is nothing here that it would act on,
// or it has done so.
func (m *Model) doneAtEnd() bool {
	return m.atEnd() && !m.canAnswer() && !m.onExerciseBlock() &&
		(!m.onExchange() || m.lastSent == m.lesson.focused())
}

func (m *Model) nextLesson() *lessons.Lesson {
	if m.index+1 < len(m.o.Lessons) {
		return m.o.Lessons[m.index+1]
	}
	return nil
}

func (m *Model) openNext() tea.Cmd { return m.goLesson(m.index + 1) }

// nextName is the next lesson as the footer names it, "02 post"; empty after
// the last.
func (m *Model) nextName() string {
	if l := m.nextLesson(); l != nil {
		return stepName(l.Step)
	}
	return ""
}

// foretold puts the next lesson's name behind what a key does, where that is to
// open it: the table of keys is about any lesson, the footer about this one.
func (m *Model) foretold(does string) string {
	if does == opensNext {
		return strings.TrimSpace(does + ": " + m.nextName())
	}
	return does
}

const opensNext = "next lesson"
