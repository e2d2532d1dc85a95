package play

import (
	"context"
	"fmt"

	"example/wirebook/internal/response"
)

// probeRequest asks what every server here answers in some way.
const probeRequest = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

// A ProbeError says why a server does not count as alive.
type ProbeError struct {
	End End   // how the probe's connection ended, before a byte came
	Err error // Refused: why
}

func (e *ProbeError) Error() string {
	if e.End == Refused {
		return fmt.Sprintf("play: probe: no connection: %v", e.Err)
	}
	return "play: probe: no response: " + e.End.String()
}

func (e *ProbeError) Unwrap() error { return e.Err }

// Probe asks on a fresh connection whether the server still answers. Any byte
// will do; why is a *ProbeError where none came. The last error is the
// context's.
func (p *Player) Probe(ctx context.Context) (alive bool, why, err error) {
	alive, why, err = p.playback(nil).probe(ctx)
	if err != nil {
		err = fmt.Errorf("play: probe: %w", err)
	}
	return alive, why, err
}

func (b *playback) probe(ctx context.Context) (alive bool, why, err error) {
	c, err := b.dial(ctx)
	if err != nil {
		return false, nil, err
	}
	defer c.close()
	c.send([]byte(probeRequest), b.timeout)
	// The whole response is read: to close with bytes unread would be a reset,
	// and the next exchange could meet what that does to the server.
	q := c.nextRequest(false)
	n, end, err := c.await(ctx, b.timeout, func(got []byte) int { return response.Len(got, q) })
	switch {
	case err != nil:
		return false, nil, err
	case n == 0:
		return false, &ProbeError{end, c.sendErr}, nil
	}
	return true, nil, nil
}
