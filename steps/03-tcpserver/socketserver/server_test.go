package socketserver

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// patience bounds every wait of these tests. None of them should need it.
const patience = 10 * time.Second

// echo says back what it is told, until the client ends.
var echo = BaseRequestHandler(func(r *Request) error {
	_, err := io.Copy(r.Conn, r.Conn)
	return err
})

// start serves until the test ends, and then checks that serving ended well.
func start(t *testing.T, s *TCPServer) *TCPServer {
	t.Helper()
	if s.Listener == nil {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		s.Listener = l
	}
	if s.HandleError == nil {
		s.HandleError = func(_ *Request, err error) { t.Error(err) }
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
		case <-time.After(patience):
			t.Error("ServeForever goes on after Close")
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
	c.SetDeadline(time.Now().Add(patience))
	return c.(*net.TCPConn)
}

// talk says a word and reads as many bytes back.
func talk(c net.Conn, word string) error {
	if _, err := io.WriteString(c, word); err != nil {
		return err
	}
	got := make([]byte, len(word))
	if _, err := io.ReadFull(c, got); err != nil || string(got) != word {
		return fmt.Errorf("got %q, %w", got, err)
	}
	return nil
}

// quiet says whether nothing comes for a moment.
func quiet(c net.Conn) bool {
	c.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
	defer c.SetReadDeadline(time.Now().Add(patience))
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
	_, err = NewThreadingTCPServer(plain.ServerAddress(), echo)
	if !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("a second server at %s: %v", plain.ServerAddress(), err)
	}
	if want := "socketserver: listen tcp " + plain.ServerAddress(); err == nil ||
		!strings.HasPrefix(err.Error(), want) {
		t.Errorf("error %v, want %s…", err, want)
	}
	threading, err := NewThreadingTCPServer("localhost:0", echo)
	if err != nil {
		t.Fatal(err)
	}
	defer threading.Close()
	if !threading.Threading {
		t.Error("not threading")
	}
}

// The first client is silent. A plain server makes the second wait until the
// first has left; a threading one does not.
func TestOneAtATimeAndAllAtOnce(t *testing.T) {
	for _, threading := range []bool{false, true} {
		s := start(t, &TCPServer{Handler: echo, Threading: threading})
		first, second := dial(t, s), dial(t, s)
		if err := talk(first, "one"); err != nil {
			t.Fatal(err) // from here on the server is with the first
		}
		if _, err := io.WriteString(second, "two"); err != nil {
			t.Fatal(err)
		}
		if !threading && !quiet(second) {
			t.Error("a plain server talks with two at once")
		}
		if !threading {
			first.Close()
		}
		got := make([]byte, 3)
		if _, err := io.ReadFull(second, got); err != nil || string(got) != "two" {
			t.Errorf("threading %v: second client: %q, %v", threading, got, err)
		}
	}
}

func TestMaxConns(t *testing.T) {
	s := start(t, &TCPServer{Handler: echo, Threading: true, MaxConns: 2})
	one, two, three := dial(t, s), dial(t, s), dial(t, s)
	for _, c := range []net.Conn{one, two} {
		if err := talk(c, "in"); err != nil {
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

func TestTimeout(t *testing.T) {
	errs := make(chan error, 1)
	s := start(t, &TCPServer{
		Handler:     echo,
		Timeout:     30 * time.Millisecond,
		HandleError: func(_ *Request, err error) { errs <- err },
	})
	c := dial(t, s)
	if _, err := io.ReadAll(c); err != nil {
		t.Errorf("a silent client sees %v, want the end", err)
	}
	var timed net.Error
	if err := <-errs; !errors.As(err, &timed) || !timed.Timeout() {
		t.Errorf("the handler failed with %v, want a timeout", err)
	}
}

func TestHandleRequest(t *testing.T) {
	s, err := NewTCPServer("127.0.0.1:0", echo)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	done := make(chan error, 1)
	go func() { done <- s.HandleRequest() }()
	c := dial(t, s)
	if err := talk(c, "hello"); err != nil {
		t.Fatal(err)
	}
	c.Close()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	second := dial(t, s) // the system accepts it, the server does not
	if io.WriteString(second, "x"); !quiet(second) {
		t.Error("HandleRequest handled two")
	}
	s.Close()
	if err := s.HandleRequest(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("HandleRequest of a closed server: %v", err)
	}
}

// flaky is a door that jams a few times.
type flaky struct {
	net.Listener
	jams int
}

func (f *flaky) Accept() (net.Conn, error) {
	if f.jams > 0 {
		f.jams--
		return nil, &net.OpError{Op: "accept", Err: syscall.EMFILE}
	}
	return f.Listener.Accept()
}

func TestAcceptErrorsPass(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := start(t, &TCPServer{
		Listener: &flaky{l, 3}, Handler: echo, Threading: true, MaxConns: 1,
	})
	if err := talk(dial(t, s), "hello"); err != nil {
		t.Error(err)
	}
}

// When someone else closes the door, there is nothing left to serve.
func TestDoorClosedByAnother(t *testing.T) {
	s, err := NewTCPServer("127.0.0.1:0", echo)
	if err != nil {
		t.Fatal(err)
	}
	s.Listener.Close()
	if err := s.ServeForever(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("ServeForever: %v, want %v", err, net.ErrClosed)
	}
}
