//go:build !socketnet

package socket

import (
	"syscall"
	"time"
)

// The calls that differ between Linux and macOS. On macOS accept and connect
// know no time limit, and shutdown does not wake an accept. Both are therefore
// made not to wait, select waits for them in slices, and the caller looks
// between two slices whether time is up or the socket closed.

// sendFlags: none; that a send raises no SIGPIPE is an option of the socket.
const sendFlags = 0

// slice is how long Close may have to wait for a waiting accept.
const slice = 50 * time.Millisecond

// sysSocket makes a TCP socket that programs we start do not inherit.
func sysSocket() (fd int, err error) {
	syscall.ForkLock.RLock() // no program starts between the two calls
	defer syscall.ForkLock.RUnlock()
	fd, err = syscall.Socket(AF_INET, SOCK_STREAM, 0)
	if err != nil {
		return -1, err
	}
	return fd, prepare(fd)
}

// prepare gives a fresh descriptor what Linux gives along.
func prepare(fd int) error {
	syscall.CloseOnExec(fd)
	err := syscall.SetsockoptInt(fd, SOL_SOCKET, syscall.SO_NOSIGPIPE, 1)
	if err != nil {
		syscall.Close(fd)
	}
	return err
}

func sysListen(fd, backlog int) error {
	if err := syscall.Listen(fd, backlog); err != nil {
		return err
	}
	return syscall.SetNonblock(fd, true)
}

func sysAccept(fd int) (conn int, from syscall.Sockaddr, err error) {
	if err := await(fd, receiving); err != nil {
		return -1, nil, err
	}
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	conn, from, err = syscall.Accept(fd)
	if err == syscall.ECONNABORTED {
		err = syscall.EAGAIN // that client has left again: the next one
	}
	if err != nil {
		return -1, nil, err
	}
	if err := prepare(conn); err != nil {
		return -1, nil, err
	}
	// A connection takes after its door, and shall wait.
	return conn, from, syscall.SetNonblock(conn, false)
}

func sysConnect(fd int, to syscall.Sockaddr) error {
	if err := syscall.SetNonblock(fd, true); err != nil {
		return err
	}
	defer syscall.SetNonblock(fd, false)
	err := syscall.Connect(fd, to)
	if err != syscall.EINPROGRESS && err != syscall.EALREADY {
		return err
	}
	if err := await(fd, sending); err != nil {
		return err
	}
	n, err := syscall.GetsockoptInt(fd, SOL_SOCKET, syscall.SO_ERROR)
	if err == nil && n != 0 {
		err = syscall.Errno(n)
	}
	return err
}

// await returns when a call on fd would not have to wait, or with EAGAIN after
// one slice.
func await(fd int, w way) error {
	var set syscall.FdSet
	if fd/32 >= len(set.Bits) {
		return syscall.EMFILE // select's table has 1024 places
	}
	set.Bits[fd/32] |= 1 << (fd % 32)
	read, write := &set, (*syscall.FdSet)(nil)
	if w == sending {
		read, write = write, read
	}
	tv := syscall.NsecToTimeval(slice.Nanoseconds())
	if err := syscall.Select(fd+1, read, write, nil, &tv); err != nil {
		return err
	}
	if set.Bits[fd/32] == 0 {
		return syscall.EAGAIN
	}
	return nil
}
