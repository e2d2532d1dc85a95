package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"time"

	"example/wirebook/steps/02-post/site"
	"example/wirebook/steps/03-tcpserver/socketserver"
)

const (
	// readTimeout is how long a client may take over its head, all the bytes
	// of it together, and then over its body.
	readTimeout = 5 * time.Second
	// maxHead is how many bytes a head may have. Without a limit, a client
	// that never sends the empty line would fill the memory.
	maxHead = 64 << 10
)

// readRequest reads one request. The error is io.EOF when the client sent
// nothing at all, and a *site.StatusError when what it sent is no request.
func readRequest(c *socketserver.Request,
	rfile *bufio.Reader, wfile *bufio.Writer) (*site.Request, error) {
	c.Conn.SetDeadline(time.Now().Add(readTimeout))
	head, err := readHead(rfile)
	if err != nil {
		return nil, err
	}
	request, err := site.Parse(head)
	if err != nil {
		return nil, err
	}
	c.Conn.SetDeadline(time.Now().Add(readTimeout))
	request.Body, err = readBody(rfile, wfile, request)
	if err != nil {
		return nil, err
	}
	return request, nil
}

// readHead reads to the empty line, in however many arrivals the head comes,
// and returns the lines before it.
func readHead(rfile *bufio.Reader) (string, error) {
	// read the head
	var read []byte
	for len(read) <= maxHead {
		// A byte at a time is not slow, since rfile has read ahead; and what
		// came with it of the body stays there.
		b, err := rfile.ReadByte()
		if err != nil {
			return "", endedEarly(len(read), err)
		}
		read = append(read, b)
		if b == '\n' && bytes.HasSuffix(read, []byte("\r\n\r\n")) {
			return string(read[:len(read)-4]), nil
		}
	}
	// refuse a head without end
	return "", &site.StatusError{Status: "431 Request Header Fields Too Large"}
}

// endedEarly returns the error for a head of which n bytes have come and no
// more will: err is what reading returned, io.EOF for the end of the stream.
func endedEarly(n int, err error) error {
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded) && n > 0:
		return &site.StatusError{Status: "408 Request Timeout"}
	case err == io.EOF && n > 0:
		return site.BadRequest("", "connection closed before the blank line")
	}
	return err
}

// readBody reads on until the whole body has come, and returns it. What follows
// the body is not ours.
func readBody(rfile *bufio.Reader, wfile *bufio.Writer,
	request *site.Request) ([]byte, error) {
	// know the length
	length, err := request.BodyLength()
	if err != nil {
		return nil, err
	}
	if length > rfile.Buffered() && request.ExpectsContinue() {
		wfile.WriteString("HTTP/1.1 100 Continue\r\n\r\n")
		if err := wfile.Flush(); err != nil {
			return nil, err
		}
	}
	// read the rest: memory is taken for what comes, not for what is promised
	body, err := io.ReadAll(io.LimitReader(rfile, int64(length)))
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, &site.StatusError{
			Status: "408 Request Timeout", Method: request.Method}
	case err != nil:
		return nil, err
	case len(body) < length:
		return nil, site.BadRequest(request.Method,
			"body shorter than Content-Length")
	}
	return body, nil
}
