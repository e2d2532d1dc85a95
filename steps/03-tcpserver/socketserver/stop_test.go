package socketserver

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

func TestShutdownWaits(t *testing.T) {
	for _, threading := range []bool{false, true} {
		s := start(t, &TCPServer{Handler: echo, Threading: threading})
		c := dial(t, s)
		if err := talk(c, "hello"); err != nil {
			t.Fatal(err)
		}

		soon, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
		defer cancel()
		err := s.Shutdown(soon)
		if !errors.Is(err, context.DeadlineExceeded) ||
			!strings.Contains(err.Error(), "still in conversation: 1:") {
			t.Errorf("Shutdown during a conversation: %v", err)
		}
		if _, err := net.Dial("tcp", s.ServerAddress()); err == nil {
			t.Error("the door is open after Shutdown")
		}
		if err := talk(c, "and on we talk"); err != nil {
			t.Errorf("the conversation was cut off: %v", err)
		}

		done := make(chan error, 1)
		go func() { done <- s.Shutdown(t.Context()) }()
		c.CloseWrite()
		if rest, err := io.ReadAll(c); len(rest) != 0 || err != nil {
			t.Errorf("at the end %q, %v", rest, err)
		}
		c.Close()
		if err := <-done; err != nil {
			t.Errorf("Shutdown: %v", err)
		}
	}
}

func TestCloseCutsOff(t *testing.T) {
	s := start(t, &TCPServer{
		Handler: echo, Threading: true, MaxConns: 2,
	}) // that we cut them off is no error of theirs: none is reported
	var all []net.Conn
	for range 2 {
		c := dial(t, s)
		if err := talk(c, "hello"); err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	err := errors.Join(s.Close(), s.Close(), s.Shutdown(t.Context()))
	if err != nil {
		t.Error(err)
	}
	for _, c := range all {
		if _, err := c.Read(make([]byte, 1)); err == nil {
			t.Error("a connection is open after Close")
		}
	}
}

func TestStoppedBeforeItServes(t *testing.T) {
	s, err := NewTCPServer("127.0.0.1:0", echo)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Shutdown(t.Context()); err != nil {
		t.Error(err)
	}
	if err := s.ServeForever(); err != nil {
		t.Errorf("ServeForever of a server that was stopped: %v", err)
	}
}

// A connection that was accepted while the server stopped is closed, and not
// handled.
func TestTooLate(t *testing.T) {
	s, err := NewTCPServer("127.0.0.1:0", BaseRequestHandler(
		func(*Request) error { t.Error("handled"); return nil }))
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	ours, theirs := net.Pipe()
	defer theirs.Close()
	left := false
	s.process(ours, func() { left = true })
	if _, err := ours.Write([]byte("x")); err == nil || !left {
		t.Errorf("still open: %v, left: %v", err, left)
	}
}
