package httpserver

import (
	"io"
	"strconv"
	"strings"
	"time"
)

// A body reads the content of a request from its connection, and no byte of
// the next request.
type body struct {
	c    *conn
	left int64 // bytes still to come
}

func (b *body) Read(p []byte) (int, error) {
	if b.left == 0 {
		return 0, io.EOF
	}
	b.c.net.SetReadDeadline(time.Now().Add(b.c.srv.BodyTimeout))
	n, err := b.c.in.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// parseFields sets what the fields say about the content and the connection.
// clean is false where not all of them could be read.
func (r *Request) parseFields(clean, http11 bool) {
	r.Length = contentLength(r.Fields)
	switch connection := r.Fields.Get("Connection"); {
	case strings.EqualFold(connection, "close"):
		r.keepAlive = false
	case strings.EqualFold(connection, "keep-alive"):
		r.keepAlive = http11 && r.Proto != "HTTP/0.9"
	}
	if !clean || r.Length < 0 {
		// Two readers could disagree on where the next request begins. That
		// is how one is smuggled past a proxy (RFC 9112, 11.2).
		r.keepAlive = false
	}
}

// contentLength returns the length of the content, 0 where the fields speak of
// none, -1 where it cannot be known (RFC 9112, 6.3).
func contentLength(f Fields) int64 {
	length, found := int64(0), false
	for i := range f {
		switch {
		case strings.EqualFold(f[i].Name, "Transfer-Encoding"):
			return -1
		case strings.EqualFold(f[i].Name, "Content-Length"):
			n, err := strconv.ParseUint(f[i].Value, 10, 63)
			if err != nil || found && int64(n) != length {
				return -1
			}
			length, found = int64(n), true
		}
	}
	return length
}
