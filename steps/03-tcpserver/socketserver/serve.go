package socketserver

import (
	"cmp"
	"errors"
	"fmt"
	"log"
	"net"
	"runtime/debug"
	"time"
)

// How long to wait after an accept that failed.
const (
	firstPause = 5 * time.Millisecond
	lastPause  = time.Second
)

// ServeForever accepts connections and has them handled until Shutdown or
// Close; then it waits for those that are being served and returns nil. It
// returns an error only when somebody else has closed the listener.
func (s *TCPServer) ServeForever() error {
	slots := make(chan struct{}, cmp.Or(s.MaxConns, 1000))
	pause := firstPause
	for {
		slots <- struct{}{} // waits while MaxConns connections are open
		conn, err := s.Listener.Accept()
		if err == nil {
			pause = firstPause
			s.process(conn, slots)
			continue
		}
		<-slots
		if s.stopped() {
			<-s.drained
			return nil
		}
		if errors.Is(err, net.ErrClosed) {
			return fmt.Errorf("socketserver: %w", err)
		}
		// No descriptors left, or a client that was gone before it came in:
		// this passes. Until then, do not spin.
		log.Printf("socketserver: %v; trying again in %v", err, pause)
		time.Sleep(pause)
		pause = min(2*pause, lastPause)
	}
}

// process serves one connection, here or in a goroutine of its own, and gives
// its slot back at the end.
func (s *TCPServer) process(conn net.Conn, slots <-chan struct{}) {
	if !s.enter(conn) {
		conn.Close() // accepted while the server was stopping
		<-slots
		return
	}
	serve := func() {
		defer func() { <-slots }()
		defer s.leave(conn)
		s.serveConn(conn)
	}
	if s.Threading {
		go serve()
	} else {
		serve()
	}
}

// serveConn handles one connection and closes it.
func (s *TCPServer) serveConn(conn net.Conn) {
	client := conn.RemoteAddr().String()
	err := s.handle(&Request{Conn: conn, ClientAddress: client, Server: s})
	// A connection that our own Close has cut off is no news.
	ours := errors.Is(err, net.ErrClosed) && s.stopped()
	if err != nil && !ours {
		log.Printf("%s: %v", client, err)
	}
	hangUp(conn)
}

// handle calls the handler and makes an error of a panic: a mistake that one
// client can provoke must not end the connections of all the others.
func (s *TCPServer) handle(r *Request) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("socketserver: panic: %v\n%s", v, debug.Stack())
		}
	}()
	return s.Handler.Handle(r)
}
