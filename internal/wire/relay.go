package wire

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"sync/atomic"
	"time"

	"example/wirebook/internal/wire/message"
)

const (
	// bufferSize is what is asked for as the size of the kernel's buffers on each
	// of the tap's sockets, in bytes. Without it the kernel lets them grow to megabytes,
	// and a server runs far ahead of a client that does not read. Much smaller
	// ones stall: a loopback segment is up to 64 KiB, and a sender that cannot
	// place half a window waits for a timer (at 16 KiB, 8 MiB took seconds).
	bufferSize = 128 << 10

	// readSize is how much one read takes, and so the largest arrival.
	readSize = 64 << 10

	// dialTime is how long the server may take. The kernel accepts for it, at
	// once, unless its backlog is full; then a direct client would go on
	// trying for a minute or two, and so does the tap.
	dialTime = time.Minute

	// drainTime is how long bytes that are on their way may take to arrive
	// before a reset overtakes them.
	drainTime = 2 * time.Second
)

// A relay joins one client to one server. Each direction has a loop of its
// own, so an early answer passes a request that is still under way, and the
// end of one direction leaves the other alone.
type relay struct {
	tap    *Tap
	id     int
	client *net.TCPConn

	server  atomic.Pointer[net.TCPConn]
	waiting acceptWait

	// over is set by whoever resets the connection, once; every failure after
	// that is an echo of it.
	over atomic.Bool
}

// A half is one direction of a relay.
type half struct {
	dir      message.Dir
	from, to *net.TCPConn
	kept     int           // bytes recorded so far, at most Cap
	finished chan struct{} // closed when the loop has ended

	// ended is set before this half ends to's direction (FIN). From then on
	// the kernel may close that socket without any reset.
	ended atomic.Bool
}

// run relays until both directions have ended.
func (r *relay) run(stop context.Context, addr string) {
	defer r.client.Close()
	server, err := dialServer(stop, addr)
	if err != nil {
		r.add(Event{Kind: Refused})
		reset(r.client)
		return
	}
	defer server.Close()
	r.server.Store(server)
	if r.over.Load() { // Close came while the server was being dialled
		r.abort()
		return
	}
	r.add(Event{Kind: Connected, Client: server.LocalAddr().String()})
	for _, c := range []*net.TCPConn{r.client, server} {
		// Where the kernel refuses, its own size stays: more read-ahead, no harm.
		_ = c.SetReadBuffer(bufferSize)
		_ = c.SetWriteBuffer(bufferSize)
	}

	up := &half{dir: message.ToServer, from: r.client, to: server, finished: make(chan struct{})}
	down := &half{dir: message.ToClient, from: server, to: r.client, finished: make(chan struct{})}
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		r.watchAccept(server, down.finished)
	}()
	go r.pass(stop, up, down)
	r.pass(stop, down, up)
	<-up.finished
	<-watched
}

func dialServer(stop context.Context, addr string) (*net.TCPConn, error) {
	if addr == "" {
		return nil, errors.New("wire: relay: no server")
	}
	d := net.Dialer{Timeout: dialTime}
	d.SetMultipathTCP(false)
	c, err := d.DialContext(stop, "tcp", addr)
	if err != nil {
		return nil, err
	}
	return c.(*net.TCPConn), nil
}

// pass is the loop of one direction: read, record, forward. It does not use
// io.Copy: between two TCP connections that becomes splice(2) on Linux, and
// the bytes would never come by here.
func (r *relay) pass(stop context.Context, h, other *half) {
	defer close(h.finished)
	buf := make([]byte, readSize)
	for {
		n, err := h.from.Read(buf)
		if n > 0 {
			if h.dir == message.ToClient {
				r.noteAnswered()
			}
			r.record(h, buf[:n])
			if _, werr := h.to.Write(buf[:n]); werr != nil {
				// to has reset. What it sent before that still has to come
				// through, so the other half goes first.
				<-other.finished
				r.relayReset(stop, other.dir, h.from)
				return
			}
		}
		switch {
		case err == nil:
		case err == io.EOF && !endIsReset(h.from, other):
			r.add(Event{Dir: h.dir, Kind: HalfClosed})
			h.ended.Store(true)
			// It fails when to is gone already; the other half sees that.
			_ = h.to.CloseWrite()
			return
		default:
			r.relayReset(stop, h.dir, h.to)
			return
		}
	}
}

// endIsReset tells whether an end of file is really a reset: the write
// of the other half may have met the reset first, and the kernel reports it
// once only.
func endIsReset(from *net.TCPConn, other *half) bool {
	return kernelClosed(from) && !other.ended.Load()
}

// record notes an arrival. Past Cap only its size is kept: an endless
// response must not fill the memory.
func (r *relay) record(h *half, b []byte) {
	keep := b[:min(len(b), Cap-h.kept)]
	h.kept += len(keep)
	r.add(Event{
		Dir: h.dir, Kind: Arrived,
		Data: bytes.Clone(keep), Lost: len(b) - len(keep),
	})
}

// relayReset passes a reset by dir's sender on to the side that still lives.
// What was forwarded to it before gets time to arrive: a direct peer would
// have read it too.
func (r *relay) relayReset(stop context.Context, dir message.Dir, living *net.TCPConn) {
	if !r.over.CompareAndSwap(false, true) {
		return
	}
	r.add(Event{Dir: dir, Kind: WasReset})
	drain(stop, living, drainTime)
	r.resetBoth()
}

// abort ends the connection for the tap's own reasons.
func (r *relay) abort() {
	r.over.Store(true)
	r.resetBoth()
}

func (r *relay) resetBoth() {
	reset(r.client)
	if s := r.server.Load(); s != nil {
		reset(s)
	}
}

func (r *relay) add(e Event) {
	e.Conn = r.id
	r.tap.queue.add(e)
}

// reset ends a connection with RST in place of FIN.
func reset(c *net.TCPConn) {
	_ = c.SetLinger(0)
	_ = c.Close()
}
