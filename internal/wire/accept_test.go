package wire

import (
	"strings"
	"testing"
)

// A server that does not accept is seen not to, and when it does at last; one
// that accepts at once has no such events.
func TestAcceptIsSeen(t *testing.T) {
	r := newHarness(t)
	client := r.client(t)
	send(t, client, "GE")
	r.until(t, "connected", isKind(Connected))
	r.tap.mu.Lock()
	relay := r.tap.open[1]
	r.tap.mu.Unlock()
	if _, known := accepted(relay.server.Load()); !known {
		t.Skip("the kernel does not tell here whether a server has accepted")
	}
	r.until(t, "queued", isKind(Queued))
	if s := r.conns[1].State(0); s != "connected, the server has not accepted" {
		t.Errorf("state %q", s)
	}
	server, err := r.backend.AcceptTCP()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	r.until(t, "accepted", isKind(Accepted))
	if s := r.conns[1].State(0); !strings.HasPrefix(s, "waiting for the rest of the request") {
		t.Errorf("state %q", s)
	}
	send(t, server, "x")
	r.until(t, "answer", isKind(Arrived))
	if got := axis(r.conns[1]); got != "→ 0–2, waits for accept to client, accepted to client, ← 0–1" {
		t.Error(got)
	}
}

// A server has accepted before it answers, however seldom the kernel is asked;
// what waits and is reset was never accepted.
func TestAcceptBeforeTheAnswer(t *testing.T) {
	for _, answers := range []bool{true, false} {
		r := newHarness(t)
		client := r.client(t)
		send(t, client, "GE")
		r.until(t, "connected", isKind(Connected))
		r.tap.mu.Lock()
		relay := r.tap.open[1]
		r.tap.mu.Unlock()
		if _, known := accepted(relay.server.Load()); !known {
			t.Skip("the kernel does not tell here whether a server has accepted")
		}
		r.until(t, "queued", isKind(Queued))
		due := "→ 0–2, waits for accept to client, accepted to client, ← 0–3"
		if answers {
			server, err := r.backend.AcceptTCP()
			if err != nil {
				t.Fatal(err)
			}
			defer server.Close()
			send(t, server, "Yes")
			r.until(t, "answer", isKind(Arrived))
		} else {
			r.backend.Close()
			r.until(t, "done", isKind(Done))
			due = "→ 0–2, waits for accept to client, reset to client"
		}
		if got := axis(r.conns[1]); got != due {
			t.Errorf("%s, due %s", got, due)
		}
	}
}
