//go:build !socketnet

package socket

import (
	"net"
	"sync"
	"syscall"
)

// A descriptor is the number by which the system knows a socket, kept from
// being closed while a call uses it.
//
// Without that, this could happen: one goroutine is about to read from
// descriptor 5, another closes 5, a third opens a file and is given the free
// number 5, and the first one reads the file.
type descriptor struct {
	mu     sync.Mutex
	fd     int
	users  int           // calls that are inside the system with fd
	closed bool          // close has been called
	gone   chan struct{} // closed when fd has been given back
}

func newDescriptor(fd int) *descriptor {
	return &descriptor{fd: fd, gone: make(chan struct{})}
}

// use makes a call with the number, which stays open until that returns. It
// returns the call's error, or net.ErrClosed when the number has been closed.
func (d *descriptor) use(call func(fd int) error) error {
	d.mu.Lock()
	if d.closed {
		d.mu.Unlock()
		return net.ErrClosed
	}
	d.users++
	d.mu.Unlock()

	defer d.release()
	return call(d.fd)
}

// release ends a use. The last user of a closed descriptor closes the number.
func (d *descriptor) release() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.users--
	if d.closed && d.users == 0 {
		syscall.Close(d.fd) // the others' calls are over: nobody to tell
		close(d.gone)
	}
}

// close closes the number, or makes its users leave and waits for the last of
// them to close it.
func (d *descriptor) close() error {
	d.mu.Lock()
	if d.closed {
		d.mu.Unlock()
		<-d.gone
		return nil
	}
	d.closed = true
	if d.users == 0 {
		defer d.mu.Unlock()
		defer close(d.gone)
		return syscall.Close(d.fd)
	}
	// close(2) does not wake a call that waits, shutdown(2) does. It is called
	// only then: it ends the stream in good order, and a plain close, with
	// input unread, does not.
	syscall.Shutdown(d.fd, syscall.SHUT_RDWR)
	d.mu.Unlock()
	<-d.gone
	return nil
}

func (d *descriptor) isClosed() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.closed
}
