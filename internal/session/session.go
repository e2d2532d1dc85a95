// Package session is one learner at work on one step: the chosen one of its
// servers behind the tap, and a way to talk to it. The screen, plain mode and
// the run command all stand on it. It draws nothing and judges nothing.
package session

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"

	"example/wirebook/internal/course"
	"example/wirebook/internal/runner"
	"example/wirebook/internal/wire"
)

// firstPort is the one that the notes use; wire.Listen goes on from there.
const firstPort = 8000

// A Session owns the tap and at most one server. Its methods may be called
// from several goroutines at once.
type Session struct {
	Tap *wire.Tap

	root    string
	changed chan struct{}

	acting sync.Mutex // held while a server is started or stopped

	mu      sync.Mutex
	status  Status
	server  *server        // nil when none runs
	command runner.Command // what server was started with, to start it again
	abandon context.CancelFunc
}

// A server is one that runs behind the tap.
type server struct {
	*runner.Process
	noted chan struct{} // closed when the status tells of its end
}

// Open opens the tap on localhost:8000 or the next free port. root is the
// module's root folder.
func Open(root string) (*Session, error) { return open(root, firstPort) }

func open(root string, port int) (*Session, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, fmt.Errorf("session: open: %w", err)
	}
	tap, err := wire.Listen(port)
	if err != nil {
		return nil, fmt.Errorf("session: open: %w", err)
	}
	s := &Session{Tap: tap, root: root, changed: make(chan struct{}, 1)}
	s.status.Addr = tap.Addr()
	return s, nil
}

// Close stops everything.
func (s *Session) Close() error {
	err := s.Stop()
	if tapErr := s.Tap.Close(); err == nil {
		err = tapErr
	}
	return err
}

// Start builds and starts one of a step's servers behind the tap, after stopping
// the one before. It returns when the server listens or has failed;
// the outcome is also in Status. A Start that is under way gives up when
// another one, or Stop, is called.
func (s *Session) Start(ctx context.Context, step string, which course.Server) error {
	ctx, done := s.begin(ctx)
	defer done()
	if err := s.stop(); err != nil {
		return s.fail(err)
	}
	s.set(func(st *Status) {
		*st = Status{Step: step, Server: which, Phase: Building, Addr: st.Addr}
	})
	c, err := course.Command(ctx, s.root, step, which)
	if err != nil {
		return s.fail(err)
	}
	content, err := course.Load(course.FS(s.root), step)
	if err != nil {
		return s.fail(err)
	}
	c.Files = content.Files
	return s.launch(ctx, c)
}

// begin makes the caller the only one who acts, and ends who acted before.
func (s *Session) begin(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancel(ctx)
	s.mu.Lock()
	if s.abandon != nil {
		s.abandon()
	}
	s.abandon = cancel
	s.mu.Unlock()
	s.acting.Lock()
	return ctx, func() {
		cancel()
		s.acting.Unlock()
	}
}

// launch starts a server for the tap. The caller holds acting.
func (s *Session) launch(ctx context.Context, c runner.Command) error {
	s.set(func(st *Status) { st.Phase = Starting })
	p, err := runner.Start(ctx, c)
	if err != nil {
		return s.fail(err)
	}
	running := &server{p, make(chan struct{})}
	s.mu.Lock()
	s.server, s.command = running, c
	s.mu.Unlock()
	s.Tap.SetServer(p.Addr())
	s.set(func(st *Status) {
		st.Phase, st.Problem, st.Advice = Running, "", ""
	})
	go s.watch(running)
	return nil
}

// watch notes when a server ends by itself.
func (s *Session) watch(p *server) {
	<-p.Done()
	defer close(p.noted)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.server != p { // it was stopped, and another may be there already
		return
	}
	s.server = nil
	s.Tap.SetServer("")
	s.status.Phase = Ended
	s.status.Problem = p.Exit().Sentence(s.command.Name)
	s.Tap.ServerEnded(s.status.Problem)
	s.status.Advice = "start it again; sending an exchange does that too"
	s.notify()
}

// Stop stops the server; the tap stays.
func (s *Session) Stop() error {
	_, done := s.begin(context.Background())
	defer done()
	err := s.stop()
	s.set(func(st *Status) {
		st.Phase, st.Problem, st.Advice = Stopped, "", ""
	})
	return err
}

// stop stops the server, if there is one. The caller holds acting.
func (s *Session) stop() error {
	s.mu.Lock()
	p := s.server
	s.server = nil // so that watch does not take this for an accident
	s.mu.Unlock()
	if p == nil {
		return nil
	}
	s.Tap.SetServer("")
	return p.Stop()
}
