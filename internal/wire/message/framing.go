package message

import (
	"slices"
	"strconv"
	"strings"
)

// A Framing says how long the content is, and by what rule it is known.
type Framing int

// The framings.
const (
	Unknown    Framing = iota // it cannot be known, or not yet
	NoContent                 // there is none
	ByLength                  // Content-Length
	ByChunks                  // Transfer-Encoding: chunked
	ByClose                   // until the server closes
	NoMessages                // no messages follow at all
)

// ContentFraming says how the end of a message's content is known, and how many
// bytes it has if that is by length (RFC 9112, 6.3). method is the request's, of
// the message itself or of the one that it answers, empty if unknown; code is
// the response's. codings and lengths are the values of all Transfer-Encoding
// and Content-Length fields.
func ContentFraming(dir Dir, method string, code int, codings, lengths []string) (Framing, int64) {
	unknown, none := Unknown, NoContent
	if dir == ToClient {
		unknown, none = ByClose, ByClose
		switch {
		case code == 101 || method == "CONNECT" && code/100 == 2:
			return NoMessages, 0
		case method == "HEAD" || code/100 == 1 || code == 204 || code == 304:
			return NoContent, 0
		}
	}
	switch n, ok := contentLength(lengths); {
	case len(codings) > 0 && IsChunked(codings...):
		return ByChunks, 0
	case len(codings) > 0:
		return unknown, 0
	case len(lengths) == 0:
		return none, 0
	case !ok:
		return unknown, 0
	default:
		return ByLength, n
	}
}

// IsChunked tells whether chunked is the last of all transfer codings.
func IsChunked(codings ...string) bool {
	list := strings.Join(codings, ",")
	last := list[strings.LastIndexByte(list, ',')+1:]
	return strings.EqualFold(strings.TrimSpace(last), "chunked")
}

// contentLength reads all values of Content-Length. Several are good when they
// agree (RFC 9110, 8.6).
func contentLength(values []string) (n int64, ok bool) {
	for i, item := range strings.Split(strings.Join(values, ","), ",") {
		v, good := oneLength(item)
		if !good || i > 0 && v != n {
			return 0, false
		}
		n = v
	}
	return n, true
}

// oneLength takes digits and nothing else: ParseInt alone would let a sign
// pass.
func oneLength(s string) (int64, bool) {
	s = strings.Trim(s, " \t")
	for i := range len(s) {
		if !isDigit(s[i]) {
			return 0, false
		}
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil
}

// fields is what is remembered of a head's fields: how many there are, and what
// says where the content ends and which site is meant.
type fields struct {
	name             string // of the newest, in lower case
	count, hosts     int
	codings, lengths []string
}

// add begins a field.
func (f *fields) add(name string) {
	f.name = name
	f.count++
	switch name {
	case "host":
		f.hosts++
	case "transfer-encoding":
		f.codings = append(f.codings, "")
	case "content-length":
		f.lengths = append(f.lengths, "")
	}
}

// extend adds to the value of the newest field: a folded line continues it.
func (f *fields) extend(value []byte) {
	list := f.lengths
	switch f.name {
	case "transfer-encoding":
		list = f.codings
	case "content-length":
	default:
		return
	}
	last := &list[len(list)-1]
	*last = strings.TrimSpace(*last + " " + string(value))
}

func (f fields) clone() fields {
	f.codings, f.lengths = slices.Clone(f.codings), slices.Clone(f.lengths)
	return f
}

// finding says what is wrong with the newest field, if it is one of those. The
// version is that of the start line.
func (f *fields) finding(version string) string {
	switch f.name {
	case "content-length":
		first, last := f.lengths[0], f.lengths[len(f.lengths)-1]
		if _, ok := contentLength([]string{last}); !ok {
			return "A length is decimal digits alone, and not too large; where the content ends cannot be known (RFC 9110, 8.6)."
		}
		if _, ok := contentLength([]string{first, last}); !ok {
			return "Two lengths that differ: readers disagree on where the content ends, and attackers use that (RFC 9112, 6.3)."
		}
		if len(f.lengths) > 1 {
			return "The length is given twice; a reader may refuse that (RFC 9110, 8.6)."
		}
		if len(f.codings) > 0 {
			return bothLengths
		}
	case "transfer-encoding":
		if version == "HTTP/1.0" {
			return "HTTP/1.0 has no transfer codings; readers disagree on where the content ends (RFC 9112, 6.1)."
		}
		if len(f.lengths) > 0 {
			return bothLengths
		}
	case "host":
		if f.hosts > 1 {
			return "A second Host field; a server answers 400 (RFC 9112, 3.2)."
		}
	}
	return ""
}

const bothLengths = "Content-Length and Transfer-Encoding together: the coding wins, and readers that disagree can be attacked (RFC 9112, 6.3)."
