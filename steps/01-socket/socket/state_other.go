//go:build !linux || socketnet

package socket

import (
	"errors"
	"net"
	"os"
	"syscall"
	"time"
)

// GetSockName is our own address. It is "" for a closed socket.
func (s *Socket) GetSockName() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.closed:
		return ""
	case s.conn != nil:
		return s.conn.LocalAddr().String()
	}
	return s.bound
}

// GetPeerName is the other end's address. It is "" for a socket that is not
// connected, or closed.
func (s *Socket) GetPeerName() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || s.conn == nil {
		return ""
	}
	return s.conn.RemoteAddr().String()
}

// Fileno is -1: package net keeps the number to itself.
func (s *Socket) Fileno() int { return -1 }

// until is the moment at which a call that begins now gives up.
func (s *Socket) until() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.timeout <= 0 {
		return s.deadline
	}
	t := time.Now().Add(s.timeout)
	if !s.deadline.IsZero() && s.deadline.Before(t) {
		return s.deadline
	}
	return t
}

// about is the address that an error names.
func (s *Socket) about() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conn != nil {
		return s.conn.RemoteAddr().String()
	}
	return s.bound
}

func (s *Socket) listening() (*net.TCPListener, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.closed:
		return nil, net.ErrClosed
	case s.listener == nil:
		return nil, syscall.EINVAL
	}
	return s.listener, nil
}

func (s *Socket) connected() (*net.TCPConn, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.closed:
		return nil, net.ErrClosed
	case s.conn == nil:
		return nil, syscall.ENOTCONN
	}
	return s.conn, nil
}

// cause takes package net's own wrapping off, since ours names the call and the
// address already.
func cause(err error) error {
	var errno syscall.Errno
	var timed net.Error
	switch {
	case errors.Is(err, net.ErrClosed):
		return net.ErrClosed
	case errors.As(err, &errno):
		return portable(errno)
	case errors.As(err, &timed) && timed.Timeout():
		return os.ErrDeadlineExceeded
	}
	return err
}
