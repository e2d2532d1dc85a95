package response

import (
	"bytes"
	"strings"
)

// A Request is what of a request its response depends on.
type Request struct {
	Method  string
	Version string
	Interim bool // the response awaited is a 1xx
}

// Requests finds the requests in what a client has sent on one connection: all
// that their responses depend on. The last one may be unfinished.
func Requests(sent []byte) []Request {
	var list []Request
	for {
		sent = bytes.TrimLeft(sent, "\r\n")
		if len(sent) == 0 {
			return list
		}
		n := lineLen(sent)
		words := strings.Fields(string(sent[:n]))
		q := Request{}
		if len(words) > 0 {
			q.Method = words[0]
		}
		if len(words) > 2 {
			q.Version = words[len(words)-1]
		}
		list = append(list, q)
		sent = sent[requestLen(sent):]
	}
}

// requestLen is the length of the request that b begins with, len(b) if it is
// unfinished.
func requestLen(b []byte) int {
	r := &Message{Raw: b, BodyAt: -1}
	off := lineLen(b)
	for off < len(b) && r.BodyAt < 0 {
		n := lineLen(b[off:])
		line := Line{off, off + len(bytes.TrimRight(b[off:off+n], "\r\n")), off + n}
		off += n
		if line.At == line.TextEnd && b[off-1] == '\n' {
			r.BodyAt = off
			break
		}
		r.setField(line)
	}
	if r.BodyAt < 0 {
		return len(b)
	}
	r.setFraming(Request{})
	if r.Framing == ByClose { // a request has no content without a length
		return r.BodyAt
	}
	r.setBody(false)
	return r.End
}
