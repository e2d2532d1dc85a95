package socketserver

import (
	"context"
	"fmt"
	"io"
	"net"
	"time"
)

// Shutdown closes the door, so that no client comes in any more, and waits for
// the conversations that go on. When ctx ends first, it returns an error that
// wraps ctx's and says how many there are; Close cuts them off.
//
// Called by a handler, it would wait for that handler: use another goroutine.
// Python's shutdown leaves the door open, where clients then wait in vain until
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
	return fmt.Errorf("socketserver: shutdown: still in conversation: %d: %w",
		len(s.open), context.Cause(ctx))
}

// Close closes the door and every connection, at once. It may be called twice,
// and after Shutdown.
func (s *TCPServer) Close() error {
	err := s.stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	for conn := range s.open {
		conn.Close()
	}
	return err
}

// stop closes the door, the first time that it is called.
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

// enter notes a conversation, unless the server is stopping.
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

// leave strikes it out. The last one of a stopping server lets Shutdown go.
func (s *TCPServer) leave(conn net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, conn)
	if s.drained != nil && len(s.open) == 0 {
		close(s.drained)
	}
}

// How long, and to how much, a server listens after its answer.
const (
	lingerTime  = time.Second
	lingerBytes = 4 << 20
)

// hangUp ends a connection without losing the answer. A close while input is
// unread makes the system send a reset, and a reset can throw away what the
// client has not read yet. So: no more from us, then read what is still coming,
// within bounds, then close. (RFC 9112, 9.6)
func hangUp(conn net.Conn) {
	defer conn.Close()
	half, ok := conn.(interface{ CloseWrite() error })
	if !ok || half.CloseWrite() != nil {
		return // no TCP, or nobody there any more
	}
	conn.SetReadDeadline(time.Now().Add(lingerTime))
	io.CopyN(io.Discard, conn, lingerBytes)
}
