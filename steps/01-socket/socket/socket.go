// Package socket has the calls of Python's module socket, as a thin layer over
// the system calls that they are named after: socket, setsockopt, bind, listen,
// accept, connect, recv, send, shutdown, close.
//
// socket_linux.go is the file to read: one method for each call, and in it the
// system call itself. On other systems socket_other.go has the same methods on
// package net.
//
// Three things go beyond the system calls. A call that a signal interrupts is
// made again, as in Python. A deadline is a point in time, not a time for each
// byte. Close wakes every call that waits on the socket, and gives the
// descriptor back when the last of them has returned.
//
// The package sets no option of a connection that you have not asked for:
// SO_REUSEADDR is off until you switch it on. It knows TCP over IPv4 and
// nothing else. It is not package net, which hides these steps, serves both
// families and waits without holding a thread; from step 03 on the servers
// stand on that.
package socket

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"syscall"
)

// The constants keep the names that C gave them and Python kept. They shout,
// and Go's own would not; but a name that you can look up in a manual of any
// language, from any decade, is worth more here than one that fits in.
const (
	AF_INET      = syscall.AF_INET      // the family: IPv4
	SOCK_STREAM  = syscall.SOCK_STREAM  // the kind: a stream of bytes, TCP
	SOL_SOCKET   = syscall.SOL_SOCKET   // for SetSockOpt: the socket itself
	SO_REUSEADDR = syscall.SO_REUSEADDR // bind while old connections end
	SHUT_RD      = syscall.SHUT_RD      // no more receiving
	SHUT_WR      = syscall.SHUT_WR      // no more sending: a half-close
	SHUT_RDWR    = syscall.SHUT_RDWR    // both
)

// An Error is a call that failed. errors.Is finds the system's own error in it
// (syscall.EADDRINUSE), os.ErrDeadlineExceeded after a time limit, and
// net.ErrClosed when the socket has been closed.
type Error struct {
	Call string // the call's name in C: "bind"
	Addr string // the address it was about, "" where there is none
	Err  error
}

func (e *Error) Error() string {
	if e.Addr == "" {
		return fmt.Sprintf("socket: %s: %v", e.Call, e.Err)
	}
	return fmt.Sprintf("socket: %s %s: %v", e.Call, e.Addr, e.Err)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// failure wraps err, or returns nil when there is none.
func failure(call, addr string, err error) error {
	if err == nil {
		return nil
	}
	return &Error{Call: call, Addr: addr, Err: err}
}

// resolve turns "host:port" into numbers. No host means every interface of the
// machine (0.0.0.0), not this machine alone: the notes say otherwise of
// Python's empty string, and are wrong.
func resolve(addr string) (netip.AddrPort, error) {
	host, port, err := net.SplitHostPort(addr)
	switch {
	case err == nil && host == "":
		addr = net.JoinHostPort("0.0.0.0", port)
	case err == nil && host == "localhost":
		// A machine may also call ::1 localhost; this package speaks IPv4.
		addr = net.JoinHostPort("127.0.0.1", port)
	}
	a, err := net.ResolveTCPAddr("tcp4", addr)
	if err != nil {
		var wrong *net.AddrError
		if errors.As(err, &wrong) {
			err = errors.New(wrong.Err) // the caller's error names the address
		}
		return netip.AddrPort{}, err
	}
	ip := a.AddrPort().Addr().Unmap() // package net may wrap it as an IPv6 one
	return netip.AddrPortFrom(ip, uint16(a.Port)), nil
}
