package main

import (
	"bufio"
	"io"
	"time"

	"example/wirebook/steps/03-tcpserver/socketserver"
)

// patience is how long a client may take over its head, all its bytes together,
// then over its body, then over taking in the answer.
const patience = 5 * time.Second

// handle reads one request and answers it. An error is for the log: what
// concerns the client has been told to the client.
func (s site) handle(
	c *socketserver.Request, rfile *bufio.Reader, wfile *bufio.Writer) error {
	c.Conn.SetDeadline(time.Now().Add(patience))
	answer, err := s.answer(c, rfile, wfile)
	if err == io.EOF {
		return nil // a connection that asks nothing gets nothing
	}
	if err != nil {
		return err
	}
	c.Conn.SetDeadline(time.Now().Add(patience))
	_, err = wfile.Write(answer)
	return err
}

// answer takes a request in and gives the bytes of the response.
func (s site) answer(c *socketserver.Request,
	rfile *bufio.Reader, wfile *bufio.Writer) ([]byte, error) {
	head, err := readHead(rfile)
	if err != nil {
		return refuse("", err)
	}
	r, err := parse(head)
	if err != nil {
		return refuse(r.method, err)
	}
	n, err := bodyLength(r)
	if err != nil {
		return refuse(r.method, err)
	}
	c.Conn.SetDeadline(time.Now().Add(patience))
	if err := readBody(rfile, wfile, r, n); err != nil {
		return refuse(r.method, err)
	}
	return s.choose(r).bytes(r.method), nil
}
