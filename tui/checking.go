package tui

import (
	"context"
	"path/filepath"
	"time"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/internal/course"
	"example/wirebook/tui/cells"
)

// A checkRun is the check that is under way, or the last one.
type checkRun struct {
	id     int // an answer that carries another one is dropped
	cancel context.CancelFunc
}

// cancelCheck ends the check that is under way; its answers are dropped.
func (m *Model) cancelCheck() {
	m.check.cancel()
	m.check.id++
}

// saved checks a program that was saved, and puts it behind the tap afresh if
// it stands there.
func (m *Model) saved(msg exerciseSaved) tea.Cmd {
	if msg.step != m.step() {
		return nil
	}
	cmds := []tea.Cmd{msg.next, m.startCheck(), m.readSource()}
	if m.server.want.server == course.Yours && !m.server.want.stopped {
		cmds = append(cmds, m.startServer(course.Yours))
	}
	m.say(cells.Dim, "saved: checking your server")
	return tea.Batch(cmds...)
}

func (m *Model) judged(msg exerciseJudged) tea.Cmd {
	if msg.id != m.check.id {
		return nil
	}
	m.exercise.Add(msg.result)
	return awaitResult(msg.id, msg.more)
}

// placed takes in where the program's parts stand.
func (m *Model) placed(msg placesFound) {
	if msg.id == m.check.id {
		m.exercise.SetPlaces(msg.lines)
	}
}

// checked takes the end of a check in, and says it in one line where the pane
// with the rest is not in front.
func (m *Model) checked(msg checkEnded) tea.Cmd {
	if msg.id != m.check.id {
		return nil
	}
	m.exercise.End(msg.results, msg.err, msg.took)
	if m.exercise.Judged() {
		m.progress.Of(m.step()).Passed = m.exercise.Passes()
		m.lesson.SetVerdicts(m.exercise.Verdicts())
	}
	m.notice = nil
	if !m.shows(exerciseView) {
		said := m.exercise.Outcome()
		m.say(said.Tone, said.Text)
	}
	return m.saveProgress()
}

// sendExercise sends the current exercise's exchange to the learner's server.
func (m *Model) sendExercise() tea.Cmd {
	return m.sendTo(m.exercise.Exchange(), course.Yours)
}

// A question waits for yes or no. It takes no answer in its first moments:
// keys typed before it appeared were meant for something else.
type question struct {
	id    int
	text  string
	armed bool
	yes   func(*Model) tea.Cmd
}

const armAfter = 300 * time.Millisecond

func (m *Model) ask(text string, yes func(*Model) tea.Cmd) tea.Cmd {
	m.ids++
	id := m.ids
	m.question = &question{id: id, text: text, yes: yes}
	return tea.Tick(armAfter, func(time.Time) tea.Msg { return questionArmed{id} })
}

func (m *Model) yes() tea.Cmd {
	q := m.question
	if !q.armed {
		return nil
	}
	m.question = nil
	return q.yes(m)
}

// askReset puts the notes' program back, after a yes.
func (m *Model) askReset() tea.Cmd {
	return m.ask("Put the notes' program back? Yours is kept beside it.", func(m *Model) tea.Cmd {
		step, undo := m.step(), m.o.Reset
		return func() tea.Msg {
			backup, err := undo(step)
			return exerciseReset{backup, err}
		}
	})
}

func (m *Model) wasReset(msg exerciseReset) {
	switch {
	case msg.err != nil:
		m.say(cells.Bad, "not reset: "+msg.err.Error())
	case msg.backup == "":
		m.say(cells.Dim, "there was nothing to put back: your server is as the notes wrote it")
	default:
		m.say(cells.Good, "the notes' program is back; yours is "+filepath.Base(msg.backup))
	}
}
