package tui

import (
	"context"
	"os"
	"path/filepath"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/internal/check"
	"example/wirebook/internal/course"
	"example/wirebook/tui/cells"
)

// A checkRun is the check that is under way, or the last one.
type checkRun struct {
	id     int // an answer that carries another one is dropped
	cancel context.CancelFunc
	// recorded is the exercise whose conversations are on the wire, by its
	// title; empty where the check has put none there yet.
	recorded string
}

// cancelCheck ends the check that is under way; its answers are dropped.
func (m *Model) cancelCheck() {
	m.check.cancel()
	m.check.id++
	m.check.recorded = ""
}

// startCheck judges the learner's server; results come one by one.
func (m *Model) startCheck() tea.Cmd {
	m.cancelCheck()
	m.exercise.Checking()
	ctx, cancel := context.WithCancel(m.ctx)
	m.check.cancel = cancel
	id, step, judge, clock := m.check.id, m.step(), m.o.Check, m.clock
	results := make(chan check.Result, max(m.exercise.Count(), 1))
	run := func() tea.Msg {
		defer cancel()
		defer close(results)
		begun := clock()
		all, err := judge(ctx, step, func(r check.Result) {
			select {
			case results <- r:
			default: // told more than once: the whole list comes at the end
			}
		})
		return checkEnded{id, all, err, clock().Sub(begun)}
	}
	return tea.Batch(run, awaitResult(id, results), findParts(course.Workfile(m.o.Root, step), m.o.stepOf(step)))
}

// findParts looks in the learner's program for the parts that its exercises
// name.
func findParts(path string, step *course.Step) tea.Cmd {
	if step == nil || len(step.Exercises) == 0 {
		return nil
	}
	return func() tea.Msg {
		source, err := os.ReadFile(path)
		if err != nil {
			return nil // the check says what is wrong with it
		}
		parts := map[string]course.Part{}
		for _, e := range step.Exercises {
			if part := course.FindPart(source, e.Look); part.Line > 0 {
				parts[e.Name] = part
			}
		}
		return partsFound{step.Name, parts}
	}
}

// awaitResult waits for the next result of a check.
func awaitResult(id int, results <-chan check.Result) tea.Cmd {
	return func() tea.Msg {
		r, ok := <-results
		if !ok {
			return nil
		}
		return exerciseJudged{id, r, results}
	}
}

// watchExercise begins to watch the open step's exercise, in place of another.
func (m *Model) watchExercise() tea.Cmd {
	m.watch()
	if m.exercise.Count() == 0 {
		return nil
	}
	ctx, cancel := context.WithCancel(m.ctx)
	m.watch = cancel
	dir, step := course.ExerciseFolder(m.o.Root, m.step()), m.step()
	watch := func() tea.Msg { return waitForSave(ctx, dir, step, takeStamps(dir, nil))() }
	return tea.Batch(watch, findParts(course.Workfile(m.o.Root, step), m.o.stepOf(step)))
}

// waitForSave waits for the next save; its message carries the command that
// waits for the one after.
func waitForSave(ctx context.Context, dir, step string, before map[string]stamp) tea.Cmd {
	return func() tea.Msg {
		now, ok := awaitSave(ctx, dir, before, pollEvery)
		if !ok {
			return nil
		}
		return exerciseSaved{step, waitForSave(ctx, dir, step, now)}
	}
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
	m.showRecord()
	return awaitResult(msg.id, msg.more)
}

// showRecord puts the conversations that decide about the exercise in front on
// the wire, once a check.
func (m *Model) showRecord() {
	title := m.exercise.Title()
	if m.check.recorded == title {
		return
	}
	for _, r := range m.exercise.Records() {
		m.check.recorded = title
		m.wire.ShowRecord(r.Events, r.Conn, r.Off)
	}
}

// checked takes the end of a check in, and says it in one line where the pane
// with the rest is not in front.
func (m *Model) checked(msg checkEnded) tea.Cmd {
	if msg.id != m.check.id {
		return nil
	}
	m.exercise.Checked(msg.results, msg.err, msg.took)
	m.showRecord()
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

// askReset puts the notes' program back, after a yes.
func (m *Model) askReset() tea.Cmd {
	step, undo := m.step(), m.o.Reset
	return m.ask("Put the notes' program back? Yours is kept beside it.", func() tea.Msg {
		backup, err := undo(step)
		return exerciseReset{backup, err}
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

// goOn leaves a pass behind and goes on in the lesson.
func (m *Model) goOn() {
	m.exercise.GoOn()
	m.show(lessonView)
}
