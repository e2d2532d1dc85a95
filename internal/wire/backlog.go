package wire

import (
	"example/wirebook/internal/visible"
)

// A Backlog is what a server has left lying of one connection: the kernel has
// taken it, the program has not. Only Linux tells.
type Backlog struct {
	Accepted bool // the program has called accept for it
	Unread   int  // bytes that wait for the program to read them
}

// String says it for people; it is empty when nothing is left lying.
func (b Backlog) String() string {
	switch {
	case !b.Accepted:
		return "your server has not called accept"
	case b.Unread > 0:
		return "your server has not read " + visible.Count(b.Unread, "byte")
	}
	return ""
}

// Backlog asks the kernel what the server has not taken yet of a connection.
// ok is false when the connection is over, and where the kernel does not tell.
// It reads a table of all the machine's connections: ask a few times a second.
func (t *Tap) Backlog(conn int) (b Backlog, ok bool) {
	t.mu.Lock()
	r := t.open[conn]
	t.mu.Unlock()
	if r == nil {
		return Backlog{}, false
	}
	server := r.server.Load()
	if server == nil {
		return Backlog{}, false
	}
	return backlog(server)
}
