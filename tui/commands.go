package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/internal/check"
	"example/wirebook/internal/course"
	"example/wirebook/tui/exercisepane"
	"example/wirebook/tui/sourcepane"
)

// The commands: what the model has done outside itself. Each returns one
// message.

// awaitEvents waits for traffic. What has queued up meanwhile comes with it, so
// that a burst is one redraw.
func (m *Model) awaitEvents() tea.Cmd {
	tap, clock := m.o.Tap, m.clock
	if tap == nil {
		return nil
	}
	return func() tea.Msg {
		events, ok := <-tap.Events()
		if !ok {
			return nil
		}
		for {
			select {
			case more, ok := <-tap.Events():
				if ok {
					events = append(events, more...)
					continue
				}
			default:
			}
			return eventsArrived{events, tap.Dropped(), clock()}
		}
	}
}

// awaitStatus waits for the server to do something else.
func (m *Model) awaitStatus() tea.Cmd {
	server, ctx := m.o.Session, m.ctx
	return func() tea.Msg {
		select {
		case _, ok := <-server.Changed():
			if !ok {
				return nil
			}
			return statusChanged{server.Status()}
		case <-ctx.Done():
			return nil
		}
	}
}

// tick asks for the time again while somebody is waiting.
func (m *Model) tick() tea.Cmd {
	every := time.Second
	switch {
	case m.ticking:
		return nil
	case m.sending != nil:
		every = time.Second / 4
	case !m.wire.AnyOpen():
		return nil
	}
	m.ticking = true
	return tea.Tick(every, func(now time.Time) tea.Msg { return clockTicked{now} })
}

// exerciseDir is the folder that the learner edits.
func (m *Model) exerciseDir() string {
	return course.ExerciseFolder(m.o.Root, m.step())
}

// watchExercise begins to watch the open step's exercise, in place of another.
func (m *Model) watchExercise() tea.Cmd {
	m.watch()
	if m.exercise.Count() == 0 {
		return nil
	}
	ctx, cancel := context.WithCancel(m.ctx)
	m.watch = cancel
	dir, step := m.exerciseDir(), m.step()
	return func() tea.Msg { return waitForSave(ctx, dir, step, takeStamps(dir, nil))() }
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

// saveProgress keeps what the reader has done.
func (m *Model) saveProgress() tea.Cmd {
	m.noteProgress()
	m.saves++
	n, p, store := m.saves, m.progress.Clone(), m.store
	return func() tea.Msg { return progressSaved{store.Save(n, p)} }
}

// startCheck judges the learner's server; results come one by one.
func (m *Model) startCheck() tea.Cmd {
	m.cancelCheck()
	m.exercise.Begin()
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
	return tea.Batch(run, awaitResult(id, results), m.findPlaces(id))
}

// findPlaces looks in the learner's program for the parts that its exercises
// name.
func (m *Model) findPlaces(id int) tea.Cmd {
	path, all := course.Workfile(m.o.Root, m.step()), m.o.stepOf(m.step())
	if all == nil {
		return nil
	}
	return func() tea.Msg {
		lines := map[string]int{}
		for _, e := range all.Exercises {
			if n := findPlace(path, exercisepane.LineHint{Text: e.Look}); n > 0 {
				lines[e.Name] = n
			}
		}
		return placesFound{id, lines}
	}
}

func awaitResult(id int, results <-chan check.Result) tea.Cmd {
	return func() tea.Msg {
		r, ok := <-results
		if !ok {
			return nil
		}
		return exerciseJudged{id, r, results}
	}
}

// readSource reads the source of the server behind the tap, if it can be seen.
func (m *Model) readSource() tea.Cmd {
	if m.left != sourceView {
		return nil
	}
	key := m.sourceWanted()
	ctx, root := m.ctx, m.o.Root
	return func() tea.Msg {
		files, err := sourcepane.Read(ctx, root, key)
		return sourceRead{key, files, err}
	}
}

func (m *Model) sourceWanted() sourcepane.Key {
	return sourcepane.Key{Step: m.step(), Server: m.serverNow()}
}
