package socketserver

import (
	"bufio"
	"net"
)

// A Request is one accepted connection, with what Python's handlers find in
// self: request, client_address and server.
type Request struct {
	Conn          net.Conn // to the client; the server closes it
	ClientAddress string   // the client's end, "127.0.0.1:51234"
	Server        *TCPServer
}

// A Handler serves one client. An error, or a panic, is logged; it ends this
// connection and not the server.
//
// Handle of a threading server is called from many goroutines at once. When it
// returns, the server hangs up.
type Handler interface {
	Handle(r *Request) error
}

// A BaseRequestHandler is a Handler that reads and writes the connection
// itself, as a class with a method handle does in Python.
type BaseRequestHandler func(r *Request) error

// Handle calls h.
func (h BaseRequestHandler) Handle(r *Request) error { return h(r) }

// A StreamRequestHandler is a Handler with files to read and write. Both are
// buffered: rfile so that a line can be read however it was cut, wfile so that
// a response written in pieces goes out as one. What wfile holds when the
// function returns is sent then.
//
// Python's wfile holds nothing back; where the client must see a part before
// the rest is ready, call its Flush.
type StreamRequestHandler func(
	r *Request, rfile *bufio.Reader, wfile *bufio.Writer) error

// Handle makes the files, calls h and sends what is left.
func (h StreamRequestHandler) Handle(r *Request) error {
	wfile := bufio.NewWriter(r.Conn)
	err := h(r, bufio.NewReader(r.Conn), wfile)
	// A response that was begun before the error is still the client's.
	if flushed := wfile.Flush(); err == nil {
		err = flushed
	}
	return err
}
