package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/internal/check"
	"example/wirebook/internal/course"
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/play"
	"example/wirebook/internal/session"
	"example/wirebook/internal/wire"
	"example/wirebook/tui/sourcepane"
)

// Messages say what has happened, in the past tense. Those that answer a
// command carry its number, so that an answer that comes too late is dropped.
type (
	// eventsArrived: something passed on the wire.
	eventsArrived struct {
		events []wire.Event
		lost   int64
		at     time.Time
	}

	// statusChanged: the server behind the tap is doing something else.
	statusChanged struct{ status session.Status }

	// serverStarted: Start or Stop has returned.
	serverStarted struct {
		id     int
		status session.Status
		err    error
	}

	// exchangeSent: an exchange has been played.
	exchangeSent struct {
		id         int
		exchange   *exchange.Exchange
		transcript *play.Transcript
		status     session.Status
		err        error
	}

	// exerciseJudged: one result of a check that goes on.
	exerciseJudged struct {
		id     int
		result check.Result
		more   <-chan check.Result
	}

	// partsFound: the lines of the learner's program that a step's exercises
	// are about. Those of parts that are not found are missing.
	partsFound struct {
		step  string
		parts map[string]course.Part
	}

	// checkEnded: all of them.
	checkEnded struct {
		id      int
		results []check.Result
		err     error
		took    time.Duration
	}

	// exerciseSaved: the learner has saved the program.
	exerciseSaved struct {
		step string
		next tea.Cmd // waits for the save after this one
	}

	// exerciseReset: the pristine program is back.
	exerciseReset struct {
		backup string
		err    error
	}

	// sourceRead: the source files of one of a step's servers.
	sourceRead struct {
		key   sourcepane.Key
		files []sourcepane.File
		err   error
	}

	// editorFound: which program to edit with, and where.
	editorFound struct {
		argv []string
		err  error
	}

	// editorClosed: it has ended.
	editorClosed struct{ err error }

	// progressSaved: or not.
	progressSaved struct{ err error }

	// placeSettled: the reader has moved in the lesson, a moment ago.
	placeSettled struct{}

	// clockTicked: time has passed while something is awaited.
	clockTicked struct{ now time.Time }

	// questionArmed: a question has been on the screen for long enough that
	// a key now pressed is an answer to it.
	questionArmed struct{ id int }
)
