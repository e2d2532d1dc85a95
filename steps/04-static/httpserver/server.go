package httpserver

import (
	"io"
	"net"
	"strconv"
	"sync"
	"time"

	"example/wirebook/steps/03-tcpserver/socketserver"
)

// Software is the value of the Server field in each response: the name of
// Python's handler, and ours where Python has its own version.
const Software = "SimpleHTTP/0.6 Wirebook"

// A Handler answers requests. It is what a subclass of Python's
// BaseHTTPRequestHandler is there: do_GET, do_HEAD and do_POST in one.
//
// Handle runs in the goroutine of its connection. It reads r.Body if it wants
// the content, writes the response to w, and returns. The server then sends
// what w still holds, skips what is left of the body, and closes the
// connection or waits for the next request on it. Neither w nor r may be used
// after Handle has returned.
type Handler interface {
	Handle(w *ResponseWriter, r *Request)
}

// An HTTPServer is a TCPServer whose connections speak HTTP. It adds limits
// to Python's: for clients that send nothing, send slowly, or never read.
//
// From the TCPServer it has ServeForever, Shutdown, Close and ServerAddress.
// Shutdown waits for connections that are kept open, too: give its context an
// end, and call Close then.
//
// Set the fields before it serves, and do not change them afterwards.
type HTTPServer struct {
	*socketserver.TCPServer

	Protocol string    // "HTTP/1.0", or "HTTP/1.1" to keep connections open
	Log      io.Writer // one line a request, as Python writes it; nil for none

	HeadTimeout  time.Duration // for a whole head
	BodyTimeout  time.Duration // for each read of a body
	WriteTimeout time.Duration // for each write, at most 1 MiB of a file

	// ServerName and ServerPort say where the server is. The name is
	// "localhost" for a loopback address, else the address itself. (Python
	// asks the DNS for a name, and may wait for it.)
	ServerName string
	ServerPort int

	handler Handler
	logging sync.Mutex // held while a line is written to Log
}

// NewHTTPServer listens on addr ("localhost:8000"; port 0 lets the system
// choose) and returns a server that speaks HTTP/1.0, serves up to 1024 clients
// at once, and waits 15 s for a head, and 30 s for each read of a body and for
// each write. Its error is that of socketserver.NewTCPServer.
func NewHTTPServer(addr string, h Handler) (*HTTPServer, error) {
	s := &HTTPServer{
		Protocol:     "HTTP/1.0",
		HeadTimeout:  15 * time.Second,
		BodyTimeout:  30 * time.Second,
		WriteTimeout: 30 * time.Second,
		handler:      h,
	}
	tcp, err := socketserver.NewTCPServer(addr,
		socketserver.BaseRequestHandler(s.serveConn))
	if err != nil {
		return nil, err
	}
	tcp.Threading = true
	tcp.MaxConns = 1024
	s.TCPServer = tcp
	s.ServerName, s.ServerPort = nameOf(tcp.ServerAddress())
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
