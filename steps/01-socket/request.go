package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"time"

	"example/wirebook/steps/01-socket/socket"
)

const (
	// readTimeout is how long a client may take over its head, all the bytes
	// of it together.
	readTimeout = 5 * time.Second
	// maxHead is how many bytes a head may have. Without a limit, a client
	// that never sends the empty line would fill the memory.
	maxHead = 64 << 10
)

// readRequest reads one request. The error is io.EOF when the client sent
// nothing at all, and a *statusError when what it sent is no request.
func readRequest(conn *socket.Socket) (*request, error) {
	conn.SetDeadline(time.Now().Add(readTimeout))
	head, err := readHead(conn)
	if err != nil {
		return nil, err
	}
	return parse(head)
}

// readHead reads to the empty line, in however many arrivals the head comes,
// and returns the lines before it.
func readHead(conn *socket.Socket) (string, error) {
	// read the head
	var read []byte
	for len(read) <= maxHead {
		part, err := conn.Recv(1024)
		if err != nil || len(part) == 0 {
			return "", endedEarly(len(read), err)
		}
		// The four bytes of the end may be cut as well: up to three of
		// them can be in what we have already looked through.
		from := max(0, len(read)-3)
		read = append(read, part...)
		end := bytes.Index(read[from:], []byte("\r\n\r\n"))
		if end >= 0 {
			return string(read[:from+end]), nil
		}
	}
	// refuse a head without end
	return "", &statusError{status: "431 Request Header Fields Too Large"}
}

// endedEarly returns the error for a head of which n bytes have come and no
// more will: err is what Recv returned, nil for the end of the stream.
func endedEarly(n int, err error) error {
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded) && n > 0:
		return &statusError{status: "408 Request Timeout"}
	case err != nil:
		return err
	case n == 0:
		return io.EOF
	}
	return badRequest("", "connection closed before the blank line")
}
