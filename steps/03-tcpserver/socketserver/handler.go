package socketserver

import (
	"bufio"
	"net"
	"sync"
)

// A Request is one accepted connection, with what Python's handlers find in
// self: request, client_address and server.
type Request struct {
	Conn          net.Conn // to the client; the server closes it
	ClientAddress string   // the client's end, "127.0.0.1:51234"
	Server        *TCPServer
}

// A Handler has the conversation with one client. An error, or a panic, ends
// this conversation and not the server.
//
// Handle of a threading server is called from many goroutines at once. When it
// returns, the conversation is over: the server hangs up.
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
// an answer written in pieces goes out as one. What wfile holds when the
// function returns is sent then. Neither may be used after that.
//
// Python's wfile holds nothing back; where the client must see a part before
// the rest is ready, call its Flush.
type StreamRequestHandler func(
	r *Request, rfile *bufio.Reader, wfile *bufio.Writer) error

// Handle makes the files, calls h and sends what is left.
func (h StreamRequestHandler) Handle(r *Request) error {
	rfile := readers.Get().(*bufio.Reader)
	wfile := writers.Get().(*bufio.Writer)
	rfile.Reset(r.Conn)
	wfile.Reset(r.Conn)
	err := h(r, rfile, wfile)
	// An answer that was begun before the error is still the client's.
	if flushed := wfile.Flush(); err == nil {
		err = flushed
	}
	// Let go of the connection, and keep the memory for the next one. After a
	// panic this is not reached: who knows who still holds those files.
	rfile.Reset(nil)
	wfile.Reset(nil)
	readers.Put(rfile)
	writers.Put(wfile)
	return err
}

// Buffers are used again: a server makes and drops thousands a second.
var (
	readers = sync.Pool{New: func() any { return bufio.NewReader(nil) }}
	writers = sync.Pool{New: func() any { return bufio.NewWriter(nil) }}
)
