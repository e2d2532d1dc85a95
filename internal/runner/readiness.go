package runner

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"syscall"
	"time"
)

// The first polls are close together, because a compiled server listens within
// a few milliseconds; a slow one is not worth the processor's time.
const (
	pollFast  = 2 * time.Millisecond
	pollSlow  = 10 * time.Millisecond
	fastPolls = 50
)

// A readiness tells whether a process listens on the port that it was given. It
// never connects: see the package comment.
type readiness interface {
	ready() bool
	instead() string // what it listens on instead, where that can be known
	close()
}

// awaitListening returns nil once the server listens, and otherwise why not.
func (p *Process) awaitListening(ctx context.Context, limit time.Duration) error {
	server := newReadiness(p)
	defer server.close()
	deadline := time.NewTimer(limit)
	defer deadline.Stop()
	for polls := 0; !server.ready(); polls++ {
		wait := pollFast
		if polls >= fastPolls {
			wait = pollSlow
		}
		select {
		case <-p.done:
			return p.endedEarly()
		case <-ctx.Done():
			return fmt.Errorf("runner: start: %s: %w", p.name, ctx.Err())
		case <-deadline.C:
			return p.neverListened(limit, server.instead())
		case <-time.After(wait):
		}
	}
	return nil
}

// A logReadiness is for systems that do not tell who listens: it waits for the
// line that every server of the workbook prints. A program of another kind need
// not print it, so after bindAfter, and then every bindEvery, it looks whether
// the port is taken.
type logReadiness struct {
	p        *Process
	nextBind time.Time
}

var logLine = []byte("listening on http://")

const (
	bindAfter = 300 * time.Millisecond
	bindEvery = 50 * time.Millisecond
)

func newLogReadiness(p *Process) *logReadiness {
	return &logReadiness{p: p, nextBind: time.Now().Add(bindAfter)}
}

func (l *logReadiness) ready() bool {
	if text, _ := l.p.log.last(); bytes.Contains(text, logLine) {
		return true
	}
	if time.Now().Before(l.nextBind) {
		return false
	}
	l.nextBind = time.Now().Add(bindEvery)
	return taken(l.p.addr)
}

func (l *logReadiness) instead() string { return "" }

func (l *logReadiness) close() {}

// wsaeAddrInUse is what Windows says instead of EADDRINUSE.
const wsaeAddrInUse = syscall.Errno(10048)

// taken reports whether somebody listens on addr, by trying to bind it. That
// is no connection: no bytes and no handshake reach a server. It does hold the
// port for a moment, in which the server's own bind would fail: then the
// server ends with "address already in use" and Start tries another port.
func taken(addr string) bool {
	_, port, _ := net.SplitHostPort(addr)
	// Where addresses may be shared (macOS, Windows), 127.0.0.1 can be bound
	// beside a server on all addresses, and the other way round: so both.
	for _, host := range []string{"127.0.0.1", ""} {
		l, err := net.Listen("tcp4", net.JoinHostPort(host, port))
		if errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, wsaeAddrInUse) {
			return true
		}
		if err == nil {
			l.Close()
		}
	}
	return false
}
