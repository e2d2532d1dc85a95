package play

import (
	"context"
	"errors"
	"net"
	"sync"
	"syscall"
	"time"

	"example/wirebook/internal/response"
)

// A conn is one connection of a playback. A goroutine reads it from the first
// moment on, so that a server that answers before it has read cannot make both
// sides wait for each other to read.
type conn struct {
	number int
	socket net.Conn // nil if there is none

	sent       []byte    // everything
	reported   int       // how much of it stands in earlier turns
	began      time.Time // when the turn began
	sendErr    error
	halfClosed bool // the client has ended its side
	wasReset   bool // by the client
	responses  int  // final responses awaited so far
	turns      int
	answered   bool // the last turn ended with a complete response
	silent     bool // the last turn ended because its time was over

	news chan struct{} // something has changed below; holds at most one
	done chan struct{} // the reader has ended
	stop func() bool   // ends the watch on the context

	mu   sync.Mutex
	got  []byte // what no turn has taken yet
	end  End    // Open while there may be more
	full bool   // more than maxResponse came: reading has stopped
}

// newConn begins to read socket. err says why there is none.
func newConn(ctx context.Context, socket net.Conn, err error) *conn {
	c := &conn{socket: socket, news: make(chan struct{}, 1), done: make(chan struct{})}
	if err != nil {
		c.socket, c.sendErr, c.end = nil, err, Refused
		close(c.done)
		return c
	}
	c.stop = context.AfterFunc(ctx, func() { socket.Close() })
	go c.read()
	return c
}

// read keeps what comes until the end of the connection.
func (c *conn) read() {
	defer close(c.done)
	buf := make([]byte, 32<<10)
	for more := true; more; {
		n, err := c.socket.Read(buf)
		c.mu.Lock()
		c.got = append(c.got, buf[:n]...)
		switch {
		case isReset(err):
			c.end = WasReset
		case err != nil:
			c.end = Closed
		case len(c.got) >= maxResponse:
			c.full = true
		}
		more = err == nil && !c.full
		c.mu.Unlock()
		select {
		case c.news <- struct{}{}:
		default:
		}
	}
}

// now returns how much has come and how the connection stands.
func (c *conn) now() (int, End) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.got), c.endLocked()
}

// endLocked is the end as reading and writing met it: a reset that a write has
// met is not reported to a read again, which then sees a plain end.
func (c *conn) endLocked() End {
	if c.end == Closed && isReset(c.sendErr) {
		return WasReset
	}
	return c.end
}

// take removes the first n bytes.
func (c *conn) take(n int) []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	taken := c.got[:n:n]
	c.got = c.got[n:]
	return taken
}

// await waits until done finds n ≥ 0 bytes to be all, or the connection ends,
// or the time is over. When they are all, the end is Open even if a close has
// come as well: whether it has by now is chance. The error is the context's.
func (c *conn) await(ctx context.Context, timeout time.Duration, done func(got []byte) int) (n int, end End, err error) {
	timer := time.NewTimer(timeout)
	defer timer.Stop()
	for {
		if ctx.Err() != nil { // first: the end it causes is not the server's
			return 0, Open, context.Cause(ctx)
		}
		c.mu.Lock()
		got, end, full := c.got, c.endLocked(), c.full
		c.mu.Unlock()
		if n := done(got); n >= 0 {
			return n, Open, nil
		}
		if end != Open || full {
			return len(got), end, nil
		}
		select {
		case <-c.news:
		case <-timer.C:
			return len(got), Silent, nil
		case <-ctx.Done():
			return 0, Open, context.Cause(ctx)
		}
	}
}

// awaitMore waits for bytes beyond the n of a complete response, until the
// connection ends, a moment passes without any, or the time is over.
func (c *conn) awaitMore(ctx context.Context, n int, timeout time.Duration) (int, End, error) {
	for deadline := time.Now().Add(timeout); ; {
		before := n
		var end End
		var err error
		n, end, err = c.await(ctx, quiet, func(got []byte) int {
			if len(got) > before {
				return len(got)
			}
			return -1
		})
		switch {
		case err != nil, end == Closed, end == WasReset:
			return n, end, err
		case end == Silent, n == before, n >= maxResponse, time.Now().After(deadline):
			return n, Open, nil
		}
	}
}

// send writes data. What the server does about it shows in its response, so an
// error is only kept.
func (c *conn) send(data []byte, timeout time.Duration) {
	c.begin()
	if c.socket == nil || c.sendErr != nil {
		return
	}
	c.socket.SetWriteDeadline(time.Now().Add(timeout))
	n, err := c.socket.Write(data)
	c.sent = append(c.sent, data[:n]...)
	c.sendErr = err
}

// begin starts the turn's clock, at what is sent or awaited first.
func (c *conn) begin() {
	if c.began.IsZero() {
		c.began = time.Now()
	}
}

// unreported is how many bytes were sent since the last turn.
func (c *conn) unreported() int { return len(c.sent) - c.reported }

// nextRequest is the request that the next response belongs to: the first that
// has none yet. An interim response leaves its request waiting.
func (c *conn) nextRequest(interim bool) response.Request {
	var q response.Request
	if list := response.Requests(c.sent); c.responses < len(list) {
		q = list[c.responses]
	}
	q.Interim = interim
	if !interim {
		c.responses++
	}
	return q
}

// halfClose ends the client's side.
func (c *conn) halfClose() {
	c.halfClosed = true
	if s, ok := c.socket.(interface{ CloseWrite() error }); ok {
		s.CloseWrite()
	}
}

// reset ends the connection with RST where the system can.
func (c *conn) reset() {
	c.wasReset = true
	if s, ok := c.socket.(interface{ SetLinger(sec int) error }); ok {
		s.SetLinger(0)
	}
	c.close()
}

// close ends the connection and its reader. It may be called again.
func (c *conn) close() {
	if c.socket == nil {
		return
	}
	c.stop()
	c.socket.Close()
	<-c.done
}

// isReset says whether err means that the other side has reset the connection;
// a broken pipe is what a write meets after that.
func isReset(err error) bool {
	return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) || isSystemReset(err)
}
