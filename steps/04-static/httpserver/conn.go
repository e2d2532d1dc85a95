package httpserver

import (
	"bufio"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"sync"
	"time"

	"example/wirebook/steps/03-tcpserver/socketserver"
)

// A conn is one connection, on which requests come one after the other.
type conn struct {
	server *HTTPServer
	net    net.Conn
	client string        // the client's address, "127.0.0.1:51234"
	in     *bufio.Reader // reads from net
	out    *bufio.Writer // writes by conn.Write, which sets a deadline
	left   int64         // unread bytes of this request's content; -1: unknown
}

// writers lends a buffer to each connection: 32 KiB, room for a head and a
// page or a small picture. New ones would cost 40 % more processor time.
var writers = sync.Pool{New: func() any {
	return bufio.NewWriterSize(nil, 32<<10)
}}

// serveConn serves the requests of one connection: one, or with HTTP/1.1 as
// many as the client sends.
func (s *HTTPServer) serveConn(r *socketserver.Request) error {
	c := &conn{server: s, net: r.Conn, client: r.ClientAddress}
	c.in = bufio.NewReader(r.Conn)
	c.out = writers.Get().(*bufio.Writer)
	c.out.Reset(c)
	for c.serveRequest() {
	}
	c.out.Reset(nil)
	writers.Put(c.out)
	if c.left == 0 && c.in.Buffered() == 0 {
		// All that was sent has been read, so nothing is lost by closing now.
		// Otherwise the TCPServer first reads what is still coming. That would
		// always be right; this saves a tenth of the processor time.
		c.net.Close()
	}
	return nil
}

// serveRequest reads a request and has it answered. It reports whether the
// connection can be used for another.
func (c *conn) serveRequest() (again bool) {
	r := &Request{Server: c.server, ClientAddress: c.client}
	w := &ResponseWriter{c: c, r: r}
	if err := c.readRequest(r); err != nil {
		errorResponse(w, err)
		w.Flush()
		return false
	}
	sendContinue(w, r)
	c.server.handler.Handle(w, r)
	if w.Flush() != nil || !w.keepAlive() {
		return false
	}
	return c.skipBody()
}

// errorResponse answers a request that could not be read. A client that was
// too slow in the middle of a head is told; one that has left is not, nor one
// that has sent nothing. (Browsers open spare connections and may never use
// them.)
func errorResponse(w *ResponseWriter, err error) {
	var fault *Error
	switch {
	case errors.As(err, &fault):
		w.SendError(fault.Code, fault.Message, fault.Explain)
	case errors.Is(err, os.ErrDeadlineExceeded) && w.r.Line != "":
		w.SendError(408, "", "")
	}
}

// sendContinue answers "Expect: 100-continue" (RFC 9110, 10.1.1): the client
// sends its content when it has been told that it may.
func sendContinue(w *ResponseWriter, r *Request) {
	if r.Server.Protocol == "HTTP/1.1" && r.Proto >= "HTTP/1.1" &&
		strings.EqualFold(r.Fields.Get("Expect"), "100-continue") {
		w.sendStatusLine(100, "")
		w.EndHeaders()
		w.Flush()
	}
}

// maxSkip is how much unread content the server reads, in bytes, to keep a
// connection. Beyond that a new connection is cheaper for both sides.
const maxSkip = 256 << 10

// skipBody reads what the handler has left of the content, for the next
// request begins after it. It reports whether it got there.
func (c *conn) skipBody() bool {
	if c.left > maxSkip {
		return false
	}
	_, err := io.Copy(io.Discard, body{c})
	return err == nil
}

// Write sends p within WriteTimeout.
func (c *conn) Write(p []byte) (int, error) {
	c.net.SetWriteDeadline(time.Now().Add(c.server.WriteTimeout))
	return c.net.Write(p)
}

// ReadFrom sends src within WriteTimeout. Where src is a file and the
// connection is TCP, the kernel copies it (sendfile).
func (c *conn) ReadFrom(src io.Reader) (int64, error) {
	c.net.SetWriteDeadline(time.Now().Add(c.server.WriteTimeout))
	return io.Copy(c.net, src)
}
