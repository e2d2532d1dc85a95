package socketserver

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

func TestRequest(t *testing.T) {
	seen := make(chan *Request, 1)
	s := start(t, &TCPServer{Handler: BaseRequestHandler(
		func(r *Request) error { seen <- r; return nil })})
	c := dial(t, s)
	r := <-seen
	if r.ClientAddress != c.LocalAddr().String() {
		t.Errorf("client address %s, want %s", r.ClientAddress, c.LocalAddr())
	}
	if r.Server != s || r.Conn.RemoteAddr().String() != r.ClientAddress {
		t.Error("the request is of another server, or another client")
	}
}

func TestStreamRequestHandler(t *testing.T) {
	upper := func(r *Request, rfile *bufio.Reader, wfile *bufio.Writer) error {
		for {
			line, err := rfile.ReadString('\n')
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return err
			}
			if line == "fail\n" {
				return errors.New("as you like")
			}
			wfile.WriteString(strings.ToUpper(line))
		}
	}
	failed := make(chan error, 10)
	s := start(t, &TCPServer{
		Handler:     StreamRequestHandler(upper),
		HandleError: func(_ *Request, err error) { failed <- err },
	})
	for _, c := range []struct {
		name, say, want string
		fails           bool
	}{
		{"lines", "one\ntwo\n", "ONE\nTWO\n", false},
		{"nothing", "", "", false},
		{"more than a buffer", strings.Repeat("x", 9999) + "\n",
			strings.Repeat("X", 9999) + "\n", false},
		{"what was written before an error", "one\nfail\n", "ONE\n", true},
		{"nothing of the last client", "three\n", "THREE\n", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			conn := dial(t, s)
			io.WriteString(conn, c.say)
			conn.CloseWrite()
			if got, err := io.ReadAll(conn); string(got) != c.want || err != nil {
				t.Errorf("got %q, %v; want %q", got, err, c.want)
			}
			if len(failed) > 0 != c.fails {
				t.Errorf("%d errors, want one: %v", len(failed), c.fails)
			}
			for len(failed) > 0 {
				<-failed
			}
		})
	}
}

// A panic ends a conversation, and the server lives on.
func TestPanic(t *testing.T) {
	failed := make(chan error, 1)
	s := start(t, &TCPServer{
		Handler: StreamRequestHandler(func(
			_ *Request, rfile *bufio.Reader, _ *bufio.Writer) error {
			line, _ := rfile.ReadString('\n')
			_ = strings.Split(line, " ")[1] // the notes' mistake
			return nil
		}),
		HandleError: func(_ *Request, err error) { failed <- err },
	})
	for range 3 {
		c := dial(t, s)
		io.WriteString(c, "HELLO\n")
		if got, err := io.ReadAll(c); len(got) != 0 || err != nil {
			t.Errorf("the client got %q, %v; want the end", got, err)
		}
		err := <-failed
		for _, part := range []string{"index out of range", "handler_test.go"} {
			if err == nil || !strings.Contains(err.Error(), part) {
				t.Errorf("error without %q: %v", part, err)
			}
		}
	}
}

// A client that sends more than anyone reads gets its answer nevertheless. A
// plain close would answer the rest with a reset.
func TestHangUpKeepsTheAnswer(t *testing.T) {
	answer := bytes.Repeat([]byte("answer "), 1000)
	s := start(t, &TCPServer{Threading: true, Handler: BaseRequestHandler(
		func(r *Request) error {
			if _, err := r.Conn.Read(make([]byte, 10)); err != nil {
				return err
			}
			_, err := r.Conn.Write(answer)
			return err
		})})
	for range 20 {
		c := dial(t, s)
		if _, err := c.Write(make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(c)
		if err != nil || !bytes.Equal(got, answer) {
			t.Fatalf("%d bytes, %v; want %d", len(got), err, len(answer))
		}
		for range 20 { // a reset would make one of these fail
			if _, err := c.Write([]byte("more")); err != nil {
				t.Fatalf("after the answer: %v", err)
			}
			time.Sleep(100 * time.Microsecond)
		}
		c.Close()
	}
}

// A client that never ends its side is not listened to for ever.
func TestHangUpEnds(t *testing.T) {
	s := start(t, &TCPServer{Handler: BaseRequestHandler(
		func(r *Request) error { return nil })})
	c := dial(t, s)
	if _, err := io.ReadAll(c); err != nil {
		t.Fatal(err)
	}
	// Our side stays open; the server is gone when writing fails.
	for {
		if _, err := c.Write([]byte("still here")); err != nil {
			var timed net.Error
			if errors.As(err, &timed) && timed.Timeout() {
				t.Error("the server still listens")
			}
			return
		}
	}
}
