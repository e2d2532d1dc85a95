package session

import (
	"context"
	"errors"
	"net"
	"time"

	"example/wirebook/internal/exchange"
	"example/wirebook/internal/play"
	"example/wirebook/internal/wire"
)

// ErrNoServer is what Send returns when no server was started.
var ErrNoServer = errors.New("session: send: no server runs: start one first")

// Send plays an exchange through the tap; its connections name it as their
// sender. When an earlier exchange ended the server, it is started again first.
// Nothing but the exchange is sent: the transcript has no probe.
func (s *Session) Send(ctx context.Context, x *exchange.Exchange) (*play.Transcript, error) {
	if err := s.revive(ctx); err != nil {
		return nil, err
	}
	p := play.Player{
		NoProbe: true,
		Dial: func(ctx context.Context) (net.Conn, error) {
			return s.Tap.Dial(ctx, wire.Sender{Name: "lesson", Exchange: x.Title})
		},
	}
	t, err := p.Play(ctx, x)
	if err == nil && unanswered(t) {
		s.awaitEnd(ctx)
	}
	return t, err
}

// revive starts the server again if it has ended by itself.
func (s *Session) revive(ctx context.Context) error {
	s.mu.Lock()
	p := s.server
	s.mu.Unlock()
	if p != nil {
		select {
		case <-p.Done():
			<-p.noted
		default:
			return nil
		}
	}
	if s.Status().Phase != Ended {
		return ErrNoServer
	}
	ctx, done := s.begin(ctx)
	defer done()
	s.mu.Lock()
	c, there := s.command, s.server != nil
	s.mu.Unlock()
	if there { // another Send was quicker
		return nil
	}
	return s.launch(ctx, c)
}

// unanswered reports whether a connection ended without one byte: perhaps the
// server has ended too.
func unanswered(t *play.Transcript) bool {
	for _, turn := range t.Turns {
		if len(turn.Got) == 0 && (turn.End == play.Closed || turn.End == play.WasReset) {
			return true
		}
	}
	return false
}

// deathWatch is how long a server may take to print its last words after its
// connections are gone.
const deathWatch = 300 * time.Millisecond

// awaitEnd gives a server that is about to end the time to do so, so that the
// status tells of it when Send returns.
func (s *Session) awaitEnd(ctx context.Context) {
	s.mu.Lock()
	p := s.server
	s.mu.Unlock()
	if p == nil {
		return
	}
	select {
	case <-p.noted:
	case <-time.After(deathWatch):
	case <-ctx.Done():
	}
}
