package wire

import (
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"syscall"
	"time"

	"example/wirebook/internal/wire/message"
)

// A Recording is what passed on connections that were not made through a tap,
// seen from the client. Its zero value is ready to use; its methods may be
// called from several goroutines at once.
type Recording struct {
	mu     sync.Mutex
	began  time.Time
	conns  int
	events []Event
}

// Dialer is a function that dials with another one and records what passes on
// the connections that it makes. Their Opened events name who.
func (r *Recording) Dialer(dial func(context.Context) (net.Conn, error), who Sender) func(context.Context) (net.Conn, error) {
	return func(ctx context.Context) (net.Conn, error) {
		r.mu.Lock()
		if r.began.IsZero() {
			r.began = time.Now()
		}
		r.conns++
		c := &recorded{recording: r, number: r.conns}
		r.mu.Unlock()
		c.note(Event{Kind: Opened, Sender: who})
		conn, err := dial(ctx)
		if err != nil {
			c.note(Event{Kind: Refused})
			return nil, err
		}
		c.Conn = conn
		c.note(Event{Kind: Connected, Client: conn.LocalAddr().String()})
		return c, nil
	}
}

// Events are those recorded so far, in the order in which they came.
func (r *Recording) Events() []Event {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]Event(nil), r.events...)
}

// recorded is a connection that is recorded.
type recorded struct {
	net.Conn
	recording *Recording
	number    int

	mu     sync.Mutex
	kept   [2]int  // bytes, by direction
	ended  [2]bool // by direction
	resets bool    // closing it is a reset
	done   bool
}

// note adds an event and returns its place.
func (c *recorded) note(e Event) (at int) {
	r := c.recording
	r.mu.Lock()
	defer r.mu.Unlock()
	e.Conn, e.At = c.number, time.Since(r.began)
	r.events = append(r.events, e)
	return len(r.events) - 1
}

// arrived notes bytes, of which at most Cap of each direction are kept, and
// returns the event's place.
func (c *recorded) arrived(dir message.Dir, b []byte) (at int) {
	c.mu.Lock()
	n := min(len(b), Cap-c.kept[dir])
	c.kept[dir] += n
	c.mu.Unlock()
	return c.note(Event{Kind: Arrived, Dir: dir, Data: append([]byte(nil), b[:n]...), Lost: len(b) - n})
}

// end notes the end of a direction, once.
func (c *recorded) end(dir message.Dir, kind Kind) {
	c.mu.Lock()
	ended := c.ended[dir]
	c.ended[dir] = true
	c.mu.Unlock()
	if !ended {
		c.note(Event{Kind: kind, Dir: dir})
	}
}

// Write notes the bytes before it sends them: a response to them that is read at
// the same time must not stand before them.
func (c *recorded) Write(b []byte) (int, error) {
	at := c.arrived(message.ToServer, b)
	n, err := c.Conn.Write(b)
	if n < len(b) {
		c.recording.shorten(at, n)
	}
	return n, err
}

// shorten notes that of an arrival only n bytes could be sent.
func (r *Recording) shorten(at, n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	e := &r.events[at]
	e.Data = e.Data[:min(n, len(e.Data))]
	e.Lost = n - len(e.Data)
}

func (c *recorded) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if n > 0 {
		c.arrived(message.ToClient, b[:n])
	}
	switch {
	case err == io.EOF:
		c.end(message.ToClient, HalfClosed)
	case errors.Is(err, syscall.ECONNRESET):
		c.end(message.ToClient, WasReset)
	}
	return n, err
}

// CloseWrite ends the client's side, where the connection can do that.
func (c *recorded) CloseWrite() error {
	half, ok := c.Conn.(interface{ CloseWrite() error })
	if !ok {
		return errors.ErrUnsupported
	}
	c.end(message.ToServer, HalfClosed)
	return half.CloseWrite()
}

// SetLinger decides how Close ends the connection: 0 makes it a reset.
func (c *recorded) SetLinger(seconds int) error {
	l, ok := c.Conn.(interface{ SetLinger(int) error })
	if !ok {
		return errors.ErrUnsupported
	}
	c.mu.Lock()
	c.resets = seconds == 0
	c.mu.Unlock()
	return l.SetLinger(seconds)
}

func (c *recorded) Close() error {
	c.mu.Lock()
	kind, done := HalfClosed, c.done
	if c.resets {
		kind = WasReset
	}
	c.done = true
	c.mu.Unlock()
	if !done {
		c.end(message.ToServer, kind)
		c.note(Event{Kind: Done})
	}
	return c.Conn.Close()
}
