package wire

import (
	"fmt"
	"runtime"
	"testing"
	"time"
)

func TestBacklog(t *testing.T) {
	r := newRig(t)
	client := r.client(t)
	send(t, client, "eighteen bytes ...")
	r.until(t, "arrival", isKind(Arrived))

	waitFor(t, r.tap, "not accepted", func(b Backlog) bool { return !b.Accepted && b.Unread == 18 })
	if b, _ := r.tap.Backlog(1); b.String() != "your server has not called accept" {
		t.Errorf("before accept: %q", b)
	}
	r.backend.SetDeadline(time.Now().Add(limit))
	server, err := r.backend.AcceptTCP()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	server.SetDeadline(time.Now().Add(limit))
	if b, _ := r.tap.Backlog(1); b.String() != "your server has not read 18 bytes" {
		t.Errorf("before read: %q", b)
	}
	client.CloseWrite()
	r.until(t, "half-close", isKind(HalfClosed))
	receive(t, server, "eighteen bytes ...")
	if b, ok := r.tap.Backlog(1); !ok || b.String() != "" {
		t.Errorf("after read: %q, %v", b, ok)
	}
	if _, ok := r.tap.Backlog(2); ok {
		t.Error("a connection that does not exist has a backlog")
	}
}

// waitFor asks until the forwarded bytes have reached the server's kernel.
func waitFor(t *testing.T, tap *Tap, what string, done func(Backlog) bool) {
	t.Helper()
	end := time.Now().Add(limit)
	for {
		b, ok := tap.Backlog(1)
		if ok && done(b) {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%s: backlog stays %+v, %v", what, b, ok)
		}
		runtime.Gosched()
	}
}

func TestBacklogLine(t *testing.T) {
	const line = "   7: 0100007F:1F90 0100007F:C822 %s 00000000:%s 00:00000000 00000000     0        0 %s 1 0 20 4 0 10 -1"
	for _, test := range []struct {
		name, line string
		want       Backlog
		ok         bool
	}{
		{"not accepted", fmt.Sprintf(line, "01", "00000012", "0"), Backlog{false, 18}, true},
		{"unread", fmt.Sprintf(line, "01", "00000012", "4711"), Backlog{true, 18}, true},
		{"FIN counts as one", fmt.Sprintf(line, "08", "00000001", "4711"), Backlog{true, 0}, true},
		{"short", "7: 0100007F:1F90 0100007F:C822 01", Backlog{}, false},
		{"other ports", "7: 0100007F:1F91 0100007F:C822 01 0:0 0 0 0 0 1", Backlog{}, false},
		{"no number", fmt.Sprintf(line, "01", "x", "1"), Backlog{}, false},
	} {
		b, ok := backlogLine(test.line, 8080, 51234)
		if b != test.want || ok != test.ok {
			t.Errorf("%s: %+v, %v", test.name, b, ok)
		}
	}
}
