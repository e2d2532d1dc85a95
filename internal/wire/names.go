package wire

import (
	"context"
	"net"
	"sync"
)

// maxNames bounds the labels that wait for a client which never comes.
const maxNames = 256

// names knows which client addresses are the workbook's own. A label may come
// before the connection it belongs to, or after: the kernel accepts a client
// before the dialler knows its own port.
type names struct {
	queue *queue

	// dialling is held by Dial until its port is known. A new connection
	// passes through it, and so finds the label of every Dial before it.
	dialling sync.RWMutex

	mu      sync.Mutex
	waiting map[string]string // labels of clients that have not come yet
	open    map[string]int    // connection numbers of those that have
}

func newNames(q *queue) *names {
	return &names{queue: q, waiting: make(map[string]string), open: make(map[string]int)}
}

// Label names the client that dials from the local address addr
// ("127.0.0.1:51234"), before or just after it dials. When its Opened event is
// out already, a Named event follows.
func (t *Tap) Label(addr, label string) { t.names.set(addr, label) }

// Dial connects to the tap as a client called label: its Opened event carries
// the label. The context ends the dialling only.
func (t *Tap) Dial(ctx context.Context, label string) (net.Conn, error) {
	t.names.dialling.Lock()
	defer t.names.dialling.Unlock()
	var d net.Dialer
	c, err := d.DialContext(ctx, "tcp", localAddr("127.0.0.1", t.port))
	if err != nil {
		return nil, err
	}
	t.names.set(c.LocalAddr().String(), label)
	return c, nil
}

// take waits for dials under way, then returns addr's label, if it has one.
func (n *names) take(addr string) string {
	n.dialling.RLock()
	defer n.dialling.RUnlock()
	n.mu.Lock()
	defer n.mu.Unlock()
	label := n.waiting[addr]
	delete(n.waiting, addr)
	return label
}

// opened adds the Opened event e of the client at addr. A label that came
// since take is still in time.
func (n *names) opened(addr string, e Event) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if label, ok := n.waiting[addr]; ok {
		delete(n.waiting, addr)
		e.Label = label
	}
	n.open[addr] = e.Conn
	n.queue.add(e)
}

func (n *names) gone(addr string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.open, addr)
}

func (n *names) set(addr, label string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if id, ok := n.open[addr]; ok {
		n.queue.add(Event{Conn: id, Kind: Named, Label: label})
		return
	}
	if len(n.waiting) >= maxNames {
		clear(n.waiting)
	}
	n.waiting[addr] = label
}
