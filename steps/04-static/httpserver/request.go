package httpserver

import (
	"io"
	"strconv"
	"strings"
)

// A Request is the head of one request, and a way to its content. Its strings
// hold the bytes of the wire: nothing is decoded, and a byte from 0x80 up
// stands for itself.
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

	keepAlive bool // the client and the version allow another request
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
	message := e.Message
	if message == "" {
		message, _ = statusText(e.Code)
	}
	return "httpserver: " + strconv.Itoa(e.Code) + ": " + message
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

// parseLine fills in what r.Line says. http11 tells whether this server speaks
// HTTP/1.1 and may keep the connection.
//
// The order of the questions is http.server's, and it shows on the wire: the
// version is looked at before the words are counted, and until it is known to
// be good the client counts as one of HTTP/0.9, which gets no status line.
func (r *Request) parseLine(http11 bool) *Error {
	r.Proto = "HTTP/0.9"
	var space [8]string
	words := splitWords(space[:0], r.Line)
	if len(words) >= 3 {
		proto := words[len(words)-1]
		major, minor, ok := parseVersion(proto)
		if !ok {
			return &Error{400, "Bad request version (" + Repr(proto) + ")", ""}
		}
		if major >= 2 {
			_, number, _ := strings.Cut(proto, "/")
			return &Error{505, "Invalid HTTP version (" + number + ")", ""}
		}
		r.Proto = proto
		r.keepAlive = http11 && major == 1 && minor >= 1
	}
	switch {
	case len(words) < 2 || len(words) > 3:
		return &Error{400, "Bad request syntax (" + Repr(r.Line) + ")", ""}
	case len(words) == 2 && words[0] != "GET":
		return &Error{
			400, "Bad HTTP/0.9 request type (" + Repr(words[0]) + ")", ""}
	}
	r.Method = words[0]
	r.Target = oneSlash(words[1])
	return nil
}

// oneSlash leaves one slash of several at the start of a target. A browser
// takes "//host/x" in a Location for another host: whoever can make people
// follow a link to this server could send them anywhere.
func oneSlash(target string) string {
	if strings.HasPrefix(target, "//") {
		return "/" + strings.TrimLeft(target, "/")
	}
	return target
}

// splitWords appends the words of line to dst: what stands between white
// space as Python's str.split sees it in Latin-1 text. RFC 9112, 3 asks for
// single spaces and lets a server be this lenient.
func splitWords(dst []string, line string) []string {
	start := -1
	for i := range len(line) {
		switch {
		case isSpace(line[i]):
			if start >= 0 {
				dst = append(dst, line[start:i])
			}
			start = -1
		case start < 0:
			start = i
		}
	}
	if start >= 0 {
		dst = append(dst, line[start:])
	}
	return dst
}

// isSpace reports whether c is white space to str.split: the six of ASCII,
// its four separators, and the two that Latin-1 adds.
func isSpace(c byte) bool {
	return c == ' ' || c >= '\t' && c <= '\r' ||
		c >= 0x1c && c <= 0x1f || c == 0x85 || c == 0xa0
}

// parseVersion takes "HTTP/1.1" apart. Both numbers may have up to ten digits
// here; RFC 9112, 2.3 allows one.
func parseVersion(proto string) (major, minor uint64, ok bool) {
	number, ok := strings.CutPrefix(proto, "HTTP/")
	if !ok {
		return 0, 0, false
	}
	left, right, ok := strings.Cut(number, ".")
	if !ok || len(left) > 10 || len(right) > 10 {
		return 0, 0, false
	}
	// ParseUint in base 10 takes no sign, no space and no underscore.
	major, err := strconv.ParseUint(left, 10, 64)
	if err != nil {
		return 0, 0, false
	}
	minor, err = strconv.ParseUint(right, 10, 64)
	return major, minor, err == nil
}
