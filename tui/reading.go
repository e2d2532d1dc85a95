package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/lessons"
)

// Reading on in a lesson, and from its end to the next one.

func (m *Model) canSkipQuestion() bool { return at(lessonView)(m) && m.lesson.HidesSomething() }
func (m *Model) nothingHidden() bool {
	return at(lessonView)(m) && !m.lesson.HidesSomething() && !m.atEnd()
}

// readOn shows what an open prediction hides, or goes on to the next block where
// nothing is hidden.
func (m *Model) readOn() tea.Cmd {
	if m.lesson.ReadOn() {
		return m.saveProgress()
	}
	m.lesson.Next()
	return nil
}

// atEnd: n goes on to the next lesson.
func (m *Model) atEnd() bool {
	return at(lessonView)(m) && m.lesson.Finished() && m.nextLesson() != nil
}

// doneAtEnd: enter does too, since there is nothing here that it would act on,
// or it has done so.
func (m *Model) doneAtEnd() bool {
	return m.atEnd() && !m.canAnswer() && !m.onExerciseBlock() &&
		(!m.onExchange() || m.lastSent == m.lesson.Focused())
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
