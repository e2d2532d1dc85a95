package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/internal/course"
	"example/wirebook/internal/visible"
	"example/wirebook/lessons"
	"example/wirebook/tui/cells"
)

// The lesson: which one is open, and the way through it.

// current is the lesson that is open.
func (m *Model) current() *lessons.Lesson {
	if m.index < len(m.o.Lessons) {
		return m.o.Lessons[m.index]
	}
	return nil
}

// step is the step of the lesson that is open, or where that has no server (the
// page before the first step), the first one after it that has.
func (m *Model) step() string {
	for _, l := range m.o.Lessons[min(m.index, len(m.o.Lessons)):] {
		if m.o.stepOf(l.Step) != nil {
			return l.Step
		}
	}
	if l := m.current(); l != nil {
		return l.Step
	}
	return ""
}

// showLesson opens the lesson at index where the reader left it.
func (m *Model) showLesson() {
	l := m.current()
	if l == nil {
		return
	}
	m.progress.Lesson = l.Step
	m.lesson.Open(l, m.progress.Of(l.Step), m.server.status.Addr)
	m.warned = false
	m.cancelCheck()
	m.exercise.Open(m.o.stepOf(m.step()), m.o.Command, m.progress.Of(m.step()).Passed, m.nextName())
	m.search = search{}
}

// goLesson opens another lesson and starts its server.
func (m *Model) goLesson(i int) tea.Cmd {
	switch {
	case i < 0:
		m.say(cells.Dim, "this is the first lesson")
		return nil
	case i >= len(m.o.Lessons):
		m.say(cells.Dim, "this is the last lesson")
		return nil
	}
	m.noteProgress()
	before := m.step()
	m.index, m.mode = i, panes
	m.show(lessonView)
	m.showLesson()
	own := m.lessonServer()
	if g := m.server.want; m.step() == before && own == g.asked && !g.stopped {
		m.server.chosen = own
		return m.saveProgress()
	}
	return tea.Batch(m.saveProgress(), m.chooseServer(own), m.watchExercise())
}

func (m *Model) nextLesson() *lessons.Lesson {
	if m.index+1 < len(m.o.Lessons) {
		return m.o.Lessons[m.index+1]
	}
	return nil
}

// nextName is the next lesson as the footer names it, "02 post"; empty after
// the last.
func (m *Model) nextName() string {
	if l := m.nextLesson(); l != nil {
		return stepName(l.Step)
	}
	return ""
}

// leave goes on to the next lesson. Exercises that are left are named once.
func (m *Model) leave() tea.Cmd {
	if n := len(m.lesson.ExercisesLeft()); n > 0 && !m.warned && m.nextLesson() != nil {
		m.warned = true
		m.say(cells.Warn, visible.Count(n, "exercise")+" of this lesson left: p goes back to one; once more goes on")
		return nil
	}
	return m.goLesson(m.index + 1)
}

// passOver shows what the question in front hides, without an answer.
func (m *Model) passOver() tea.Cmd {
	m.lesson.PassOver()
	return m.saveProgress()
}

// sendFront sends the exchange in front, to the server that it is about or to
// the one that the reader has chosen.
func (m *Model) sendFront() tea.Cmd {
	b := m.lesson.Front()
	if b.AnyServer {
		return m.sendTo(b.Exchange, m.server.chosen)
	}
	return m.sendTo(b.Exchange, b.Server)
}

// answer gives the chosen answer and sends the exchange: the wire decides at once.
func (m *Model) answer() tea.Cmd {
	m.lesson.Answer()
	return tea.Batch(m.sendFront(), m.saveProgress())
}

// openExercise shows the exercise in front.
func (m *Model) openExercise() {
	m.exercise.ChooseNamed(m.lesson.Front().Name)
	m.show(exerciseView)
}

// lessonServer is the server that the open lesson begins with.
func (m *Model) lessonServer() course.Server {
	if l := m.current(); l != nil {
		return l.Server
	}
	return course.Notes
}

// noteProgress takes the place down.
func (m *Model) noteProgress() {
	if l := m.current(); l != nil {
		m.progress.Of(l.Step).Block = m.lesson.Place()
	}
}

// placePause is how long after a move the place is saved: one save for many
// lines, and nothing to lose but the last of them.
const placePause = time.Second

// keepPlace saves the place in the lesson once it has changed.
func (m *Model) keepPlace() tea.Cmd {
	l := m.current()
	if l == nil || m.keeping || m.lesson.Place() == m.progress.Of(l.Step).Block {
		return nil
	}
	m.keeping = true
	return tea.Tick(placePause, func(time.Time) tea.Msg { return placeSettled{} })
}

// saveProgress keeps what the reader has done.
func (m *Model) saveProgress() tea.Cmd {
	m.noteProgress()
	m.saves++
	n, p, store := m.saves, m.progress.Clone(), m.store
	return func() tea.Msg { return progressSaved{store.Save(n, p)} }
}
