//go:build (linux || darwin) && !socketnet

package socket

import (
	"net"
	"strconv"
	"syscall"
)

// names are a socket's addresses as errors give them, kept since the system
// forgets them when the socket is closed. The guard's mutex protects them.
type names struct {
	local, peer string
}

func (s *Socket) setLocal(addr string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.local = addr
}

func (s *Socket) setPeer(addr string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.peer = addr
}

// name is the address that an error is about: the other end, or, for a door,
// the place where it stands.
func (s *Socket) name() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.peer != "" {
		return s.peer
	}
	return s.local
}

// wrap makes a Socket of a descriptor.
func wrap(fd int) *Socket {
	return &Socket{guard: guard{fd: fd, gone: make(chan struct{})}}
}

// sockaddr is an address as the system calls take it.
func (e endpoint) sockaddr() syscall.Sockaddr {
	return &syscall.SockaddrInet4{Addr: e.ip, Port: e.port}
}

// text writes an address as people do, "127.0.0.1:8000".
func text(addr syscall.Sockaddr) string {
	a, ok := addr.(*syscall.SockaddrInet4)
	if !ok {
		return "" // not IPv4, so not of this package's making
	}
	return net.JoinHostPort(net.IP(a.Addr[:]).String(), strconv.Itoa(a.Port))
}
