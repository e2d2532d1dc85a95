package message

import (
	"strconv"
	"strings"
)

// A Framing says how long the content is, and by what rule it is known.
type Framing int

// The framings.
const (
	NoContent  Framing = iota // there is no content
	ByLength                  // Content-Length
	ByChunks                  // Transfer-Encoding: chunked
	ByClose                   // until the server closes
	Unknown                   // it cannot be known
	NoMessages                // no messages follow at all
)

// framing follows RFC 9112, 6.3, in its order. method is the request's, of the
// message itself or of the one that it answers; empty if unknown.
func (h *Head) framing(dir Dir, method string) (Framing, int64) {
	if dir == ToClient {
		switch {
		case h.Code == 101 || method == "CONNECT" && h.Code/100 == 2:
			return NoMessages, 0
		case method == "HEAD" || h.Code/100 == 1 || h.Code == 204 || h.Code == 304:
			return NoContent, 0
		}
	}
	unknown := Unknown
	if dir == ToClient {
		unknown = ByClose
	}
	if codings := h.all("transfer-encoding"); len(codings) > 0 {
		list := strings.ToLower(strings.Join(codings, ","))
		if last := list[strings.LastIndexByte(list, ',')+1:]; strings.TrimSpace(last) == "chunked" {
			return ByChunks, 0
		}
		return unknown, 0
	}
	if lengths := h.all("content-length"); len(lengths) > 0 {
		if n, ok := contentLength(lengths); ok {
			return ByLength, n
		}
		return unknown, 0
	}
	if dir == ToClient {
		return ByClose, 0
	}
	return NoContent, 0
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

// checkFraming says what is wrong with the newest field, if it is one that
// decides where content ends, or which site is meant.
func (h *Head) checkFraming() string {
	f := h.fields[len(h.fields)-1]
	first, again := h.seen[f.name]
	again = again && first < len(h.fields)-1
	_, length := h.seen["content-length"]
	_, coding := h.seen["transfer-encoding"]
	switch f.name {
	case "content-length":
		if _, ok := contentLength([]string{f.value}); !ok {
			return "A length is decimal digits alone, and not too large; where the content ends cannot be known (RFC 9110, 8.6)."
		}
		if _, ok := contentLength([]string{h.fields[first].value, f.value}); !ok {
			return "Two lengths that differ: readers disagree on where the content ends, and attackers use that (RFC 9112, 6.3)."
		}
		if again {
			return "The length is given twice; a reader may refuse that (RFC 9110, 8.6)."
		}
		if coding {
			return bothLengths
		}
	case "transfer-encoding":
		if h.Version == "HTTP/1.0" {
			return "HTTP/1.0 has no transfer codings; readers disagree on where the content ends (RFC 9112, 6.1)."
		}
		if length {
			return bothLengths
		}
	case "host":
		if again {
			return "A second Host field; a server answers 400 (RFC 9112, 3.2)."
		}
	}
	return ""
}

const bothLengths = "Content-Length and Transfer-Encoding together: the coding wins, and readers that disagree can be attacked (RFC 9112, 6.3)."
