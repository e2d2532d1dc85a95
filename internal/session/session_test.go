package session

import (
	"context"
	"errors"
	"net"
	"os/exec"
	"strings"
	"testing"
	"time"

	"example/wirebook/internal/course"
	"example/wirebook/internal/runner"
	"example/wirebook/internal/wire"
)

func TestServers(t *testing.T) {
	s := begin(t, clone(t, nil))
	var before *server
	for _, v := range []course.Server{course.Notes, course.Reference, course.Yours} {
		if err := s.Start(t.Context(), "99-test", v); err != nil {
			t.Fatal(err)
		}
		if before != nil && before.Exit() == nil {
			t.Error("the server before still runs")
		}
		s.mu.Lock()
		before = s.server
		s.mu.Unlock()
		st := s.Status()
		if st.Phase != Running || st.Server != v || st.Step != "99-test" || st.Problem != "" {
			t.Errorf("status %+v", st)
		}
		if st.Addr != s.Tap.Addr() || st.Addr == "" {
			t.Errorf("address %q, want the tap's %q", st.Addr, s.Tap.Addr())
		}
		if got := answer(t, s, get(t, "/page")); !strings.HasSuffix(got, v.String()+" the page") {
			t.Errorf("%v answers %q", v, got)
		}
		if e := opened(t, s); e.Sender != (wire.Sender{Name: "lesson", Exchange: "try it"}) {
			t.Errorf("sender %q", e.Sender)
		}
	}
	select {
	case <-s.Changed():
	default:
		t.Error("no change was told")
	}
}

func TestStop(t *testing.T) {
	s := begin(t, clone(t, nil))
	if err := s.Start(t.Context(), "99-test", course.Reference); err != nil {
		t.Fatal(err)
	}
	running := s.server
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	<-running.noted
	if st := s.Status(); st.Phase != Stopped || st.Problem != "" {
		t.Errorf("status %+v", st)
	}
	if _, err := s.Send(t.Context(), get(t, "/page")); !errors.Is(err, ErrNoServer) {
		t.Errorf("send after stop: %v", err)
	}
}

// Close leaves neither a server nor a tap.
func TestClose(t *testing.T) {
	s, err := open(clone(t, nil), 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start(t.Context(), "99-test", course.Reference); err != nil {
		t.Fatal(err)
	}
	running := s.server
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if exit := running.Exit(); exit == nil || !exit.Stopped {
		t.Errorf("the server's exit is %v, want that it was stopped", exit)
		running.Stop()
	}
	l, err := net.Listen("tcp", s.Tap.Addr())
	if err != nil {
		t.Fatalf("the tap still listens: %v", err)
	}
	l.Close()
}

// A server that is stopped has not ended by itself: the wire is told of no end.
func TestStopIsNoEnd(t *testing.T) {
	s, err := open(clone(t, nil), 0)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.Start(t.Context(), "99-test", course.Reference); err != nil {
			t.Fatal(err)
		}
		running := s.server
		if err := s.Stop(); err != nil {
			t.Fatal(err)
		}
		<-running.noted
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	for batch := range s.Tap.Events() {
		for _, e := range batch {
			if e.Kind == wire.ServerEnded {
				t.Errorf("the wire is told: %s", e.Text)
			}
		}
	}
}

// Behind the tap is nobody once the server has ended: not whoever takes its port
// after it.
func TestPortOfAnEndedServer(t *testing.T) {
	s := begin(t, clone(t, nil))
	if err := s.Start(t.Context(), "99-test", course.Notes); err != nil {
		t.Fatal(err)
	}
	s.mu.Lock()
	addr := s.server.Addr()
	s.mu.Unlock()
	answer(t, s, half(t)) // this ends it
	for s.Status().Phase != Ended {
		<-s.Changed()
	}
	stranger, err := net.Listen("tcp", addr)
	if err != nil {
		t.Skip("somebody has taken the port already")
	}
	defer stranger.Close()
	// The tap refuses with a reset, which may come before Dial has returned.
	if client, err := net.Dial("tcp", s.Tap.Addr()); err == nil {
		defer client.Close()
		client.SetDeadline(time.Now().Add(10 * time.Second))
		client.Read(make([]byte, 1)) // until it does
	}
	stranger.(*net.TCPListener).SetDeadline(time.Now().Add(10 * time.Millisecond))
	if c, err := stranger.Accept(); err == nil {
		c.Close()
		t.Error("the tap has connected to a stranger")
	}
}

// The tap is on port 8000, or on the next one if somebody has that.
func TestFirstPort(t *testing.T) {
	for range 3 { // another program may come or go meanwhile
		s, err := Open(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		_, port, _ := strings.Cut(s.Tap.Addr(), ":")
		l, taken := net.Listen("tcp", "localhost:8000")
		if taken == nil {
			l.Close()
		}
		s.Close()
		if port == "8000" || taken != nil {
			return
		}
	}
	t.Error("the tap leaves port 8000 aside, and nobody has it")
}

// An exchange ends the server; the status says how, and the next exchange finds
// it started again.
func TestEndedAndRevived(t *testing.T) {
	s := begin(t, clone(t, nil))
	if err := s.Start(t.Context(), "99-test", course.Notes); err != nil {
		t.Fatal(err)
	}
	told := 0 // how often Send returned with the news
	for range 3 {
		if got := answer(t, s, half(t)); got != "" {
			t.Errorf("half a word is answered: %q", got)
		}
		if s.Status().Phase == Ended {
			told++
		}
		for s.Status().Phase != Ended { // at once, or a little later on a busy machine
			<-s.Changed()
		}
		st := s.Status()
		want := "the notes' server ended (exit 2): index out of range [1] with length 1, main.go:"
		if !strings.HasPrefix(st.Problem, want) || st.Advice == "" {
			t.Errorf("status %+v", st)
		}
		if how, cut := serverEnd(t, s); how != st.Problem || cut != 1 {
			t.Errorf("on the wire it ended as %q, on %d connections", how, cut)
		}
		if got := answer(t, s, get(t, "/page")); !strings.HasSuffix(got, "notes the page") {
			t.Errorf("after its end it answers %q", got)
		}
		if st := s.Status(); st.Phase != Running || st.Problem != "" {
			t.Errorf("status %+v", st)
		}
	}
	if told == 0 {
		t.Error("Send never waits for the end of a server that it has ended")
	}
}

func TestDoesNotCompile(t *testing.T) {
	s := begin(t, clone(t, map[string]string{
		"steps/99-test/exercise/main.go": "package main\n\nfunc main() { missing() }\n",
	}))
	err := s.Start(t.Context(), "99-test", course.Yours)
	var failed *runner.BuildError
	if !errors.As(err, &failed) {
		t.Fatalf("got %v", err)
	}
	st := s.Status()
	if st.Phase != Failed || !strings.Contains(st.Problem, "main.go:3:15: undefined: missing") || st.Advice == "" {
		t.Errorf("status %+v", st)
	}
	if err := s.Start(t.Context(), "99-test", course.Reference); err != nil || s.Status().Problem != "" {
		t.Errorf("afterwards: %v, %+v", err, s.Status())
	}
}

func TestNeverStarts(t *testing.T) {
	s := begin(t, clone(t, map[string]string{
		"steps/99-test/exercise/main.go": "package main\n\nfunc main() { panic(\"no\") }\n",
	}))
	if err := s.Start(t.Context(), "99-test", course.Yours); err == nil {
		t.Fatal("no error")
	}
	st := s.Status()
	if want := "your server: it ended before it listened: exit 2: panic: no, main.go:3"; st.Problem != want {
		t.Errorf("problem %q, want %q", st.Problem, want)
	}
	if st.Phase != Failed || st.Advice == "" {
		t.Errorf("status %+v", st)
	}
}

// A Start whose caller gives up has not failed.
func TestGivenUp(t *testing.T) {
	s := begin(t, clone(t, map[string]string{
		"steps/99-test/exercise/main.go": "package main\n\nimport \"time\"\n\nfunc main() { time.Sleep(time.Hour) }\n",
	}))
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Start(ctx, "99-test", course.Yours) }()
	for s.Status().Phase != Starting {
		<-s.Changed()
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if st := s.Status(); st.Phase != Stopped || st.Problem != "" {
		t.Errorf("status %+v", st)
	}
}

// A newer Start, or Stop, does not wait for one that hangs.
func TestNewerStartWins(t *testing.T) {
	s := begin(t, clone(t, map[string]string{
		"steps/99-test/exercise/main.go": "package main\n\nimport \"time\"\n\nfunc main() { time.Sleep(time.Hour) }\n",
	}))
	first := make(chan error, 1)
	go func() { first <- s.Start(t.Context(), "99-test", course.Yours) }()
	for s.Status().Phase != Starting {
		<-s.Changed()
	}
	if err := s.Start(t.Context(), "99-test", course.Reference); err != nil {
		t.Fatal(err)
	}
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("the first gave %v", err)
	}
	if st := s.Status(); st.Phase != Running || st.Server != course.Reference {
		t.Errorf("status %+v", st)
	}
}

// What an exchange gives to the server's folder is there.
func TestFiles(t *testing.T) {
	s := begin(t, clone(t, map[string]string{
		"steps/99-test/exchanges/extra.txtar": "title: a file\nwhy: To see.\n-- file extra --\nmore\n-- request --\nGET /extra HTTP/1.0\n\n",
	}))
	if err := s.Start(t.Context(), "99-test", course.Reference); err != nil {
		t.Fatal(err)
	}
	for target, want := range map[string]string{"/extra": "reference more\n", "/page": "reference the page"} {
		if got := answer(t, s, get(t, target)); !strings.HasSuffix(got, want) {
			t.Errorf("%s: got %q", target, got)
		}
	}
}

func TestPythonsServer(t *testing.T) {
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("there is no Python here, whose server this starts")
	}
	s := begin(t, clone(t, map[string]string{"steps/04-static/www/page": "the page"}))
	if err := s.Start(t.Context(), "04-static", course.Notes); err != nil {
		t.Fatal(err)
	}
	if got := answer(t, s, get(t, "/page")); !strings.Contains(got, "Server: SimpleHTTP/") || !strings.HasSuffix(got, "the page") {
		t.Errorf("got %q", got)
	}
}
