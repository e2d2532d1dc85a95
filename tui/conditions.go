package tui

import "example/wirebook/internal/reading"

// Conditions under which commands work.

// always leaves out the states in which letters are answers or a text.
func always(m *Model) bool {
	return m.question == nil && !m.search.typing && !m.palette.IsOpen()
}

func in(x mode) func(*Model) bool    { return func(m *Model) bool { return always(m) && m.mode == x } }
func notIn(x mode) func(*Model) bool { return func(m *Model) bool { return always(m) && m.mode != x } }

// at: this pane has the keys.
func at(p pane) func(*Model) bool {
	return func(m *Model) bool { return always(m) && m.mode == panes && m.front() == p }
}

// next: enter does this in the lesson.
func next(x reading.Move) func(*Model) bool {
	return func(m *Model) bool { return at(lessonView)(m) && m.lesson.Next() == x }
}

func lessonEnds(m *Model) bool { return next(reading.Leave)(m) && m.nextLesson() != nil }
func courseEnds(m *Model) bool { return next(reading.Leave)(m) && m.nextLesson() == nil }
func onQuestion(m *Model) bool { return at(lessonView)(m) && m.lesson.OnOpenQuestion() }

func noQuestion(m *Model) bool {
	return at(lessonView)(m) && !m.lesson.OnOpenQuestion() && !lessonEnds(m)
}

func canSendAgain(m *Model) bool {
	return at(lessonView)(m) && m.lesson.SentBefore()
}

func hasPassed(m *Model) bool { return at(exerciseView)(m) && m.exercise.Passed() }

// notAt: another pane has the keys, and the step has an exercise.
func notAt(p pane) func(*Model) bool {
	return func(m *Model) bool { return hasExercise(m) && m.front() != p }
}

func picking(m *Model) bool { return m.palette.IsOpen() && m.question == nil }
func typing(m *Model) bool  { return m.search.typing && m.question == nil }
func asked(m *Model) bool   { return m.question != nil }

func wireShown(m *Model) bool {
	return always(m) && m.mode == panes && m.shows(wireView) && !m.wire.Empty()
}

func canRepeatFind(m *Model) bool { return canFind(m) && m.search.last != "" }
func canFind(m *Model) bool       { return at(lessonView)(m) || at(sourceView)(m) }

func hasExercise(m *Model) bool {
	return always(m) && m.mode == panes && m.exercise.Count() > 0
}

func serverDown(m *Model) bool {
	return in(panes)(m) && !m.server.busy && down(m.server.status.Phase)
}

func serverUp(m *Model) bool {
	return in(panes)(m) && (m.server.busy || !down(m.server.status.Phase))
}

func hasNoExercise(m *Model) bool { return in(panes)(m) && m.exercise.Count() == 0 }
func hasChosen(m *Model) bool     { return at(exerciseView)(m) && m.exercise.Count() > 0 }
func hasFiles(m *Model) bool      { return at(sourceView)(m) && m.source.Several() }
func hasFailure(m *Model) bool    { return hasChosen(m) && m.exercise.Failed() }
func canHint(m *Model) bool       { return hasChosen(m) && m.exercise.MayHint() }
func canReset(m *Model) bool      { return at(exerciseView)(m) && m.exercise.Count() > 0 }

func canSendExercise(m *Model) bool {
	return hasChosen(m) && m.exercise.Exchange() != nil
}

func canGoBack(m *Model) bool {
	return always(m) && (m.mode != panes || m.front() != lessonView)
}
