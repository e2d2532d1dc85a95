// Package play plays an exchange against a live server: it sends what the
// script says, waits for what the script awaits, and returns what was sent and
// what came.
//
// It speaks TCP and is no HTTP client: it adds nothing to what a file says and
// repairs nothing that a server answers. Whether that was right is for package
// judge to say.
package play

import (
	"context"
	"fmt"
	"net"
	"time"

	"example/wirebook/internal/exchange"
)

// DefaultTimeout is how long a Player waits for a silent server.
const DefaultTimeout = 5 * time.Second

const (
	cutPause     = 20 * time.Millisecond // between the two parts of a cut request
	quiet        = 50 * time.Millisecond // after a response: is there more?
	closeTimeout = 2 * time.Second       // for the close after a complete response
	maxResponse  = 16 << 20              // bytes of one response that are read
)

// A Player plays exchanges against one server.
type Player struct {
	// Dial opens a connection to the server. It must respect ctx.
	Dial func(ctx context.Context) (net.Conn, error)
	// Timeout is for one response; 0 means DefaultTimeout.
	Timeout time.Duration
	// Cut, when positive, sends the first request in two writes: that many
	// bytes, a short pause, the rest.
	Cut int
	// NoProbe leaves out the closing question whether the server still answers.
	NoProbe bool
}

// Dial is a Player's Dial for a server at a TCP address.
func Dial(addr string) func(ctx context.Context) (net.Conn, error) {
	return func(ctx context.Context) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "tcp", addr)
	}
}

// A Transcript is what happened when an exchange was played.
type Transcript struct {
	Turns []Turn // see Turn for their order
	Alive bool   // a fresh connection was still served afterwards
	Probe error  // why not, a *ProbeError; nil also when it was not asked
	Cut   int    // where the first request was cut, 0 if it was not
}

// A Turn is what was sent on one connection and what came back for it: since
// the turn before on that connection. The turns of a script's Expect and
// ExpectClose actions come first, in order; after them, one for each connection
// that has none or that sent something later.
type Turn struct {
	Conn    int // its number, from 1
	Sent    []byte
	SendErr error
	Got     []byte
	End     End
	Took    time.Duration // from the first byte sent, or the waiting, to the end of the response
	When    time.Time     // the end of the response
}

// An End says how the reading of a response ended.
type End int

// The ends of a response.
const (
	Open     End = iota // the message was complete; no end of the connection was awaited, or seen
	Closed              // the server closed (FIN)
	WasReset            // the server reset (RST)
	Silent              // the time was over
	Refused             // no connection at all
)

// String names an end in a word: "closed", "reset".
func (e End) String() string {
	return [...]string{"open", "closed", "reset", "silent", "refused"}[e]
}

// Play carries out the script. The error is about the exchange or the context;
// whatever the server does is in the transcript.
//
// A response is read to its end as a lenient client finds it; after a script's
// last response on a connection Play listens a moment longer, so that bytes too
// many are seen. At most 16 MiB of one response are read.
func (p *Player) Play(ctx context.Context, x *exchange.Exchange) (*Transcript, error) {
	if n := len(x.Request()); p.Cut < 0 || p.Cut > 0 && p.Cut >= n {
		return nil, fmt.Errorf("play: %s: no cut after byte %d: the first request has %d", x.ID(), p.Cut, n)
	}
	b := p.playback(x)
	defer b.close()
	for i, a := range x.Script {
		if err := b.act(ctx, i, a); err != nil {
			return nil, fmt.Errorf("play: %s: %w", x.ID(), err)
		}
	}
	err := b.finish(ctx)
	b.close()
	if err == nil && !p.NoProbe {
		b.t.Alive, b.t.Probe, err = b.probe(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("play: %s: %w", x.ID(), err)
	}
	return b.t, nil
}

// A playback is the state of one Play call.
type playback struct {
	dialer  func(ctx context.Context) (net.Conn, error)
	timeout time.Duration
	cut     int // bytes before the cut that is still to be made; 0 for none
	x       *exchange.Exchange
	t       *Transcript
	conns   []*conn // in the order of their numbers, from 1
}

func (p *Player) playback(x *exchange.Exchange) *playback {
	b := &playback{dialer: p.Dial, timeout: p.Timeout, cut: p.Cut, x: x, t: &Transcript{Cut: p.Cut}}
	if b.timeout <= 0 {
		b.timeout = DefaultTimeout
	}
	return b
}

// act carries out one action. Its error is the context's.
func (b *playback) act(ctx context.Context, i int, a exchange.Action) error {
	c, err := b.conn(ctx, a.Conn)
	if err != nil {
		return err
	}
	switch a.Kind {
	case exchange.Send:
		return b.send(ctx, c, a.Data)
	case exchange.Pause:
		return sleep(ctx, a.Pause)
	case exchange.HalfClose:
		c.halfClose()
	case exchange.Reset:
		c.reset()
	case exchange.Connect: // b.conn has opened it
	case exchange.Expect:
		return b.expect(ctx, c, i)
	case exchange.ExpectClose:
		return b.expectClose(ctx, c)
	}
	return nil
}

// conn returns connection number n, opening it at its first use. A server that
// cannot be reached is no error: the connection is then refused.
func (b *playback) conn(ctx context.Context, n int) (*conn, error) {
	for len(b.conns) < n {
		c, err := b.dial(ctx)
		if err != nil {
			return nil, err
		}
		c.number = len(b.conns) + 1
		b.conns = append(b.conns, c)
	}
	return b.conns[n-1], nil
}

func (b *playback) dial(ctx context.Context) (*conn, error) {
	limited, cancel := context.WithTimeout(ctx, b.timeout)
	defer cancel()
	c, err := b.dialer(limited)
	if ctx.Err() != nil {
		if err == nil {
			c.Close()
		}
		return nil, context.Cause(ctx)
	}
	return newConn(ctx, c, err), nil
}

// send sends data, the first of an exchange in two parts if it is to be cut.
func (b *playback) send(ctx context.Context, c *conn, data []byte) error {
	if b.cut > 0 {
		c.send(data[:b.cut], b.timeout)
		data, b.cut = data[b.cut:], 0
		if err := sleep(ctx, cutPause); err != nil {
			return err
		}
	}
	c.send(data, b.timeout)
	return context.Cause(ctx)
}

// close ends what is still open.
func (b *playback) close() {
	for _, c := range b.conns {
		c.close()
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
