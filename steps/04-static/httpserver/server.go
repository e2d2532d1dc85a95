package httpserver

import (
	"context"
	"fmt"
	"io"
	"net"
	"strconv"
	"time"

	"example/wirebook/steps/03-tcpserver/socketserver"
)

// An HTTPServer is a TCPServer whose conversations are HTTP. Python's adds a
// name and a port to its TCPServer; ours adds limits as well, because it meets
// the same clients: those that say nothing, those that say it slowly, and
// those that never read.
//
// From the TCPServer it has ServeForever, Shutdown, Close and ServerAddress.
// Shutdown waits for connections that are kept open, too: give its context an
// end, and call Close then.
//
// Set the fields before it serves, and do not change them afterwards.
type HTTPServer struct {
	*socketserver.TCPServer

	Protocol string    // "HTTP/1.0", or "HTTP/1.1" to keep connections
	Software string    // the value of the Server field
	Log      io.Writer // one line a request, as Python writes it; nil for none

	HeadTimeout  time.Duration // until a head is complete
	BodyTimeout  time.Duration // for each read of a body
	WriteTimeout time.Duration // for each write, of 1 MiB at most

	// ServerName and ServerPort say where the server is. The name is
	// "localhost" for a loopback address, else the address itself: Python asks
	// the DNS here, and may wait for it.
	ServerName string
	ServerPort int

	handler Handler
	log     logger
	date    clock
}

// DefaultSoftware is the Server field of a server that is given no other:
// Python's name for this handler, and ours where Python has its own version.
const DefaultSoftware = "SimpleHTTP/0.6 Wirebook"

// NewHTTPServer opens the door at addr ("localhost:8000"; port 0 lets the
// system choose) for a server that speaks HTTP/1.0, serves up to 1024 clients
// at once, and gives each 15 s for a head and 30 s for each piece of content.
func NewHTTPServer(addr string, h Handler) (*HTTPServer, error) {
	// Without TCP's keep-alive probes each connection saves four system
	// calls. Every wait has a deadline here, which finds a dead client sooner.
	config := net.ListenConfig{KeepAlive: -1}
	ln, err := config.Listen(context.Background(), "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("httpserver: %w", err)
	}
	s := &HTTPServer{
		Protocol:     "HTTP/1.0",
		Software:     DefaultSoftware,
		HeadTimeout:  15 * time.Second,
		BodyTimeout:  30 * time.Second,
		WriteTimeout: 30 * time.Second,
		handler:      h,
		date:         clock{format: HTTPDate},
		log:          logger{time: clock{format: logTime}},
	}
	s.TCPServer = &socketserver.TCPServer{
		Listener:  ln,
		Handler:   socketserver.BaseRequestHandler(s.talk),
		Threading: true,
		MaxConns:  1024,
	}
	s.ServerName, s.ServerPort = nameOf(ln.Addr().String())
	return s, nil
}

// nameOf returns the server's name and port for the address it listens on.
func nameOf(addr string) (name string, port int) {
	name, digits, _ := net.SplitHostPort(addr)
	if ip := net.ParseIP(name); ip != nil && ip.IsLoopback() {
		name = "localhost"
	}
	port, _ = strconv.Atoi(digits)
	return name, port
}

// http11 reports whether this server may keep connections.
func (s *HTTPServer) http11() bool { return s.Protocol == "HTTP/1.1" }
