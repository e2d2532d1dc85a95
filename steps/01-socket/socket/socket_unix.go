//go:build (linux || darwin) && !socketnet

package socket

import (
	"net"
	"syscall"
	"time"
)

// A Socket is one end of a conversation, or the door at which they begin. Its
// methods may be called from several goroutines at once.
type Socket struct {
	guard  // the descriptor, and who is using it
	limits // how long a call may wait
	names  // the addresses, for GetSockName, GetPeerName and for errors
}

// New asks the system for a socket: socket(2). It has no address yet.
func New(family, kind int) (*Socket, error) {
	if family != AF_INET || kind != SOCK_STREAM {
		return nil, failure("socket", "", syscall.EPROTONOSUPPORT)
	}
	fd, err := sysSocket()
	if err != nil {
		return nil, failure("socket", "", err)
	}
	return wrap(fd), nil
}

// SetSockOpt sets an option that is a number: setsockopt(2).
func (s *Socket) SetSockOpt(level, name, value int) error {
	err := s.call(atOnce, never, func(fd int) error {
		return syscall.SetsockoptInt(fd, level, name, value)
	})
	return failure("setsockopt", s.name(), err)
}

// Bind gives the socket its address: bind(2). "127.0.0.1:8000" and
// "localhost:8000" are this machine alone, ":8000" is every interface of it,
// and port 0 lets the system choose; GetSockName tells what it chose.
func (s *Socket) Bind(addr string) error {
	to, err := resolve(addr)
	if err != nil {
		return failure("bind", addr, err)
	}
	err = s.call(atOnce, never, func(fd int) error {
		return syscall.Bind(fd, to.sockaddr())
	})
	if err == nil {
		s.setLocal(s.GetSockName())
	}
	return failure("bind", addr, err)
}

// Listen makes the socket a door: listen(2). From here on the system completes
// connections by itself; about backlog of them wait for Accept, and the system
// lets further ones wait outside.
func (s *Socket) Listen(backlog int) error {
	err := s.call(atOnce, never, func(fd int) error {
		return sysListen(fd, backlog)
	})
	return failure("listen", s.name(), err)
}

// Accept waits for the next connection: accept(2). It returns a new socket, for
// this one client, and the client's address. s goes on being the door.
func (s *Socket) Accept() (conn *Socket, peer string, err error) {
	err = s.call(receiving, s.until(), func(fd int) error {
		c, from, err := sysAccept(fd)
		if err != nil {
			return err
		}
		conn, peer = wrap(c), text(from)
		conn.setPeer(peer)
		// Linux hands the door's limit on to the connection: to be taken
		// away before its first call.
		conn.limited = s.isLimited()
		return nil
	})
	return conn, peer, failure("accept", s.name(), err)
}

// Connect opens a connection to a listening socket: connect(2).
func (s *Socket) Connect(addr string) error {
	to, err := resolve(addr)
	if err != nil {
		return failure("connect", addr, err)
	}
	interrupted := false
	err = s.call(sending, s.until(), func(fd int) error {
		err := sysConnect(fd, to.sockaddr())
		if interrupted && err == syscall.EISCONN {
			// An interrupted connect goes on without us, and this one was
			// done before we asked again.
			return nil
		}
		interrupted = true
		return err
	})
	if err == nil {
		s.setPeer(addr)
	}
	return failure("connect", addr, err)
}

// Recv waits for bytes and returns what is there, at most n: recv(2). However
// the other end wrote them, any number from 1 to n may come. An empty slice and
// no error mean that the other end has finished sending.
func (s *Socket) Recv(n int) ([]byte, error) {
	if n < 0 {
		return nil, failure("recv", s.name(), syscall.EINVAL)
	}
	buf := make([]byte, n)
	err := s.call(receiving, s.until(), func(fd int) (err error) {
		n, err = syscall.Read(fd, buf) // recv(2) without flags is read(2)
		if err == nil && n == 0 && s.isClosed() {
			return net.ErrClosed // our own Close, not the peer's end
		}
		return err
	})
	if err != nil {
		return nil, failure("recv", s.name(), err)
	}
	return buf[:n], nil
}

// Send hands bytes to the system: send(2). It returns how many the system took.
// That can be fewer than you gave, and the rest is then yours to send.
func (s *Socket) Send(b []byte) (int, error) {
	n, err := s.send(b, s.until())
	return n, failure("send", s.name(), err)
}

// SendAll sends again and again until all of b is gone, as Python's sendall
// does. A time limit is one for the whole of it.
func (s *Socket) SendAll(b []byte) error {
	until := s.until()
	for len(b) > 0 {
		n, err := s.send(b, until)
		if err != nil {
			return failure("send", s.name(), err)
		}
		b = b[n:]
	}
	return nil
}

func (s *Socket) send(b []byte, until time.Time) (n int, err error) {
	err = s.call(sending, until, func(fd int) (err error) {
		n, err = syscall.SendmsgN(fd, b, nil, nil, sendFlags)
		return err
	})
	return max(n, 0), err // the system's -1 says no more than err does
}

// Shutdown ends one direction, or both: shutdown(2). After SHUT_WR the other
// end reads to the end of the stream, and you can still receive.
func (s *Socket) Shutdown(how int) error {
	err := s.call(atOnce, never, func(fd int) error {
		return syscall.Shutdown(fd, how)
	})
	return failure("shutdown", s.name(), err)
}

// Close gives the socket back: close(2). Calls that wait on it return with
// net.ErrClosed, and Close waits for them to leave. It may be called twice.
//
// While input is unread, closing makes the system send a reset, and a reset can
// overtake your answer. Shutdown(SHUT_WR), then Recv to the end, then Close.
func (s *Socket) Close() error {
	return failure("close", s.name(), s.shut())
}

// SetTimeout limits every later call that waits, each from its own start. 0 is
// no limit. A call that runs out of time fails with os.ErrDeadlineExceeded.
func (s *Socket) SetTimeout(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.timeout, s.limited = d, true
}

// SetDeadline limits all later calls together: none of them waits beyond t,
// however often a byte drips in. The zero time is no limit.
func (s *Socket) SetDeadline(t time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.deadline, s.limited = t, true
}

// GetSockName is our own address: getsockname(2). It is "" for a closed socket.
func (s *Socket) GetSockName() string {
	var addr syscall.Sockaddr
	err := s.call(atOnce, never, func(fd int) (err error) {
		addr, err = syscall.Getsockname(fd)
		return err
	})
	if err != nil {
		return ""
	}
	return text(addr)
}

// GetPeerName is the other end's address: getpeername(2). It is "" for a socket
// that is not connected, or closed.
func (s *Socket) GetPeerName() string {
	var addr syscall.Sockaddr
	err := s.call(atOnce, never, func(fd int) (err error) {
		addr, err = syscall.Getpeername(fd)
		return err
	})
	if err != nil {
		return ""
	}
	return text(addr)
}

// Fileno is the descriptor, the small number by which the system knows the
// socket. It is -1 after Close.
func (s *Socket) Fileno() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return -1
	}
	return s.fd
}
