//go:build (linux || darwin) && !socketnet

package socket

import (
	"net"
	"sync"
	"syscall"
)

// A guard keeps a descriptor from being closed while a call uses it.
//
// Without it, this could happen: one goroutine is about to read from descriptor
// 5, another closes 5, a third opens a file and is given the free number 5, and
// the first one reads the file.
type guard struct {
	mu     sync.Mutex
	fd     int
	users  int           // calls that are inside the system with fd
	closed bool          // Close has been called
	gone   chan struct{} // closed when fd has been given back
}

// hold returns the descriptor and keeps it open until release.
func (g *guard) hold() (fd int, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return -1, net.ErrClosed
	}
	g.users++
	return g.fd, nil
}

// release ends what hold began. The last user of a closed socket closes it.
func (g *guard) release() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.users--
	if g.closed && g.users == 0 {
		syscall.Close(g.fd) // the others' calls are over: nobody to tell
		close(g.gone)
	}
}

// shut closes the descriptor, or makes its users leave and waits for the last
// of them to close it.
func (g *guard) shut() error {
	g.mu.Lock()
	if g.closed {
		g.mu.Unlock()
		<-g.gone
		return nil
	}
	g.closed = true
	if g.users == 0 {
		defer g.mu.Unlock()
		defer close(g.gone)
		return syscall.Close(g.fd)
	}
	// close(2) does not wake a call that waits, shutdown(2) does. It is called
	// only then: it ends the stream in good order, and a plain close, with
	// input unread, does not.
	syscall.Shutdown(g.fd, syscall.SHUT_RDWR)
	g.mu.Unlock()
	<-g.gone
	return nil
}

func (g *guard) isClosed() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.closed
}
