package exchange

import (
	"context"
	"errors"
	"net"
	"sync"
	"syscall"
	"time"
)

// A link is one connection of a playing. A goroutine reads it from the first
// moment on, so that a server that answers before it has read cannot make both
// sides wait for each other to read.
type link struct {
	number int
	conn   net.Conn // nil if there is none

	sent     []byte    // everything
	told     int       // how much of it earlier turns have told
	began    time.Time // when the turn began
	sendErr  error
	halved   bool // the client has ended its side
	wasReset bool // by the client
	answers  int  // final answers awaited so far
	turns    int
	answered bool // the last turn ended with a complete answer
	silent   bool // the last turn ended because patience ran out

	news chan struct{} // something has changed below; holds at most one
	done chan struct{} // the reader has ended
	stop func() bool   // ends the watch on the context

	mu   sync.Mutex
	got  []byte // what no turn has taken yet
	end  End    // Open while there may be more
	full bool   // more than maxAnswer came: reading has stopped
}

// newLink begins to read conn. err says why there is no conn.
func newLink(ctx context.Context, conn net.Conn, err error) *link {
	l := &link{conn: conn, news: make(chan struct{}, 1), done: make(chan struct{})}
	if err != nil {
		l.conn, l.sendErr, l.end = nil, err, Refused
		close(l.done)
		return l
	}
	l.stop = context.AfterFunc(ctx, func() { conn.Close() })
	go l.read()
	return l
}

// read keeps what comes until the end of the connection.
func (l *link) read() {
	defer close(l.done)
	buf := make([]byte, 32<<10)
	for more := true; more; {
		n, err := l.conn.Read(buf)
		l.mu.Lock()
		l.got = append(l.got, buf[:n]...)
		switch {
		case isReset(err):
			l.end = WasReset
		case err != nil:
			l.end = Closed
		case len(l.got) >= maxAnswer:
			l.full = true
		}
		more = err == nil && !l.full
		l.mu.Unlock()
		select {
		case l.news <- struct{}{}:
		default:
		}
	}
}

// now returns how much has come and how the connection stands.
func (l *link) now() (int, End) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.got), l.endLocked()
}

// endLocked is the end, told apart by what sending met: a reset that a write
// has met is not reported to a read again, which then sees a plain end.
func (l *link) endLocked() End {
	if l.end == Closed && isReset(l.sendErr) {
		return WasReset
	}
	return l.end
}

// take removes the first n bytes.
func (l *link) take(n int) []byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	taken := l.got[:n:n]
	l.got = l.got[n:]
	return taken
}

// await waits until done finds n ≥ 0 bytes to be all, or the connection ends,
// or patience runs out. When they are all, the end is Open even if a close has
// come as well: whether it has by now is chance. The error is the context's.
func (l *link) await(ctx context.Context, patience time.Duration, done func(got []byte) int) (n int, end End, err error) {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	for {
		if ctx.Err() != nil { // first: the end it causes is not the server's
			return 0, Open, context.Cause(ctx)
		}
		l.mu.Lock()
		got, end, full := l.got, l.endLocked(), l.full
		l.mu.Unlock()
		if n := done(got); n >= 0 {
			return n, Open, nil
		}
		if end != Open || full {
			return len(got), end, nil
		}
		select {
		case <-l.news:
		case <-timer.C:
			return len(got), Silent, nil
		case <-ctx.Done():
			return 0, Open, context.Cause(ctx)
		}
	}
}

// listen waits for bytes beyond the n of a complete answer, until the
// connection ends, a moment passes without any, or patience runs out.
func (l *link) listen(ctx context.Context, n int, patience time.Duration) (int, End, error) {
	for deadline := time.Now().Add(patience); ; {
		before := n
		var end End
		var err error
		n, end, err = l.await(ctx, quiet, func(got []byte) int {
			if len(got) > before {
				return len(got)
			}
			return -1
		})
		switch {
		case err != nil, end == Closed, end == WasReset:
			return n, end, err
		case end == Silent, n == before, n >= maxAnswer, time.Now().After(deadline):
			return n, Open, nil
		}
	}
}

// send writes data. What the server does about it shows in its answer, so an
// error is only kept.
func (l *link) send(data []byte, patience time.Duration) {
	l.begin()
	if l.conn == nil || l.sendErr != nil {
		return
	}
	l.conn.SetWriteDeadline(time.Now().Add(patience))
	n, err := l.conn.Write(data)
	l.sent = append(l.sent, data[:n]...)
	l.sendErr = err
}

// begin starts the turn's clock, at what is sent or awaited first.
func (l *link) begin() {
	if l.began.IsZero() {
		l.began = time.Now()
	}
}

// untold is how many bytes were sent since the last turn.
func (l *link) untold() int { return len(l.sent) - l.told }

// asked returns the request that the next answer belongs to: the first that
// has none yet. An interim answer leaves its request waiting.
func (l *link) asked(interim bool) asked {
	q := asked{}
	if list := requests(l.sent); l.answers < len(list) {
		q = list[l.answers]
	}
	q.interim = interim
	if !interim {
		l.answers++
	}
	return q
}

// halfClose ends the client's side.
func (l *link) halfClose() {
	l.halved = true
	if c, ok := l.conn.(interface{ CloseWrite() error }); ok {
		c.CloseWrite()
	}
}

// reset ends the connection with RST where the system can.
func (l *link) reset() {
	l.wasReset = true
	if c, ok := l.conn.(interface{ SetLinger(sec int) error }); ok {
		c.SetLinger(0)
	}
	l.close()
}

// close ends the connection and its reader. It may be called again.
func (l *link) close() {
	if l.conn == nil {
		return
	}
	l.stop()
	l.conn.Close()
	<-l.done
}

// isReset says whether err means that the other side has reset the connection;
// a broken pipe is what a write meets after that.
func isReset(err error) bool {
	return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) || isSystemReset(err)
}
