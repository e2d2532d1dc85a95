package socketserver

import (
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// timeout bounds every wait of these tests. None of them should need it.
const timeout = 10 * time.Second

// logged is what the package has logged since the last take.
var logged lockedBuilder

func TestMain(m *testing.M) {
	log.SetFlags(0)
	log.SetOutput(&logged)
	os.Exit(m.Run())
}

type lockedBuilder struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *lockedBuilder) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuilder) take() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	defer l.b.Reset()
	return l.b.String()
}

// echo sends back what it receives, until the client ends.
var echo = BaseRequestHandler(func(r *Request) error {
	_, err := io.Copy(r.Conn, r.Conn)
	return err
})

// start serves until the test ends, and then checks that serving ended well and
// that nothing was logged but what the test has taken.
func start(t *testing.T, s *TCPServer) *TCPServer {
	t.Helper()
	if s.Listener == nil {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		s.Listener = l
	}
	done := make(chan error, 1)
	go func() { done <- s.ServeForever() }()
	t.Cleanup(func() {
		s.Close()
		select {
		case err := <-done:
			if err != nil {
				t.Errorf("ServeForever: %v", err)
			}
		case <-time.After(timeout):
			t.Error("ServeForever goes on after Close")
		}
		if text := logged.take(); text != "" {
			t.Errorf("logged %q", text)
		}
	})
	return s
}

func dial(t *testing.T, s *TCPServer) *net.TCPConn {
	t.Helper()
	c, err := net.Dial("tcp", s.ServerAddress())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	c.SetDeadline(time.Now().Add(timeout))
	return c.(*net.TCPConn)
}

// echoed sends a word and reads it back.
func echoed(c net.Conn, word string) error {
	if _, err := io.WriteString(c, word); err != nil {
		return err
	}
	got := make([]byte, len(word))
	if _, err := io.ReadFull(c, got); err != nil || string(got) != word {
		return fmt.Errorf("got %q, %w", got, err)
	}
	return nil
}

// quiet tells whether nothing comes for a moment.
func quiet(c net.Conn) bool {
	c.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
	defer c.SetReadDeadline(time.Now().Add(timeout))
	_, err := c.Read(make([]byte, 1))
	return errors.Is(err, os.ErrDeadlineExceeded)
}

func TestNewTCPServer(t *testing.T) {
	plain, err := NewTCPServer("localhost:0", echo)
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	if plain.Threading || strings.HasSuffix(plain.ServerAddress(), ":0") {
		t.Errorf("threading %v at %s", plain.Threading, plain.ServerAddress())
	}
	_, err = NewTCPServer(plain.ServerAddress(), echo)
	want := "socketserver: listen tcp " + plain.ServerAddress()
	var op *net.OpError
	if !errors.As(err, &op) || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("a second server: %v, want %s…", err, want)
	}
}

// The first client is silent. A plain server makes the second wait until the
// first has left; a threading one does not.
func TestThreading(t *testing.T) {
	for _, threading := range []bool{false, true} {
		s := start(t, &TCPServer{Handler: echo, Threading: threading})
		first, second := dial(t, s), dial(t, s)
		if err := echoed(first, "one"); err != nil {
			t.Fatal(err) // from here on the server is with the first
		}
		if _, err := io.WriteString(second, "two"); err != nil {
			t.Fatal(err)
		}
		if !threading {
			if !quiet(second) {
				t.Error("a plain server serves two at once")
			}
			first.Close()
		}
		got := make([]byte, 3)
		if _, err := io.ReadFull(second, got); err != nil || string(got) != "two" {
			t.Errorf("threading %v: second client: %q, %v", threading, got, err)
		}
	}
}

// At the limit a client waits in the queue until a connection ends.
func TestMaxConns(t *testing.T) {
	s := start(t, &TCPServer{Handler: echo, Threading: true, MaxConns: 2})
	one, two, three := dial(t, s), dial(t, s), dial(t, s)
	for _, c := range []net.Conn{one, two} {
		if err := echoed(c, "in"); err != nil {
			t.Fatal(err)
		}
	}
	if io.WriteString(three, "!"); !quiet(three) {
		t.Error("three connections are open, of two")
	}
	one.Close()
	if got, err := io.ReadAll(io.LimitReader(three, 1)); string(got) != "!" {
		t.Errorf("when one had left, the third got %q, %v", got, err)
	}
}

// A scripted listener fails and accepts as its script says, without a network,
// and then waits for Close. It notes when it was asked.
type scripted struct {
	script []error // nil accepts a client
	asked  []time.Time
	closed chan struct{}
}

func (l *scripted) Accept() (net.Conn, error) {
	l.asked = append(l.asked, time.Now())
	if len(l.asked) > len(l.script) {
		<-l.closed
		return nil, net.ErrClosed
	}
	if err := l.script[len(l.asked)-1]; err != nil {
		return nil, err
	}
	ours, theirs := net.Pipe()
	theirs.Close()
	return ours, nil
}

func (l *scripted) Close() error   { close(l.closed); return nil }
func (l *scripted) Addr() net.Addr { return new(net.TCPAddr) }

// An accept that fails is made again, after pauses that grow from 5 ms to 1 s
// and begin anew after a success. It gives back its place among MaxConns.
func TestAcceptErrorsPass(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		full := error(&net.OpError{Op: "accept", Err: syscall.EMFILE})
		script := slices.Repeat([]error{full}, 10)
		script = append(script, nil, full)
		l := &scripted{script: script, closed: make(chan struct{})}
		s := &TCPServer{Listener: l, Handler: echo, Threading: true, MaxConns: 1}
		done := make(chan error, 1)
		go func() { done <- s.ServeForever() }()
		time.Sleep(time.Minute)
		s.Close()
		if err := <-done; err != nil {
			t.Error(err)
		}
		var got []time.Duration
		for i := range len(l.asked) - 1 {
			got = append(got, l.asked[i+1].Sub(l.asked[i])/time.Millisecond)
		}
		want := []time.Duration{
			5, 10, 20, 40, 80, 160, 320, 640, 1000, 1000, 0, 5}
		if !slices.Equal(got, want) {
			t.Errorf("pauses of %d ms, want %d", got, want)
		}
		if n := strings.Count(logged.take(), "trying again in"); n != 11 {
			t.Errorf("%d failures logged, want 11", n)
		}
	})
}

// Without a limit of its own a server has a thousand connections at once.
func TestDefaultMaxConns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		leave := make(chan struct{})
		wait := BaseRequestHandler(func(*Request) error { <-leave; return nil })
		l := &scripted{script: make([]error, 1100), closed: make(chan struct{})}
		s := &TCPServer{Listener: l, Handler: wait, Threading: true}
		done := make(chan error, 1)
		go func() { done <- s.ServeForever() }()
		synctest.Wait()
		if n := len(l.asked); n != 1000 {
			t.Errorf("%d connections at once, want 1000", n)
		}
		close(leave)
		synctest.Wait()
		s.Close()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

// A handler that goes on after it has closed its connection has made a mistake,
// which is logged.
func TestHandlerClosesItself(t *testing.T) {
	s := start(t, &TCPServer{Handler: BaseRequestHandler(func(r *Request) error {
		r.Conn.Close()
		_, err := r.Conn.Write([]byte("too late"))
		return err
	})})
	logged.take()
	io.ReadAll(dial(t, s))
	if err := s.Shutdown(t.Context()); err != nil {
		t.Error(err)
	}
	if got := logged.take(); !strings.Contains(got, net.ErrClosed.Error()) {
		t.Errorf("logged %q", got)
	}
}

// When somebody else closes the listener, there is nothing left to serve.
func TestListenerClosedByAnother(t *testing.T) {
	s, err := NewTCPServer("127.0.0.1:0", echo)
	if err != nil {
		t.Fatal(err)
	}
	s.Listener.Close()
	if err := s.ServeForever(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("ServeForever: %v, want %v", err, net.ErrClosed)
	}
}
