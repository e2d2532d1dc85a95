package play

import (
	"context"
	"time"

	"example/wirebook/internal/exchange"
	"example/wirebook/internal/response"
)

// expect reads the response that the script awaits in action i.
func (b *playback) expect(ctx context.Context, c *conn, i int) error {
	a := b.x.Script[i]
	next, more := b.next(i)
	closing := more && next.Kind == exchange.ExpectClose
	var done func(got []byte) int
	if a.Raw {
		done = func(got []byte) int {
			if len(got) < len(a.Response.Pattern) {
				return -1
			}
			return len(a.Response.Pattern)
		}
	} else {
		q := c.nextRequest(a.Response.Interim())
		done = func(got []byte) int { return response.Len(got, q) }
	}
	c.begin()
	n, end, err := c.await(ctx, b.timeout, done)
	if err != nil {
		return err
	}
	if end == Open && !closing && (!more || a.Raw) {
		if n, end, err = c.awaitMore(ctx, n, b.timeout); err != nil {
			return err
		}
	}
	b.turn(c, n, end)
	return nil
}

// expectClose reads until the server closes. A server that has answered in full
// and keeps the connection is not waited for as long as a silent one, and one
// that was silent for the whole time is not waited for again.
func (b *playback) expectClose(ctx context.Context, c *conn) error {
	timeout := b.timeout
	switch {
	case c.silent && c.unreported() == 0:
		timeout = min(timeout, quiet)
	case c.answered && c.unreported() == 0:
		timeout = min(timeout, closeTimeout)
	}
	c.begin()
	n, end, err := c.await(ctx, timeout, func([]byte) int { return -1 })
	if err != nil {
		return err
	}
	b.turn(c, n, end)
	return nil
}

// next returns the next action on the connection of action i that is not a
// pause.
func (b *playback) next(i int) (exchange.Action, bool) {
	for _, a := range b.x.Script[i+1:] {
		if a.Conn == b.x.Script[i].Conn && a.Kind != exchange.Pause {
			return a, true
		}
	}
	return exchange.Action{}, false
}

// finish ends the exchange with a turn for each connection that the script has
// left unfinished. Only a script that awaits nothing at all is waited for here:
// otherwise a silent first client would cost every exchange its timeout.
func (b *playback) finish(ctx context.Context) error {
	awaitsNothing := len(b.t.Turns) == 0
	for _, c := range b.conns {
		if c.turns > 0 && c.unreported() == 0 {
			continue
		}
		n, end := c.now()
		if c.wasReset { // the end is the client's own
			end = Open
		}
		if awaitsNothing && !c.wasReset && (c.halfClosed || c.unreported() > 0) {
			c.begin()
			q := c.nextRequest(false)
			var err error
			n, end, err = c.await(ctx, b.timeout, func(got []byte) int { return response.Len(got, q) })
			if err == nil && end == Open {
				n, end, err = c.awaitMore(ctx, n, b.timeout)
			}
			if err != nil {
				return err
			}
		}
		b.turn(c, n, end)
	}
	return nil
}

// turn ends a turn on c: n bytes have come for it.
func (b *playback) turn(c *conn, n int, end End) {
	t := Turn{Conn: c.number, Sent: c.sent[c.reported:], SendErr: c.sendErr, Got: c.take(n), End: end, When: time.Now()}
	if !c.began.IsZero() {
		t.Took = t.When.Sub(c.began)
	}
	c.reported, c.began = len(c.sent), time.Time{}
	c.turns++
	c.answered, c.silent = end == Open, end == Silent
	b.t.Turns = append(b.t.Turns, t)
}
