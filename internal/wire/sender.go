package wire

import (
	"context"
	"net"
	"sync"
)

// A Sender says who opened a connection, where the workbook did it itself. It
// is the zero value for every other client.
type Sender struct {
	Name     string // "lesson"
	Exchange string // the title of what it sends
}

// String is `lesson "cut after GE"`, empty for other clients.
func (s Sender) String() string {
	if s == (Sender{}) {
		return ""
	}
	return s.Name + ` "` + s.Exchange + `"`
}

// senders knows which client addresses are the workbook's own.
type senders struct {
	// mu is held by Dial until its port is known: the tap may accept a client
	// before Dial returns. A new connection waits for it, and so finds the
	// sender of every Dial before it.
	mu     sync.Mutex
	byAddr map[string]Sender // of clients that the tap has not accepted yet
}

// Dial connects to the tap as the given sender, which the Opened event names.
// The context ends the dialling only.
func (t *Tap) Dial(ctx context.Context, who Sender) (net.Conn, error) {
	s := &t.senders
	s.mu.Lock()
	defer s.mu.Unlock()
	var d net.Dialer
	c, err := d.DialContext(ctx, "tcp", localAddr("127.0.0.1", t.port))
	if err != nil {
		return nil, err
	}
	if s.byAddr == nil {
		s.byAddr = make(map[string]Sender)
	}
	s.byAddr[c.LocalAddr().String()] = who
	return c, nil
}

// take waits for dials under way, then says who the client at addr is.
func (s *senders) take(addr string) Sender {
	s.mu.Lock()
	defer s.mu.Unlock()
	who := s.byAddr[addr]
	delete(s.byAddr, addr)
	return who
}
