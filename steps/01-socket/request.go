package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"

	"example/wirebook/steps/01-socket/socket"
)

// maxHead is how long a head may become. Without a limit, a client that never
// sends the empty line would fill the memory.
const maxHead = 64 << 10

// A request is what the head of one says.
type request struct {
	method, target, version string
	fields                  map[string][]string // by name in lower case
}

// A refusal is an error that the client is told: a status and a reason.
type refusal struct {
	status, reason string
}

func (r *refusal) Error() string {
	if r.reason == "" {
		return r.status
	}
	return r.status + ": " + r.reason
}

// readHead reads to the empty line, in however many arrivals the head comes,
// and returns the lines before it. The error is io.EOF when the client asked
// nothing at all, and a *refusal when what it sent is no head.
func readHead(conn *socket.Socket) (string, error) {
	// read the head
	var head []byte
	for len(head) <= maxHead {
		part, err := conn.Recv(1024)
		if err != nil || len(part) == 0 {
			return "", endedEarly(len(head), err)
		}
		// The four bytes of the end may be cut as well: up to three of
		// them can be in what we have already looked through.
		from := max(0, len(head)-3)
		head = append(head, part...)
		end := bytes.Index(head[from:], []byte("\r\n\r\n"))
		if end >= 0 {
			return string(head[:from+end]), nil
		}
	}
	// refuse a head without end
	return "", &refusal{"431 Request Header Fields Too Large", ""}
}

// endedEarly says what it means that no more comes after n bytes of a head: err
// is what Recv reported, nil for the end of the stream.
func endedEarly(n int, err error) error {
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded) && n > 0:
		return &refusal{"408 Request Timeout", ""}
	case err != nil:
		return err
	case n == 0:
		return io.EOF
	}
	return badRequest("connection closed before the blank line")
}

// parse takes a head apart. What it does not understand it refuses: a guess
// here is how two programs come to read one request in two ways. The request is
// never nil: with a refusal it holds what was understood before that.
func parse(head string) (*request, error) {
	r := &request{fields: map[string][]string{}}
	lines := strings.Split(head, "\r\n")
	if lines[0] == "" && len(lines) > 1 {
		lines = lines[1:] // some clients send one line end too many
	}

	// split the request line
	words := strings.Split(lines[0], " ")
	if len(words) != 3 {
		return r, badRequest("request line must have three parts")
	}
	r.method, r.target, r.version = words[0], words[1], words[2]
	if !isVersion(r.version) {
		return r, badRequest("bad version")
	}
	if r.version[len("HTTP/")] != '1' {
		return r, &refusal{"505 HTTP Version Not Supported", ""}
	}

	// split the fields
	for _, line := range lines[1:] {
		name, value, found := strings.Cut(line, ":")
		if !found || !isToken(name) || strings.ContainsAny(value, "\x00\r\n") {
			return r, badRequest("bad field line")
		}
		name = strings.ToLower(name) // field names have no case
		r.fields[name] = append(r.fields[name], strings.Trim(value, " \t"))
	}
	// HTTP/1.0 knows no Host; every later 1.x demands exactly one.
	hosts := len(r.fields["host"])
	if hosts > 1 || hosts == 0 && r.version != "HTTP/1.0" {
		return r, badRequest("HTTP/1.1 needs exactly one Host")
	}
	return r, nil
}

func badRequest(reason string) error {
	return &refusal{"400 Bad Request", reason}
}

// isVersion says whether s is HTTP/, a digit, a dot, a digit.
func isVersion(s string) bool {
	numbers, found := strings.CutPrefix(s, "HTTP/")
	return found && len(numbers) == 3 && numbers[1] == '.' &&
		isDigit(numbers[0]) && isDigit(numbers[2])
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isToken says whether s can be a field's name: letters, digits, and a few
// signs (RFC 9110, 5.6.2). A space before the colon is not among them.
func isToken(s string) bool {
	for _, c := range s {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		case strings.ContainsRune("!#$%&'*+-.^_`|~", c):
		default:
			return false
		}
	}
	return s != ""
}
