package exchange

import (
	"context"
	"fmt"
)

// probeRequest asks what every server here answers in some way.
const probeRequest = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

// A probeError says why a server does not count as alive.
type probeError struct {
	end End
	err error // of dialling
}

func (e *probeError) Error() string {
	if e.end == Refused {
		return fmt.Sprintf("exchange: probe: no connection: %v", e.err)
	}
	return "exchange: probe: no answer: " + e.end.String()
}

func (e *probeError) Unwrap() error { return e.err }

// probe asks on a fresh connection whether the server still answers. Any byte
// will do.
func (g *game) probe(ctx context.Context) error {
	l, err := g.dial(ctx)
	if err != nil {
		return err
	}
	defer l.close()
	l.send([]byte(probeRequest), g.patience)
	// The whole answer is read: to close with bytes unread would be a reset, and
	// the next exchange could meet what that does to the server.
	q := l.asked(false)
	n, end, err := l.await(ctx, g.patience, func(got []byte) int { return answerLen(got, q) })
	if err != nil {
		return err
	}
	g.t.Alive = n > 0
	if !g.t.Alive {
		g.t.Probe = &probeError{end, l.sendErr}
	}
	return nil
}

// String names an end in a word or two: "closed", "reset".
func (e End) String() string {
	switch e {
	case Open:
		return "open"
	case Closed:
		return "closed"
	case WasReset:
		return "reset"
	case Silent:
		return "silent"
	}
	return "refused"
}
