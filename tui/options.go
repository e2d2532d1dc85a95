// Package tui is the workbook on the screen: a lesson on one side, the live
// wire on the other, and the exercise and the source a key away.
//
// There is one tea.Model. Its parts are plain structs with verbs; they do no
// input or output. What the model needs from outside comes as messages, and
// what it wants done goes out as commands (messages.go). Where things stand is
// a function of the size alone (layout.go); which key does what is one table
// (keys.go); what a colour is, theme.go alone knows.
//
// The package is not the workbook for pipes and screen readers: that prints
// lessons line by line and has no need of a screen.
package tui

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/internal/check"
	"example/wirebook/internal/course"
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/play"
	"example/wirebook/internal/progress"
	"example/wirebook/internal/session"
	"example/wirebook/internal/wire"
	"example/wirebook/lessons"
	"example/wirebook/steps"
)

// A Session is the server behind the tap, as the screen uses it. It is what
// *session.Session does.
type Session interface {
	Start(ctx context.Context, step string, v course.Server) error
	Stop() error
	Status() session.Status
	Changed() <-chan struct{}
	Send(ctx context.Context, x *exchange.Exchange) (*play.Transcript, error)
}

// A Tap tells what passes on the wire. It is what *wire.Tap does.
type Tap interface {
	Events() <-chan []wire.Event
	Dropped() int64
}

// A Checker judges your server of a step and calls progress as each result is
// known, from any goroutine.
type Checker func(ctx context.Context, step string, progress func(check.Result)) ([]check.Result, error)

// Options say what to open. Root, Lessons and Command are required.
type Options struct {
	Root    string            // the module's root folder
	Lessons []*lessons.Lesson // in order
	Command string            // how the reader starts us: "go run ." or "wirebook"
	Start   string            // the step to open at; "" goes on where the reader left

	// The rest is for tests, and for a caller with other parts. What is left
	// out is made from Root.
	Session   Session
	Tap       Tap
	Steps     map[string]*course.Step
	Check     Checker
	Reset     func(step string) (backup string, err error)
	Suspend   func() // stops the program until the shell takes it up again
	StatePath string // the progress file; "" means $WIREBOOK_STATE or the user's folder
	Getenv    func(string) string
}

// Run opens the workbook and returns when the reader leaves it. Everything that
// it started is stopped by then. It needs a terminal.
func Run(ctx context.Context, o Options) error {
	// A terminal window that is closed ends its programs by a hangup. Without
	// this, that would be the end of us at once, and not of our servers. Bubble
	// Tea's own handler stays out of it: where a signal ends the context as well,
	// that handler hands its message to a loop that has gone, and waits for ever.
	ctx, cancel := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer cancel()
	if o.Session == nil {
		s, err := session.Open(o.Root)
		if err != nil {
			return err
		}
		defer s.Close()
		o.Session, o.Tap = s, s.Tap
	}
	m := newModel(ctx, o)
	// Progress is read before the first frame: it is one small file, and the
	// frame shows the place where the reader left.
	m.restore(m.store.Load())
	program := tea.NewProgram(m, tea.WithContext(ctx), tea.WithoutSignalHandler())
	go passStops(ctx, program)
	end, err := program.Run()
	if last, ok := end.(*Model); ok {
		last.noteProgress()
		if err := last.store.Save(last.saves+1, last.progress); err != nil {
			return fmt.Errorf("tui: your progress was not kept; it would have gone to %q. "+
				"Set WIREBOOK_STATE to a file that you may write: %w", last.store.Path(), err)
		}
	}
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// complete fills in what was left out.
func (o Options) complete() Options {
	if o.Getenv == nil {
		o.Getenv = os.Getenv
	}
	if o.Steps == nil {
		o.Steps = map[string]*course.Step{}
	}
	if o.Check == nil {
		o.Check = o.check
	}
	if o.Reset == nil {
		o.Reset = func(step string) (string, error) {
			return course.Reset(o.Root, step, time.Now())
		}
	}
	if o.Suspend == nil {
		o.Suspend = stopSelf
	}
	if o.StatePath == "" {
		o.StatePath = progress.Path(o.Getenv)
	}
	return o
}

// stepOf is what a step's folder says, or nil: the page before the first step
// has a lesson and no folder. Steps are parsed when they are first asked for,
// from the program itself: the first frame waits for one of them, not for all.
func (o Options) stepOf(name string) *course.Step {
	s, known := o.Steps[name]
	if !known {
		var err error
		if s, err = course.Load(steps.FS, name); err != nil {
			s = nil
		}
		o.Steps[name] = s
	}
	return s
}

// check builds the learner's program and judges it.
func (o Options) check(ctx context.Context, step string, progress func(check.Result)) ([]check.Result, error) {
	s, err := course.Load(steps.FS, step)
	if err != nil {
		return nil, err
	}
	command, err := course.Command(ctx, o.Root, step, course.Yours)
	if err != nil {
		return nil, err
	}
	return check.Run(ctx, s, command, check.Options{Progress: progress})
}
