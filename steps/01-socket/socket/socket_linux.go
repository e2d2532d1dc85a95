//go:build !socketnet

package socket

import (
	"net"
	"net/netip"
	"os"
	"sync"
	"syscall"
	"time"
)

// A Socket is one end of a connection, or a listener. Its methods may be called
// from several goroutines at once.
type Socket struct {
	fd *descriptor // the system's number; fd.use makes a call with it

	mu       sync.Mutex // protects what follows
	addr     string     // for errors: the other end, or where we listen
	timeout  time.Duration
	deadline time.Time
}

// New asks the system for a socket: socket(2). It has no address yet.
func New(family, kind int) (*Socket, error) {
	if family != AF_INET || kind != SOCK_STREAM {
		return nil, failure("socket", "", syscall.EPROTONOSUPPORT)
	}
	// CLOEXEC: programs that we start do not inherit the socket.
	fd, err := syscall.Socket(family, kind|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, failure("socket", "", err)
	}
	return &Socket{fd: newDescriptor(fd)}, nil
}

// SetSockOpt sets an option that is a number: setsockopt(2).
func (s *Socket) SetSockOpt(level, name, value int) error {
	err := s.fd.use(func(fd int) error {
		return syscall.SetsockoptInt(fd, level, name, value)
	})
	return failure("setsockopt", s.about(), err)
}

// Bind gives the socket its address: bind(2). "127.0.0.1:8000" and
// "localhost:8000" are this machine alone, ":8000" is every interface of it,
// and port 0 lets the system choose; GetSockName tells what it chose.
func (s *Socket) Bind(addr string) error {
	to, err := resolve(addr)
	if err != nil {
		return failure("bind", addr, err)
	}
	err = s.fd.use(func(fd int) error {
		return syscall.Bind(fd, sockaddr(to))
	})
	if err != nil {
		return failure("bind", addr, err)
	}
	s.setAbout(s.GetSockName())
	return nil
}

// Listen makes the socket a listener: listen(2). From here on the system
// completes connections by itself; about backlog of them wait for Accept, and
// the system lets further ones wait outside.
func (s *Socket) Listen(backlog int) error {
	err := s.fd.use(func(fd int) error {
		return syscall.Listen(fd, backlog)
	})
	return failure("listen", s.about(), err)
}

// Accept waits for the next connection: accept(2). It returns a new socket, for
// this one client, and the client's address. s goes on listening.
func (s *Socket) Accept() (conn *Socket, peer string, err error) {
	err = s.wait(syscall.SO_RCVTIMEO, func(fd int) error {
		c, from, err := syscall.Accept4(fd, syscall.SOCK_CLOEXEC)
		if err != nil {
			return err
		}
		peer = text(from)
		conn = &Socket{fd: newDescriptor(c), addr: peer}
		return nil
	})
	return conn, peer, failure("accept", s.about(), err)
}

// Connect opens a connection to a listener: connect(2).
func (s *Socket) Connect(addr string) error {
	to, err := resolve(addr)
	if err != nil {
		return failure("connect", addr, err)
	}
	err = s.wait(syscall.SO_SNDTIMEO, func(fd int) error {
		err := syscall.Connect(fd, sockaddr(to))
		if err == syscall.EINPROGRESS || err == syscall.EALREADY {
			err = syscall.EAGAIN // cut short; the next call waits on
		}
		return err
	})
	if err == nil {
		s.setAbout(addr)
	}
	return failure("connect", addr, err)
}

// Recv waits for bytes and returns what is there, at most n: recv(2). However
// the other end wrote them, any number from 1 to n may come. An empty slice and
// no error mean that the other end has finished sending.
func (s *Socket) Recv(n int) ([]byte, error) {
	if n < 0 {
		return nil, failure("recv", s.about(), syscall.EINVAL)
	}
	buf := make([]byte, n)
	err := s.wait(syscall.SO_RCVTIMEO, func(fd int) (err error) {
		n, err = syscall.Read(fd, buf) // recv(2) without flags is read(2)
		if err == nil && n == 0 && s.fd.isClosed() {
			err = net.ErrClosed // our own Close, not the other end's
		}
		return err
	})
	if err != nil {
		return nil, failure("recv", s.about(), err)
	}
	return buf[:n], nil
}

// Send hands bytes to the system: send(2). It returns how many the system took.
// That can be fewer than you gave, and the rest is then yours to send. When the
// other end is gone, the system also sends the signal SIGPIPE, which ends a C
// program; Go, like Python, ignores it.
func (s *Socket) Send(b []byte) (int, error) {
	sent := 0
	err := s.wait(syscall.SO_SNDTIMEO, func(fd int) (err error) {
		sent, err = syscall.Write(fd, b) // send(2) without flags is write(2)
		return err
	})
	return max(sent, 0), failure("send", s.about(), err)
}

// SendAll sends again and again until all of b is gone, as Python's sendall
// does. A time limit is one for the whole of it.
func (s *Socket) SendAll(b []byte) error {
	err := s.wait(syscall.SO_SNDTIMEO, func(fd int) error {
		sent, err := syscall.Write(fd, b)
		b = b[max(sent, 0):] // an error comes with -1
		if err == nil && len(b) > 0 {
			err = syscall.EAGAIN // once more, in the time that is left
		}
		return err
	})
	return failure("send", s.about(), err)
}

// Shutdown ends one direction, or both: shutdown(2). After SHUT_WR the other
// end reads to the end of the stream, and you can still receive.
func (s *Socket) Shutdown(how int) error {
	err := s.fd.use(func(fd int) error {
		return syscall.Shutdown(fd, how)
	})
	return failure("shutdown", s.about(), err)
}

// Close gives the socket back: close(2). Calls that wait on it return with
// net.ErrClosed, and Close waits for them to return. It may be called twice.
//
// While input is unread, closing makes the system send a reset, and a reset can
// overtake your response. Shutdown(SHUT_WR), then Recv to the end, then Close.
func (s *Socket) Close() error {
	return failure("close", s.about(), s.fd.close())
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

// until returns the moment at which a call that begins now gives up, the zero
// time for never.
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

// wait makes a call that may wait, and makes it again when it was cut short:
// EINTR says that a signal came (Go's runtime sends itself many), EAGAIN that
// the system's own limit is over. Before each, limit sets what time is left.
func (s *Socket) wait(option int, call func(fd int) error) error {
	until := s.until()
	return s.fd.use(func(fd int) error {
		for {
			if err := limit(fd, option, until); err != nil {
				return err
			}
			err := call(fd)
			if err != nil && s.fd.isClosed() {
				return net.ErrClosed
			}
			if err != syscall.EINTR && err != syscall.EAGAIN {
				return err
			}
		}
	})
}

// limit tells the system how long the next call may wait; option is SO_RCVTIMEO
// or SO_SNDTIMEO, for receiving or sending. To the system, 0 is no limit.
func limit(fd, option int, until time.Time) error {
	var left time.Duration
	if !until.IsZero() {
		left = time.Until(until)
		if left <= 0 {
			return os.ErrDeadlineExceeded
		}
	}
	// The system counts in microseconds; this rounds up, never down to 0.
	tv := syscall.NsecToTimeval(left.Nanoseconds())
	return syscall.SetsockoptTimeval(fd, SOL_SOCKET, option, &tv)
}

// GetSockName is our own address: getsockname(2). It is "" for a closed socket.
func (s *Socket) GetSockName() string {
	var addr syscall.Sockaddr
	s.fd.use(func(fd int) (err error) {
		addr, err = syscall.Getsockname(fd)
		return err
	})
	return text(addr)
}

// GetPeerName is the other end's address: getpeername(2). It is "" for a socket
// that is not connected, or closed.
func (s *Socket) GetPeerName() string {
	var addr syscall.Sockaddr
	s.fd.use(func(fd int) (err error) {
		addr, err = syscall.Getpeername(fd)
		return err
	})
	return text(addr)
}

// Fileno is the descriptor, the small number by which the system knows the
// socket. It is -1 after Close.
func (s *Socket) Fileno() int {
	number := -1
	s.fd.use(func(fd int) error { number = fd; return nil })
	return number
}

// about is the address that an error names. The socket keeps it, since the
// system forgets it when the socket is closed.
func (s *Socket) about() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addr
}

func (s *Socket) setAbout(addr string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.addr = addr
}

// sockaddr is an address as the system calls take it.
func sockaddr(a netip.AddrPort) syscall.Sockaddr {
	return &syscall.SockaddrInet4{Addr: a.Addr().As4(), Port: int(a.Port())}
}

// text writes an address as people do, "127.0.0.1:8000".
func text(addr syscall.Sockaddr) string {
	a, ok := addr.(*syscall.SockaddrInet4)
	if !ok {
		return "" // none, or not IPv4 and so not of this package's making
	}
	ip := netip.AddrFrom4(a.Addr)
	return netip.AddrPortFrom(ip, uint16(a.Port)).String()
}
