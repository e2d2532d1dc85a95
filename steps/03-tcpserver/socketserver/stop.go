package socketserver

import (
	"context"
	"fmt"
	"io"
	"net"
	"time"
)

// Shutdown closes the listener, so that no new client is accepted, and waits
// for the connections that are being served. When ctx ends first, it returns an
// error that wraps ctx's and says how many there are; Close cuts them off.
//
// Called by a handler, it would wait for that handler: use another goroutine.
// Python's shutdown leaves the listener open, and clients wait in vain until
// server_close; this one does both.
func (s *TCPServer) Shutdown(ctx context.Context) error {
	s.stop()
	select {
	case <-s.drained:
		return nil
	case <-ctx.Done():
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Errorf("socketserver: shutdown: connections still open: %d: %w",
		len(s.open), context.Cause(ctx))
}

// Close closes the listener and every connection, at once. It may be called
// twice, and after Shutdown.
func (s *TCPServer) Close() error {
	err := s.stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	for conn := range s.open {
		conn.Close()
	}
	return err
}

// stop closes the listener, the first time that it is called.
func (s *TCPServer) stop() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.drained != nil {
		return nil
	}
	s.drained = make(chan struct{})
	if len(s.open) == 0 {
		close(s.drained)
	}
	return s.Listener.Close()
}

func (s *TCPServer) stopped() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.drained != nil
}

// enter adds conn to those being served, unless the server is stopping.
func (s *TCPServer) enter(conn net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.drained != nil {
		return false
	}
	if s.open == nil {
		s.open = make(map[net.Conn]struct{})
	}
	s.open[conn] = struct{}{}
	return true
}

// leave removes conn; the last one of a stopping server unblocks Shutdown.
func (s *TCPServer) leave(conn net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, conn)
	if s.drained != nil && len(s.open) == 0 {
		close(s.drained)
	}
}

// How long, and for how many bytes, a server reads on after its response.
const (
	shutdownTimeout = time.Second
	shutdownBytes   = 4 << 20
)

// hangUp ends a connection without losing the response. A close while input is
// unread makes the system send a reset, and a reset can throw away what the
// client has not read yet. So: no more from us, then read what is still coming,
// within bounds, then close. (RFC 9112, 9.6)
func hangUp(conn net.Conn) {
	defer conn.Close()
	half, ok := conn.(interface{ CloseWrite() error })
	if !ok || half.CloseWrite() != nil {
		return // no TCP, or nobody there any more
	}
	conn.SetReadDeadline(time.Now().Add(shutdownTimeout))
	io.CopyN(io.Discard, conn, shutdownBytes)
}
