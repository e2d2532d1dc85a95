package main

import (
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// answerer says reply to one client and hands over what it was asked.
func answerer(t *testing.T, reply string) (addr string, asked <-chan string) {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	c := make(chan string, 1)
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		conn.SetDeadline(time.Now().Add(10 * time.Second))
		b, _ := io.ReadAll(conn)
		c <- string(b)
		io.WriteString(conn, reply)
	}()
	return l.Addr().String(), c
}

func TestAsk(t *testing.T) {
	for _, want := range []string{"Yes", "", strings.Repeat("Yes", 5000)} {
		addr, asked := answerer(t, want)
		got, err := ask(addr)
		if err != nil || string(got) != want {
			t.Errorf("ask = %.20q, %v; want %.20q", got, err, want)
		}
		if q := <-asked; q != question {
			t.Errorf("the server was asked %q", q)
		}
	}
}

func TestAskEndless(t *testing.T) {
	addr, _ := answerer(t, strings.Repeat("x", maxReply+1))
	got, err := ask(addr)
	if err == nil || len(got) < maxReply {
		t.Errorf("ask = %d bytes, %v; want an error after %d", len(got), err, maxReply)
	}
}

func TestAdvice(t *testing.T) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := l.Addr().String()
	l.Close()
	_, refused := ask(nobody)
	for _, c := range []struct {
		err  error
		want string
	}{
		{refused, "no server listens there"},
		{os.ErrDeadlineExceeded, "silent"},
		{syscall.ECONNRESET, "unread"},
		{errors.New("another"), "-help"},
	} {
		if got := advice(c.err); !strings.Contains(got, c.want) {
			t.Errorf("advice to %v: %q, want %q", c.err, got, c.want)
		}
	}
}
