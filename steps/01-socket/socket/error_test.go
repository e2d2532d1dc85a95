package socket

import (
	"errors"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestErrorTexts(t *testing.T) {
	l := listening(t)
	here := l.GetSockName()
	nobody := listening(t)
	gone := nobody.GetSockName()
	nobody.Close()
	conn, peer := accepted(t)
	conn.SetTimeout(time.Millisecond)
	_, timedOut := conn.Recv(1)
	peer.SetLinger(0)
	peer.Close()
	conn.SetTimeout(timeout)
	_, wasReset := conn.Recv(1)

	client := peer.LocalAddr().String()
	for _, c := range []struct {
		name string
		err  error
		text string // after "socket: "
		is   error
	}{
		{"in use", fresh(t).Bind(here),
			"bind " + here + ": address already in use", syscall.EADDRINUSE},
		{"nobody there", fresh(t).Connect(gone),
			"connect " + gone + ": connection refused", syscall.ECONNREFUSED},
		{"no port", fresh(t).Bind("localhost"),
			"bind localhost: missing port in address", nil},
		{"bad port", fresh(t).Bind("localhost:seventy"),
			"bind localhost:seventy: ", nil},
		{"IPv6", fresh(t).Bind("[::1]:0"),
			"bind [::1]:0: no suitable address", nil},
		{"closed", closed(t).Bind("localhost:0"),
			"bind localhost:0: use of closed network connection", net.ErrClosed},
		{"timeout", timedOut,
			"recv " + client + ": i/o timeout", os.ErrDeadlineExceeded},
		{"reset", wasReset,
			"recv " + client + ": connection reset by peer", syscall.ECONNRESET},
		{"negative", second(conn.Recv(-1)),
			"recv " + client + ": invalid argument", syscall.EINVAL},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := "socket: " + c.text
			if c.err == nil || !strings.HasPrefix(c.err.Error(), text) {
				t.Errorf("error %v, want %s", c.err, text)
			}
			if c.is != nil && !errors.Is(c.err, c.is) {
				t.Errorf("%v is not %v", c.err, c.is)
			}
			var e *Error
			if !errors.As(c.err, &e) {
				t.Errorf("%T, want *Error", c.err)
			}
		})
	}
}

func second[T any](_ T, err error) error { return err }

func closed(t *testing.T) *Socket {
	s := fresh(t)
	s.Close()
	return s
}

func TestNewRefuses(t *testing.T) {
	if s, err := New(AF_INET, syscall.SOCK_DGRAM); err == nil {
		s.Close()
		t.Error("New made a datagram socket")
	}
	if s, err := New(-1, SOCK_STREAM); err == nil {
		s.Close()
		t.Error("New made a socket of no family")
	}
}
