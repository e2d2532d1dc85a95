package session

import (
	"context"
	"errors"
	"strings"

	"example/wirebook/internal/course"
	"example/wirebook/internal/runner"
	"example/wirebook/internal/visible"
)

// A Phase is what the session's server is doing.
type Phase int

// The phases.
const (
	Stopped Phase = iota
	Building
	Starting
	Running
	Ended  // it ended by itself: see Status.Problem
	Failed // it could not be built or started: see Status.Problem
)

func (p Phase) String() string {
	return [...]string{"stopped", "building", "starting", "running", "ended", "failed"}[p]
}

// A Status is a snapshot of the session.
type Status struct {
	Step    string // "01-socket"
	Server  course.Server
	Phase   Phase
	Addr    string // what to type into a client: "localhost:8000"
	Problem string // one line for people, safe to print
	Advice  string // what to do next, one line
}

// Status returns a snapshot.
func (s *Session) Status() Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.status
}

// Changed yields a value after Status has changed. Changes that come faster
// than they are read are one value; it never blocks the session.
func (s *Session) Changed() <-chan struct{} { return s.changed }

// set changes the status.
func (s *Session) set(change func(*Status)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.status)
	s.notify()
}

func (s *Session) notify() {
	select {
	case s.changed <- struct{}{}:
	default: // the reader has yet to come for the change before
	}
}

// fail notes why no server runs, and returns the error. Giving up is no
// failure: whoever called for that knows.
func (s *Session) fail(err error) error {
	s.set(func(st *Status) {
		if errors.Is(err, context.Canceled) {
			st.Phase = Stopped
			return
		}
		st.Phase = Failed
		st.Problem, st.Advice = describe(err)
	})
	return err
}

// describe puts an error of course.Command or runner.Start into words for
// people.
func describe(err error) (problem, advice string) {
	var (
		known   runner.Describer
		compile *runner.BuildError
	)
	switch {
	case errors.As(err, &compile):
		return "it does not compile: " + compile.First(),
			"repair the line that the compiler names; it is built again when you save"
	case errors.As(err, &known):
		d := known.Describe()
		return d.Problem, d.Advice
	}
	line, _, _ := strings.Cut(visible.Text([]byte(err.Error())), "\n")
	return line, "start it again"
}
