//go:build !linux || socketnet

package socket

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"syscall"
	"time"
)

// A Socket is one end of a connection, or a listener. Its methods may be called
// from several goroutines at once.
//
// Here it stands on package net, which does several of the system's calls in
// one: Bind also listens, and connecting makes the socket that New only notes.
// (With the build tag socketnet this file can be tried on Linux.)
type Socket struct {
	mu       sync.Mutex
	reuse    bool // SO_REUSEADDR was asked for
	bound    string
	listener *net.TCPListener
	conn     *net.TCPConn
	timeout  time.Duration
	deadline time.Time
	closed   bool
}

// New notes what kind of socket is wanted. It has no address yet.
func New(family, kind int) (*Socket, error) {
	if family != AF_INET || kind != SOCK_STREAM {
		return nil, failure("socket", "", errors.ErrUnsupported)
	}
	return new(Socket), nil
}

// SetSockOpt knows one option here, SO_REUSEADDR, before Bind.
func (s *Socket) SetSockOpt(level, name, value int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.closed:
		return failure("setsockopt", s.bound, net.ErrClosed)
	case level != SOL_SOCKET || name != SO_REUSEADDR:
		return failure("setsockopt", s.bound, errors.ErrUnsupported)
	}
	s.reuse = value != 0
	return nil
}

// Bind gives the socket its address: "127.0.0.1:8000" and "localhost:8000" are
// this machine alone, ":8000" is every interface of it, and port 0 lets the
// system choose; GetSockName tells what it chose.
func (s *Socket) Bind(addr string) error {
	to, err := resolve(addr)
	if err != nil {
		return failure("bind", addr, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.closed:
		return failure("bind", addr, net.ErrClosed)
	case s.listener != nil || s.conn != nil:
		return failure("bind", addr, syscall.EINVAL)
	}
	config := net.ListenConfig{Control: s.options}
	listener, err := config.Listen(context.Background(), "tcp4", to.String())
	if err != nil {
		return failure("bind", addr, cause(err))
	}
	s.listener = listener.(*net.TCPListener)
	s.bound = listener.Addr().String()
	return nil
}

// options runs between the system's socket and bind.
func (s *Socket) options(_, _ string, c syscall.RawConn) error {
	var err error
	control := c.Control(func(fd uintptr) { err = setReuse(fd, s.reuse) })
	return errors.Join(control, err)
}

// Listen makes the socket a listener. Package net has chosen its own backlog.
func (s *Socket) Listen(backlog int) error {
	_, err := s.listening()
	return failure("listen", s.about(), err)
}

// Accept waits for the next connection. It returns a new socket, for this one
// client, and the client's address. s goes on listening.
func (s *Socket) Accept() (conn *Socket, peer string, err error) {
	listener, err := s.listening()
	if err != nil {
		return nil, "", failure("accept", s.about(), err)
	}
	listener.SetDeadline(s.until())
	c, err := listener.AcceptTCP()
	if err != nil {
		return nil, "", failure("accept", s.about(), cause(err))
	}
	return &Socket{conn: c}, c.RemoteAddr().String(), nil
}

// Connect opens a connection to a listener.
func (s *Socket) Connect(addr string) error {
	to, err := resolve(addr)
	if err != nil {
		return failure("connect", addr, err)
	}
	dialer := net.Dialer{Deadline: s.until()}
	c, err := dialer.Dial("tcp4", to.String())
	if err != nil {
		return failure("connect", addr, cause(err))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || s.conn != nil {
		c.Close()
		return failure("connect", addr, net.ErrClosed)
	}
	s.conn = c.(*net.TCPConn)
	return nil
}

// Recv waits for bytes and returns what is there, at most n. However the other
// end wrote them, any number from 1 to n may come. An empty slice and no error
// mean that the other end has finished sending.
func (s *Socket) Recv(n int) ([]byte, error) {
	c, err := s.connected()
	if err == nil && n < 0 {
		err = syscall.EINVAL
	}
	if err != nil {
		return nil, failure("recv", s.about(), err)
	}
	c.SetReadDeadline(s.until())
	buf := make([]byte, n)
	n, err = c.Read(buf)
	if err != nil && err != io.EOF {
		return nil, failure("recv", s.about(), cause(err))
	}
	return buf[:n], nil
}

// Send hands bytes to the system. It returns how many the system took: here all
// of them, unless it fails.
func (s *Socket) Send(b []byte) (int, error) {
	c, err := s.connected()
	if err != nil {
		return 0, failure("send", s.about(), err)
	}
	c.SetWriteDeadline(s.until())
	n, err := c.Write(b)
	if n > 0 && errors.Is(err, os.ErrDeadlineExceeded) {
		err = nil // a part was taken, and the next call reports the rest
	}
	return n, failure("send", s.about(), cause(err))
}

// SendAll sends until all of b is gone.
func (s *Socket) SendAll(b []byte) error {
	c, err := s.connected()
	if err != nil {
		return failure("send", s.about(), err)
	}
	c.SetWriteDeadline(s.until())
	_, err = c.Write(b)
	return failure("send", s.about(), cause(err))
}

// Shutdown ends one direction, or both. After SHUT_WR the other end reads to
// the end of the stream, and you can still receive.
func (s *Socket) Shutdown(how int) error {
	c, err := s.connected()
	if err != nil {
		return failure("shutdown", s.about(), err)
	}
	if how == SHUT_WR || how == SHUT_RDWR {
		err = c.CloseWrite()
	}
	if how == SHUT_RD || how == SHUT_RDWR {
		err = errors.Join(err, c.CloseRead())
	}
	return failure("shutdown", s.about(), cause(err))
}

// Close gives the socket back. Calls that wait on it return with net.ErrClosed.
// It may be called twice.
//
// While input is unread, closing makes the system send a reset, and a reset can
// overtake your response. Shutdown(SHUT_WR), then Recv to the end, then Close.
func (s *Socket) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	var err error
	if s.listener != nil {
		err = s.listener.Close()
	}
	if s.conn != nil {
		err = errors.Join(err, s.conn.Close())
	}
	return failure("close", s.bound, err)
}

// SetTimeout limits every later call that waits, each from its own start. 0 is
// no limit. A call that runs out of time fails with os.ErrDeadlineExceeded.
func (s *Socket) SetTimeout(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.timeout = d
}

// SetDeadline limits all later calls together: none of them waits beyond t,
// however often a byte arrives. The zero time is no limit.
func (s *Socket) SetDeadline(t time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.deadline = t
}
