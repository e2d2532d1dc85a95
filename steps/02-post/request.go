package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"time"

	"example/wirebook/steps/01-socket/socket"
	"example/wirebook/steps/02-post/site"
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
func readRequest(conn *socket.Socket) (*site.Request, error) {
	conn.SetDeadline(time.Now().Add(readTimeout))
	head, rest, err := readHead(conn)
	if err != nil {
		return nil, err
	}
	request, err := site.Parse(head)
	if err != nil {
		return nil, err
	}
	conn.SetDeadline(time.Now().Add(readTimeout))
	request.Body, err = readBody(conn, request, rest)
	if err != nil {
		return nil, err
	}
	return request, nil
}

// readHead reads to the empty line, in however many arrivals the head comes,
// and returns the lines before it, and what came with it of the body: an
// arrival ends where it likes.
func readHead(conn *socket.Socket) (head string, rest []byte, err error) {
	// read the head
	var read []byte
	for len(read) <= maxHead {
		part, err := conn.Recv(1024)
		if err != nil || len(part) == 0 {
			return "", nil, endedEarly(len(read), err)
		}
		// The four bytes of the end may be cut as well: up to three of
		// them can be in what we have already looked through.
		from := max(0, len(read)-3)
		read = append(read, part...)
		end := bytes.Index(read[from:], []byte("\r\n\r\n"))
		if end >= 0 {
			end += from
			return string(read[:end]), read[end+4:], nil
		}
	}
	// refuse a head without end
	return "", nil, &site.StatusError{
		Status: "431 Request Header Fields Too Large"}
}

// endedEarly returns the error for a head of which n bytes have come and no
// more will: err is what Recv returned, nil for the end of the stream.
func endedEarly(n int, err error) error {
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded) && n > 0:
		return &site.StatusError{Status: "408 Request Timeout"}
	case err != nil:
		return err
	case n == 0:
		return io.EOF
	}
	return site.BadRequest("", "connection closed before the blank line")
}

// readBody reads on until the whole body has come, and returns it; rest is what
// came with the head.
func readBody(
	conn *socket.Socket, request *site.Request, rest []byte) ([]byte, error) {
	// know the length
	length, err := request.BodyLength()
	if err != nil {
		return nil, err
	}
	if length > len(rest) && request.ExpectsContinue() {
		err := conn.SendAll([]byte("HTTP/1.1 100 Continue\r\n\r\n"))
		if err != nil {
			return nil, err
		}
	}
	// read the rest
	body := rest
	for len(body) < length {
		part, err := conn.Recv(64 << 10)
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded):
			return nil, &site.StatusError{
				Status: "408 Request Timeout", Method: request.Method}
		case err != nil:
			return nil, err
		case len(part) == 0:
			return nil, site.BadRequest(request.Method,
				"body shorter than Content-Length")
		}
		body = append(body, part...)
	}
	// leave what follows the body
	return body[:length], nil
}
