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

// A conn is one connection and what it needs from one request to the next.
type conn struct {
	srv    *HTTPServer
	net    net.Conn
	in     *bufio.Reader
	client string // its address, "127.0.0.1:51234"

	// Of the present request. They live here so that a connection that is
	// kept needs no new ones each time.
	req    Request
	res    ResponseWriter
	body   body
	fields Fields
}

// readers lends a buffer to each connection; 4 KiB holds most heads.
var readers = sync.Pool{New: func() any { return bufio.NewReader(nil) }}

// talk is the conversation on one connection: one request and its answer, or
// with HTTP/1.1 as many as the client wants.
func (s *HTTPServer) talk(r *socketserver.Request) error {
	c := &conn{srv: s, net: r.Conn, client: r.ClientAddress}
	c.in = readers.Get().(*bufio.Reader)
	c.in.Reset(r.Conn)
	for c.serveOne() {
	}
	c.in.Reset(nil) // let go of the connection
	readers.Put(c.in)
	return nil
}

// serveOne reads a request and answers it. It reports whether the connection
// may be used for another.
func (c *conn) serveOne() bool {
	c.req = Request{Server: c.srv, ClientAddress: c.client}
	c.body = body{c: c}
	c.req.Body = &c.body
	c.res = ResponseWriter{c: c, r: &c.req}
	if err := c.readRequest(); err != nil {
		c.refuse(err)
		return false
	}
	c.sendContinue()
	c.srv.handler.Handle(&c.res, &c.req)
	c.res.finish()
	if c.req.keepAlive && c.res.framed && !c.res.close && c.skipBody() {
		return true
	}
	if c.req.Length >= 0 && c.body.left == 0 && c.in.Buffered() == 0 {
		// All that was sent has been read, so a close loses nothing, and the
		// server need not wait for the client as it does after talk.
		c.net.Close()
	}
	return false
}

// readRequest reads the head. Its error is an *Error for the client, io.EOF
// where nothing came, or what reading gave.
func (c *conn) readRequest() error {
	// One deadline for the whole head: a byte a second does not move it.
	c.net.SetReadDeadline(time.Now().Add(c.srv.HeadTimeout))
	line, err := readLine(c.in, maxLine)
	if err == errLineTooLong {
		return &Error{414, "", ""}
	}
	r := &c.req
	r.Line = strings.TrimRight(line, "\r\n")
	switch {
	case err != nil:
		return err
	case r.Line == "":
		return io.EOF // http.server takes an empty line for the end, too
	}
	if fault := r.parseLine(c.srv.http11()); fault != nil {
		return fault
	}
	clean := true
	c.fields, clean, err = readFields(c.in, c.fields[:0])
	if err != nil {
		return err
	}
	r.Fields = c.fields
	r.parseFields(clean, c.srv.http11())
	c.body.left = max(r.Length, 0)
	return nil
}

// refuse answers a request that could not be read, where there is somebody to
// read the answer: a client that was too slow in the middle of a head is told,
// but not one that has left, or has never said a word. (Browsers open spare
// connections and may not need them.)
func (c *conn) refuse(err error) {
	var fault *Error
	switch {
	case errors.As(err, &fault):
	case errors.Is(err, os.ErrDeadlineExceeded) && c.req.Line != "":
		fault = &Error{408, "", ""}
	default:
		return
	}
	c.res.SendError(fault.Code, fault.Message, fault.Explain)
	c.res.finish()
}

// sendContinue answers "Expect: 100-continue" (RFC 9110, 10.1.1): the client
// waits with its content until it hears that it is wanted.
func (c *conn) sendContinue() {
	if c.srv.http11() && c.req.Proto >= "HTTP/1.1" &&
		strings.EqualFold(c.req.Fields.Get("Expect"), "100-continue") {
		c.res.SendResponseOnly(100, "")
		c.res.EndHeaders()
		c.res.Flush()
		c.res.started = false // the response itself is still to come
	}
}

// skipBody reads what the handler has left of the content, for the next
// request begins after it. It reports whether it got there. Beyond 256 KiB a
// new connection is cheaper for both sides.
func (c *conn) skipBody() bool {
	const most = 256 << 10
	if c.body.left > most {
		return false
	}
	_, err := io.Copy(io.Discard, &c.body)
	return err == nil
}
