package socketserver

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestShutdownWaits(t *testing.T) {
	for _, threading := range []bool{false, true} {
		s := start(t, &TCPServer{Handler: echo, Threading: threading})
		c := dial(t, s)
		if err := echoed(c, "hello"); err != nil {
			t.Fatal(err)
		}

		soon, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
		defer cancel()
		err := s.Shutdown(soon)
		if !errors.Is(err, context.DeadlineExceeded) ||
			!strings.Contains(err.Error(), "connections still open: 1:") {
			t.Errorf("Shutdown while a client is served: %v", err)
		}
		if _, err := net.Dial("tcp", s.ServerAddress()); err == nil {
			t.Error("the listener is open after Shutdown")
		}
		if err := echoed(c, "still served"); err != nil {
			t.Errorf("the client was cut off: %v", err)
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

// ServeForever returns only when the last client has been served.
func TestServeForeverWaits(t *testing.T) {
	s, err := NewTCPServer("127.0.0.1:0", echo)
	if err != nil {
		t.Fatal(err)
	}
	s.Threading = true
	served := make(chan error, 1)
	go func() { served <- s.ServeForever() }()
	c := dial(t, s)
	if err := echoed(c, "hello"); err != nil {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	s.Shutdown(ended)
	if err := echoed(c, "still served"); err != nil {
		t.Error(err)
	}
	select {
	case err := <-served:
		t.Errorf("ServeForever returned %v while a client was served", err)
	case <-time.After(50 * time.Millisecond):
	}
	c.Close()
	if err := <-served; err != nil {
		t.Error(err)
	}
}

// Close cuts clients off. That is no error of theirs: nothing is logged.
func TestCloseCutsOff(t *testing.T) {
	s := start(t, &TCPServer{Handler: echo, Threading: true, MaxConns: 2})
	var all []net.Conn
	for range 2 {
		c := dial(t, s)
		if err := echoed(c, "hello"); err != nil {
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
func TestAcceptedTooLate(t *testing.T) {
	s, err := NewTCPServer("127.0.0.1:0", BaseRequestHandler(
		func(*Request) error { t.Error("handled"); return nil }))
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	ours, theirs := net.Pipe()
	defer theirs.Close()
	slots := make(chan struct{}, 1)
	slots <- struct{}{}
	s.process(ours, slots)
	if _, err := ours.Write([]byte("x")); err == nil || len(slots) > 0 {
		t.Errorf("still open: %v, slots taken: %d", err, len(slots))
	}
}

// A client that sends more than anyone reads gets its response nevertheless. A
// plain close would answer the rest with a reset.
func TestHangUpKeepsTheResponse(t *testing.T) {
	response := bytes.Repeat([]byte("response "), 1000)
	s := start(t, &TCPServer{Threading: true, Handler: BaseRequestHandler(
		func(r *Request) error {
			if _, err := r.Conn.Read(make([]byte, 10)); err != nil {
				return err
			}
			_, err := r.Conn.Write(response)
			return err
		})})
	for range 20 {
		c := dial(t, s)
		if _, err := c.Write(make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(c)
		if err != nil || !bytes.Equal(got, response) {
			t.Fatalf("%d bytes, %v; want %d", len(got), err, len(response))
		}
		for range 20 { // a reset would make one of these fail
			if _, err := c.Write([]byte("more")); err != nil {
				t.Fatalf("after the response: %v", err)
			}
			time.Sleep(100 * time.Microsecond)
		}
		c.Close()
	}
}

// A halfPipe is a net.Pipe that can be half-closed, as TCP can: in name only.
type halfPipe struct{ net.Conn }

func (halfPipe) CloseWrite() error { return nil }

// What a client sends after the response is read for a second, or 4 MiB, and
// no longer.
func TestHangUpEnds(t *testing.T) {
	for _, c := range []struct {
		name  string
		pause time.Duration // between two KiB of the client's
		took  time.Duration
		bytes int
	}{
		{"one that sends nothing", time.Hour, time.Second, 0},
		{"a slow one", 300 * time.Millisecond, time.Second, 3 << 10},
		{"a fast one", 0, 0, 4 << 20},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ours, theirs := net.Pipe()
				sent := make(chan int)
				go func() {
					n := 0
					for {
						time.Sleep(c.pause)
						more, err := theirs.Write(make([]byte, 1<<10))
						n += more
						if err != nil {
							sent <- n
							return
						}
					}
				}()
				start := time.Now()
				hangUp(halfPipe{ours})
				if took := time.Since(start); took != c.took {
					t.Errorf("took %v, want %v", took, c.took)
				}
				if n := <-sent; n != c.bytes {
					t.Errorf("read %d bytes, want %d", n, c.bytes)
				}
			})
		})
	}
}
