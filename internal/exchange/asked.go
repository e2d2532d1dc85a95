package exchange

import (
	"bytes"
	"strings"
)

// An asked is what of a request its answer depends on.
type asked struct {
	method  string
	version string
	interim bool // the answer wanted is a 1xx
}

// requests finds the requests in what a client has sent on one connection: all
// that their answers depend on. The last one may be unfinished.
func requests(sent []byte) []asked {
	var list []asked
	for {
		sent = bytes.TrimLeft(sent, "\r\n")
		if len(sent) == 0 {
			return list
		}
		n := lineLen(sent)
		words := strings.Fields(string(sent[:n]))
		q := asked{}
		if len(words) > 0 {
			q.method = words[0]
		}
		if len(words) > 2 {
			q.version = words[len(words)-1]
		}
		list = append(list, q)
		sent = sent[requestLen(sent):]
	}
}

// requestLen is the length of the request that b begins with, len(b) if it is
// unfinished.
func requestLen(b []byte) int {
	r := &reading{raw: b, bodyAt: -1}
	off := lineLen(b)
	for off < len(b) && r.bodyAt < 0 {
		n := lineLen(b[off:])
		line := headLine{off, off + len(bytes.TrimRight(b[off:off+n], "\r\n")), off + n}
		off += n
		if line.at == line.textEnd && b[off-1] == '\n' {
			r.bodyAt = off
			break
		}
		r.setField(line)
	}
	if r.bodyAt < 0 {
		return len(b)
	}
	r.setFraming(asked{})
	if r.framing == byClose { // a request has no content without a length
		return r.bodyAt
	}
	r.setBody(false)
	return r.end
}
