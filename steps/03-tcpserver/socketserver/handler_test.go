package socketserver

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"testing"
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
	s := start(t, &TCPServer{Handler: StreamRequestHandler(upper)})
	for _, c := range []struct {
		name, send, want string
		logs             string // after the client's address
	}{
		{"lines", "one\ntwo\n", "ONE\nTWO\n", ""},
		{"nothing", "", "", ""},
		{"more than a buffer", strings.Repeat("x", 9999) + "\n",
			strings.Repeat("X", 9999) + "\n", ""},
		{"what was written before an error", "one\nfail\n", "ONE\n",
			": as you like\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			conn := dial(t, s)
			io.WriteString(conn, c.send)
			conn.CloseWrite()
			if got, err := io.ReadAll(conn); string(got) != c.want || err != nil {
				t.Errorf("got %q, %v; want %q", got, err, c.want)
			}
			want := c.logs
			if want != "" {
				want = conn.LocalAddr().String() + want
			}
			if got := logged.take(); got != want {
				t.Errorf("logged %q, want %q", got, want)
			}
		})
	}
}

// A panic ends a connection, and the server lives on.
func TestPanic(t *testing.T) {
	s := start(t, &TCPServer{Handler: StreamRequestHandler(func(
		_ *Request, rfile *bufio.Reader, _ *bufio.Writer) error {
		line, _ := rfile.ReadString('\n')
		_ = strings.Split(line, " ")[1] // the notes' mistake
		return nil
	})})
	for range 3 {
		c := dial(t, s)
		io.WriteString(c, "HELLO\n")
		if got, err := io.ReadAll(c); len(got) != 0 || err != nil {
			t.Errorf("the client got %q, %v; want the end", got, err)
		}
		got := logged.take()
		for _, want := range []string{c.LocalAddr().String(),
			"index out of range", "handler_test.go"} {
			if !strings.Contains(got, want) {
				t.Errorf("logged %q, without %q", got, want)
			}
		}
	}
}
