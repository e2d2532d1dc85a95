package httpserver

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// A Request is the head of one request, and a way to its content. Its strings
// hold the bytes that came: nothing is decoded.
type Request struct {
	Line   string // the request line as it came, without its line end
	Method string // "GET": case matters
	Target string // "/list/?x=1", still encoded; "//host" has become "/host"
	Proto  string // "HTTP/1.1"; "HTTP/0.9" for a line of two words
	Fields Fields // in the order in which they came

	// Length is the Content-Length: 0 without one, -1 where the length cannot
	// be known (no number, two different ones, or a transfer coding, which
	// this server cannot undo).
	Length int64
	// Body reads the content, at most Length bytes of it, and io.EOF after
	// them. A client that ends early gives io.ErrUnexpectedEOF.
	Body io.Reader

	ClientAddress string      // the client's end, "127.0.0.1:51234"
	Server        *HTTPServer // the server that read this request

	keepAlive bool // another request may follow this one
}

// An Error is a request that cannot be served: a status code, a message for
// the status line, and an explanation for the page. An empty Message or
// Explain stands for the code's own words.
type Error struct {
	Code    int
	Message string
	Explain string
}

func (e *Error) Error() string {
	return fmt.Sprintf("httpserver: status %d: %s", e.Code, e.Message)
}

// Path is the target up to its query or fragment, still percent-encoded.
func (r *Request) Path() string {
	path, _, _ := splitTarget(r.Target)
	return path
}

// Query is what stands after the first "?" of the target, up to a fragment,
// still encoded. It is empty where there is none.
func (r *Request) Query() string {
	_, query, _ := splitTarget(r.Target)
	return query
}

// splitTarget cuts a target at its "?" and "#". A client keeps the fragment
// to itself (RFC 9110, 4.1); one that is sent all the same is no file name.
func splitTarget(target string) (path, query, fragment string) {
	target, fragment, _ = strings.Cut(target, "#")
	path, query, _ = strings.Cut(target, "?")
	return path, query, fragment
}

// readRequest reads a head into r. Its error is an *Error for the client,
// io.EOF where nothing came, or what reading gave.
func (c *conn) readRequest(r *Request) error {
	c.left = -1
	r.Body = body{c}
	// One deadline for the whole head: a byte a second does not move it.
	c.net.SetReadDeadline(time.Now().Add(c.server.HeadTimeout))
	line, err := readLine(c.in, maxLine)
	if err == errLineTooLong {
		return &Error{Code: 414}
	}
	r.Line = strings.TrimRight(line, "\r\n")
	switch {
	case err != nil:
		return err
	case r.Line == "":
		return io.EOF // http.server takes an empty line for the end, too
	}
	if fault := r.parseLine(); fault != nil {
		return fault
	}
	fields, clean, err := readFields(c.in)
	if err != nil {
		return err
	}
	r.Fields = fields
	r.Length = contentLength(fields)
	c.left = r.Length
	// Where it is not clear how long the content is, two readers could
	// disagree on where the next request begins. That is how one is smuggled
	// past a proxy (RFC 9112, 11.2), so no request may follow this one.
	r.keepAlive = clean && r.Length >= 0 && r.wantsKeepAlive()
	return nil
}

// parseLine fills in what r.Line says.
//
// The order of the questions is http.server's, and a client sees it: the
// version is looked at before the words are counted, and until it is known to
// be good the client counts as one of HTTP/0.9, which gets no status line.
func (r *Request) parseLine() *Error {
	r.Proto = "HTTP/0.9"
	words := strings.FieldsFunc(r.Line, isSpace)
	if len(words) >= 3 {
		proto := words[len(words)-1]
		major, ok := parseVersion(proto)
		if !ok {
			return &Error{Code: 400,
				Message: "Bad request version ('" + proto + "')"}
		}
		if major >= '2' {
			return &Error{Code: 505, Message: "Invalid HTTP version (" +
				strings.TrimPrefix(proto, "HTTP/") + ")"}
		}
		r.Proto = proto
	}
	switch {
	case len(words) < 2 || len(words) > 3:
		return &Error{Code: 400,
			Message: "Bad request syntax ('" + r.Line + "')"}
	case len(words) == 2 && words[0] != "GET":
		return &Error{Code: 400,
			Message: "Bad HTTP/0.9 request type ('" + words[0] + "')"}
	}
	r.Method = words[0]
	r.Target = oneSlash(words[1])
	return nil
}

// isSpace reports what may stand between the words of a request line. One
// space is due; RFC 9112, 3 lets a server take these as well.
func isSpace(c rune) bool { return c == ' ' || c >= '\t' && c <= '\r' }

// parseVersion returns the first digit of "HTTP/1.1". Both numbers have one
// digit (RFC 9112, 2.3).
func parseVersion(proto string) (major byte, ok bool) {
	number, found := strings.CutPrefix(proto, "HTTP/")
	if !found || len(number) != 3 || number[1] != '.' ||
		!isDigit(number[0]) || !isDigit(number[2]) {
		return 0, false
	}
	return number[0], true
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// oneSlash leaves one slash of several at the start of a target. A browser
// takes "//host/x" in a Location for another host: whoever can make people
// follow a link to this server could send them anywhere.
func oneSlash(target string) string {
	if strings.HasPrefix(target, "//") {
		return "/" + strings.TrimLeft(target, "/")
	}
	return target
}

// wantsKeepAlive reports whether server and client both want to go on after
// this request (RFC 9112, 9.3).
func (r *Request) wantsKeepAlive() bool {
	connection := r.Fields.Get("Connection")
	switch {
	case r.Server.Protocol != "HTTP/1.1" || r.Proto < "HTTP/1.0":
		return false
	case strings.EqualFold(connection, "close"):
		return false
	case strings.EqualFold(connection, "keep-alive"):
		return true
	}
	return r.Proto >= "HTTP/1.1"
}

// contentLength returns the length of the content, 0 where the fields speak of
// none, -1 where it cannot be known (RFC 9112, 6.3).
func contentLength(fields Fields) int64 {
	length, found := int64(0), false
	for _, f := range fields {
		switch {
		case strings.EqualFold(f.Name, "Transfer-Encoding"):
			return -1
		case strings.EqualFold(f.Name, "Content-Length"):
			n, err := strconv.ParseUint(f.Value, 10, 63)
			if err != nil || found && int64(n) != length {
				return -1
			}
			length, found = int64(n), true
		}
	}
	return length
}

// A body reads the content of a request from its connection, and no byte of
// the next request.
type body struct{ c *conn }

func (b body) Read(p []byte) (int, error) {
	c := b.c
	if c.left <= 0 {
		return 0, io.EOF
	}
	c.net.SetReadDeadline(time.Now().Add(c.server.BodyTimeout))
	n, err := c.in.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}
