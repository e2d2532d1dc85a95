package socketserver

import (
	"errors"
	"fmt"
	"log"
	"net"
	"runtime/debug"
	"time"
)

// ServeForever accepts connections and has them handled until Shutdown or
// Close; then it waits for the conversations that go on and returns nil. It
// returns an error only when the door itself fails.
func (s *TCPServer) ServeForever() error {
	var slots chan struct{} // one for each connection that may be open
	if s.Threading && s.MaxConns > 0 {
		slots = make(chan struct{}, s.MaxConns)
	}
	pause := firstPause
	for {
		if slots != nil {
			slots <- struct{}{} // waits while all are taken
		}
		conn, err := s.Listener.Accept()
		switch {
		case err == nil:
			pause = firstPause
			s.process(conn, func() {
				if slots != nil {
					<-slots
				}
			})
			continue
		case s.stopped():
			<-s.drained
			return nil
		case errors.Is(err, net.ErrClosed):
			return fmt.Errorf("socketserver: %w", err)
		}
		// No descriptors left, or a client that was gone before it came in:
		// this passes. Until then, do not spin.
		log.Printf("socketserver: %v; trying again in %v", err, pause)
		if slots != nil {
			<-slots
		}
		time.Sleep(pause)
		pause = min(2*pause, lastPause)
	}
}

// How long to wait after an accept that failed.
const (
	firstPause = 5 * time.Millisecond
	lastPause  = time.Second
)

// HandleRequest accepts one connection and has it handled. A plain server
// returns when that is over, a threading one at once.
func (s *TCPServer) HandleRequest() error {
	conn, err := s.Listener.Accept()
	if err != nil {
		return fmt.Errorf("socketserver: %w", err)
	}
	s.process(conn, func() {})
	return nil
}

// process has one connection handled, here or in a goroutine of its own, and
// calls done at the end of it.
func (s *TCPServer) process(conn net.Conn, done func()) {
	if !s.enter(conn) {
		conn.Close() // accepted while the server was stopping
		done()
		return
	}
	talk := func() {
		defer done()
		defer s.leave(conn)
		s.converse(conn)
	}
	if s.Threading {
		go talk()
	} else {
		talk()
	}
}

// converse is one conversation, from hello to hanging up.
func (s *TCPServer) converse(conn net.Conn) {
	r := &Request{
		Conn:          conn,
		ClientAddress: conn.RemoteAddr().String(),
		Server:        s,
	}
	if s.Timeout > 0 {
		conn.SetDeadline(time.Now().Add(s.Timeout))
	}
	switch err := s.handle(r); {
	case err == nil:
	case errors.Is(err, net.ErrClosed) && s.stopped():
		// We have cut this conversation off ourselves: no news.
	case s.HandleError != nil:
		s.HandleError(r, err)
	default:
		log.Printf("%s: %v", r.ClientAddress, err)
	}
	hangUp(conn)
}

// handle calls the handler and makes an error of a panic: a mistake that one
// client can provoke must not end the conversations of all the others.
func (s *TCPServer) handle(r *Request) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("socketserver: panic: %v\n%s", v, debug.Stack())
		}
	}()
	return s.Handler.Handle(r)
}
