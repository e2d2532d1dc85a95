// Package socketserver is the accept loop as a library, the counterpart of
// Python's socketserver. You bring a Handler, the conversation with one client;
// a TCPServer brings the rest: it opens the door, accepts, calls the handler,
// survives what the handler does, hangs up without losing the answer, and
// stops.
//
// What step 01 did by hand is still there:
//
//	step 01, by hand                     here
//	socket, setsockopt, bind, listen     NewTCPServer, by net.Listen
//	accept, in a loop                    ServeForever
//	a goroutine for each client          NewThreadingTCPServer
//	recv, sendall                        the handler's rfile and wfile
//	shutdown, recv to the end, close     after each Handle
//
// Python has a class for each kind of server and lets you override its methods.
// Here the kinds are a field, and what can be overridden is a field, too.
//
// The package knows nothing of HTTP: any conversation over TCP fits. It is not
// package net/http, which takes this role and the next step's together.
package socketserver

import (
	"fmt"
	"net"
	"sync"
	"time"
)

// A TCPServer accepts connections and has them handled. Make one with
// NewTCPServer or NewThreadingTCPServer, or fill in Listener and Handler; set
// the other fields before it serves, and do not change them afterwards.
type TCPServer struct {
	// Listener is the door. Shutdown and Close close it.
	Listener net.Listener

	// Handler has the conversation with each client.
	Handler Handler

	// Threading gives each connection a goroutine of its own. Without it, one
	// client that says nothing makes all the others wait.
	Threading bool

	// MaxConns is how many connections a threading server has open at once.
	// At the limit it stops accepting, and clients wait in the system's
	// queue. 0 is no limit.
	MaxConns int

	// Timeout is how long a conversation may take, from accept to the end of
	// Handle; then reading and writing fail with os.ErrDeadlineExceeded. A
	// handler can move the deadline of its own connection. 0 is no limit.
	Timeout time.Duration

	// HandleError is told of every Handle that failed, and of a panic in one;
	// the server goes on in any case. nil logs the client and the error.
	HandleError func(r *Request, err error)

	mu      sync.Mutex
	open    map[net.Conn]struct{} // the conversations that go on
	drained chan struct{}         // made by stop, closed when open is empty
}

// NewTCPServer opens the door at addr ("localhost:8000"; port 0 lets the system
// choose) for a server that has one conversation at a time: Python's TCPServer.
func NewTCPServer(addr string, h Handler) (*TCPServer, error) {
	// Package net sets SO_REUSEADDR, so that a server can be started again at
	// once; Python leaves that to its allow_reuse_address, which is off.
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("socketserver: %w", err)
	}
	return &TCPServer{Listener: l, Handler: h}, nil
}

// NewThreadingTCPServer is NewTCPServer for a server that talks with all its
// clients at once: Python's ThreadingTCPServer.
func NewThreadingTCPServer(addr string, h Handler) (*TCPServer, error) {
	s, err := NewTCPServer(addr, h)
	if err != nil {
		return nil, err
	}
	s.Threading = true
	return s, nil
}

// ServerAddress is where the door is, with the real port: "127.0.0.1:8000".
func (s *TCPServer) ServerAddress() string { return s.Listener.Addr().String() }
