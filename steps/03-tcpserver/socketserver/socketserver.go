// Package socketserver is the accept loop as a library, the counterpart of
// Python's socketserver. You bring a Handler, which serves one client; a
// TCPServer brings the rest: it listens, accepts, calls the handler, survives
// its errors and panics, hangs up without losing the response, and stops.
//
// What step 01 did by hand is still there:
//
//	step 01, by hand                     here
//	socket, setsockopt, bind, listen     NewTCPServer, by net.Listen
//	accept, in a loop                    ServeForever
//	a goroutine for each client          the field Threading
//	recv, sendall                        the handler's rfile and wfile
//	shutdown, recv to the end, close     after each Handle
//
// Python has a class for each kind of server; here the kinds are fields.
//
// The package knows nothing of HTTP: any protocol over TCP fits. It is not
// package net/http, which takes this role and the next step's together.
package socketserver

import (
	"fmt"
	"net"
	"sync"
)

// A TCPServer accepts connections and has them handled. Make one with
// NewTCPServer, or fill in Listener and Handler; set the other fields before it
// serves, and do not change them afterwards.
type TCPServer struct {
	// Listener is the socket that accepts. Shutdown and Close close it.
	Listener net.Listener

	// Handler serves each client.
	Handler Handler

	// Threading gives each connection a goroutine of its own. Without it, one
	// client that sends nothing makes all the others wait.
	Threading bool

	// MaxConns is how many connections a threading server has open at once;
	// 0 means 1000. At the limit it stops accepting, and clients wait in the
	// system's queue.
	MaxConns int

	mu      sync.Mutex
	open    map[net.Conn]struct{} // the connections that are being served
	drained chan struct{}         // made by stop, closed when open is empty
}

// NewTCPServer listens on addr ("localhost:8000"; port 0 lets the system
// choose) for a server that serves one client at a time: Python's TCPServer.
func NewTCPServer(addr string, h Handler) (*TCPServer, error) {
	// Package net sets SO_REUSEADDR, so that a server can be started again at
	// once; Python leaves that to its allow_reuse_address, which is off.
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("socketserver: %w", err)
	}
	return &TCPServer{Listener: l, Handler: h}, nil
}

// ServerAddress is the listener's address, with the real port:
// "127.0.0.1:8000".
func (s *TCPServer) ServerAddress() string { return s.Listener.Addr().String() }
