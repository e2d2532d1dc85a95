package exchange

import (
	"context"
	"fmt"
	"net"
	"time"
)

// DefaultPatience is how long a Player waits for a silent server.
const DefaultPatience = 5 * time.Second

const (
	cutPause      = 20 * time.Millisecond // between the two parts of a cut request
	quiet         = 50 * time.Millisecond // after an answer: is there more?
	closePatience = 2 * time.Second       // for the close after a complete answer
	maxAnswer     = 16 << 20              // bytes of one answer that are read
)

// A Player plays an exchange against a live server.
type Player struct {
	// Dial opens a connection to the server. It must respect ctx.
	Dial func(ctx context.Context) (net.Conn, error)
	// Patience is how long one response may take; 0 means DefaultPatience.
	Patience time.Duration
	// Cut, when positive, sends the first request in two writes: that many
	// bytes, a short pause, the rest.
	Cut int
	// NoProbe leaves out the closing question whether the server still answers.
	NoProbe bool
}

// A Transcript is what happened when an exchange was played.
type Transcript struct {
	Turns []Turn // one for each Expect or ExpectClose, and one for a rest
	Alive bool   // a fresh connection was still served afterwards
	Probe error  // why not; nil also when it was not asked
	Cut   int    // where the first request was cut, 0 if it was not
}

// A Turn is what was sent on one connection and what came back for it: since
// the turn before on that connection. The turns of a script's Expect and
// ExpectClose actions come first, in order; after them, for each connection
// that has none or that sent something later, a rest.
type Turn struct {
	Conn    int
	Sent    []byte
	SendErr error
	Got     []byte
	End     End
	Took    time.Duration // from the first byte sent, or the waiting, to the end of the answer
	When    time.Time     // the end of the answer
}

// An End says how the reading of an answer ended.
type End int

// The ends of an answer.
const (
	Open     End = iota // the message was complete; no end of the connection was awaited, or seen
	Closed              // the server closed (FIN)
	WasReset            // the server reset (RST)
	Silent              // patience ran out
	Refused             // no connection at all
)

// Play carries out the script. The error is about the exchange or the context;
// whatever the server does is in the transcript.
//
// An answer is read to its end as a lenient client finds it; after a script's
// last answer on a connection Play listens a moment longer, so that bytes too
// many are seen. At most 16 MiB of one answer are read.
func (p *Player) Play(ctx context.Context, x *Exchange) (*Transcript, error) {
	if n := len(x.request()); p.Cut < 0 || p.Cut > 0 && p.Cut >= n {
		return nil, fmt.Errorf("exchange: play %s: no cut after byte %d: the first request has %d", x.ID(), p.Cut, n)
	}
	g := &game{Player: p, x: x, cut: p.Cut, patience: p.Patience, t: &Transcript{Cut: p.Cut}}
	if g.patience <= 0 {
		g.patience = DefaultPatience
	}
	defer g.close()
	for i, a := range x.Script {
		if err := g.act(ctx, i, a); err != nil {
			return nil, fmt.Errorf("exchange: play %s: %w", x.ID(), err)
		}
	}
	err := g.rests(ctx)
	g.close()
	if err == nil && !p.NoProbe {
		err = g.probe(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("exchange: play %s: %w", x.ID(), err)
	}
	return g.t, nil
}

// A game is one playing of an exchange.
type game struct {
	*Player
	x        *Exchange
	t        *Transcript
	links    []*link // in the order of their numbers, from 1
	cut      int     // still to be done
	patience time.Duration
}

// act carries out one action. Its error is the context's.
func (g *game) act(ctx context.Context, i int, a Action) error {
	l, err := g.link(ctx, a.Conn)
	if err != nil {
		return err
	}
	switch a.Kind {
	case Send:
		err = g.send(ctx, l, a.Data)
	case Pause:
		err = sleep(ctx, a.Pause)
	case HalfClose:
		l.halfClose()
	case Reset:
		l.reset()
	case Connect:
		// link has opened it
	case Expect:
		err = g.expect(ctx, l, i)
	case ExpectClose:
		err = g.expectClose(ctx, l)
	}
	return err
}

// link returns connection number n, opening it at its first use. A server that
// cannot be reached is no error: the link is then refused.
func (g *game) link(ctx context.Context, n int) (*link, error) {
	for len(g.links) < n {
		l, err := g.dial(ctx)
		if err != nil {
			return nil, err
		}
		l.number = len(g.links) + 1
		g.links = append(g.links, l)
	}
	return g.links[n-1], nil
}

func (g *game) dial(ctx context.Context) (*link, error) {
	limited, cancel := context.WithTimeout(ctx, g.patience)
	defer cancel()
	conn, err := g.Dial(limited)
	if ctx.Err() != nil {
		if err == nil {
			conn.Close()
		}
		return nil, context.Cause(ctx)
	}
	return newLink(ctx, conn, err), nil
}

// send sends data, the first of an exchange in two parts if it is to be cut.
func (g *game) send(ctx context.Context, l *link, data []byte) error {
	if g.cut > 0 {
		l.send(data[:g.cut], g.patience)
		data, g.cut = data[g.cut:], 0
		if err := sleep(ctx, cutPause); err != nil {
			return err
		}
	}
	l.send(data, g.patience)
	return context.Cause(ctx)
}

// close ends what is still open.
func (g *game) close() {
	for _, l := range g.links {
		l.close()
	}
}

// sleep waits, or returns the context's error.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
