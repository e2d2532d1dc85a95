package wire

import (
	"context"
	"net"
	"sync"
	"time"
)

// A Tap relays connections from one public address to one server. Its methods
// may be called from several goroutines at once.
type Tap struct {
	listeners []*net.TCPListener
	port      int
	queue     *queue
	senders   senders

	// stop ends dials, drains and accept loops; running counts everything
	// that may still add an event.
	stop    context.Context
	cancel  context.CancelFunc
	running sync.WaitGroup

	mu     sync.Mutex
	server string
	last   int            // number of the newest connection
	open   map[int]*relay // what Close has to end
	closed bool
}

// Listen opens a tap on localhost:port, on 127.0.0.1 and on ::1 where there is
// one. When the port is taken it tries the next ones, up to port+20. Port 0
// takes any free port. The error wraps that of the first port.
func Listen(port int) (*Tap, error) {
	listeners, err := listenLocal(port)
	if err != nil {
		return nil, err
	}
	stop, cancel := context.WithCancel(context.Background())
	t := &Tap{
		listeners: listeners,
		port:      portOf(listeners[0]),
		queue:     newQueue(time.Now()),
		stop:      stop,
		cancel:    cancel,
		open:      make(map[int]*relay),
	}
	for _, l := range listeners {
		t.running.Go(func() { t.accept(l) })
	}
	return t, nil
}

// Addr is what to type into a client: "localhost:8000".
func (t *Tap) Addr() string { return localAddr("localhost", t.port) }

// SetServer names the server's address for new connections; "" means that
// there is none, and a client is then refused as far as a relay can: reset.
func (t *Tap) SetServer(addr string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.server = addr
}

// Events yields what happened, in order, in batches, at most 30 a second. When
// the reader is slow the oldest batches' data are dropped and counted.
func (t *Tap) Events() <-chan []Event { return t.queue.out }

// Dropped counts events that a slow reader has lost.
func (t *Tap) Dropped() int64 { return t.queue.droppedSoFar() }

// Close stops listening, resets what is still open and closes Events. It
// waits for none of the peers. A second Close does nothing.
func (t *Tap) Close() error {
	t.mu.Lock()
	if t.closed {
		t.mu.Unlock()
		return nil
	}
	t.closed = true
	t.cancel()
	for _, r := range t.open {
		r.abort()
	}
	t.mu.Unlock()

	var first error
	for _, l := range t.listeners {
		if err := l.Close(); err != nil && first == nil {
			first = err
		}
	}
	t.running.Wait()
	t.queue.close()
	return first
}

// accept takes clients until the tap closes. Accept may fail while the process
// is short of descriptors; that passes, so the loop waits and goes on.
func (t *Tap) accept(l *net.TCPListener) {
	for {
		client, err := l.AcceptTCP()
		if err == nil {
			t.running.Go(func() { t.serve(client) })
			continue
		}
		select {
		case <-t.stop.Done():
			return
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// serve carries one connection from its first event to its last.
func (t *Tap) serve(client *net.TCPConn) {
	r := &relay{tap: t, client: client}
	addr := client.RemoteAddr().String()
	who := t.senders.take(addr)

	t.mu.Lock()
	if t.closed {
		t.mu.Unlock()
		reset(client)
		return
	}
	t.last++
	r.id = t.last
	t.open[r.id] = r
	server := t.server
	t.mu.Unlock()

	t.queue.add(Event{Conn: r.id, Kind: Opened, Client: addr, Sender: who})
	r.run(t.stop, server)

	t.mu.Lock()
	delete(t.open, r.id)
	t.mu.Unlock()
	t.queue.add(Event{Conn: r.id, Kind: Done})
}
