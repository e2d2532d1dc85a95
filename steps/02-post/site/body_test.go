package site

import (
	"slices"
	"strings"
	"testing"
)

func TestBodyLength(t *testing.T) {
	const post = "POST / HTTP/1.1\r\nHost: h\r\n"
	for _, c := range []struct {
		head string
		want int
		err  string
	}{
		{"GET / HTTP/1.1\r\nHost: h", 0, ""},
		{"GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 5", 5, ""},
		{post + "Content-Length: 0", 0, ""},
		{post + "Content-Length: 007", 7, ""},
		{post + "Content-Length: 12\r\nContent-Length: 12", 12, ""},
		{post + "Content-Length: 1048576", MaxBody, ""},
		{post + "Content-Length: 1048577", 0, "413 Content Too Large"},
		{post + "Content-Length: " + strings.Repeat("9", 30), 0, "413 Content Too Large"},
		{post + "A: b", 0, "411 Length Required"},
		{post + "Transfer-Encoding: chunked\r\nContent-Length: 5", 0,
			"501 Not Implemented: no transfer codings here"},
		{post + "Content-Length: 5\r\nContent-Length: 5\r\nContent-Length: 6", 0,
			"400 Bad Request: bad Content-Length"},
		{post + "Content-Length: +5", 0, "400 Bad Request: bad Content-Length"},
		{post + "Content-Length: -1", 0, "400 Bad Request: bad Content-Length"},
		{post + "Content-Length: 5, 5", 0, "400 Bad Request: bad Content-Length"},
		{post + "Content-Length:", 0, "400 Bad Request: bad Content-Length"},
	} {
		r, err := Parse(c.head)
		if err != nil {
			t.Fatal(err)
		}
		before := slices.Clone(r.Fields["content-length"])
		n, err := r.BodyLength()
		text := ""
		if err != nil {
			text = err.Error()
			if method := err.(*StatusError).Method; method != r.Method {
				t.Errorf("%q: the error is about %q", c.head, method)
			}
		}
		if n != c.want || text != c.err {
			t.Errorf("%q: %d, %q; want %d, %q", c.head, n, text, c.want, c.err)
		}
		if !slices.Equal(r.Fields["content-length"], before) {
			t.Errorf("%q: its fields are changed", c.head)
		}
	}
}

// An error response to HEAD has no content, so an error keeps the method.
func TestParseKeepsTheMethod(t *testing.T) {
	for _, rest := range []string{" / HTTP/2.0", " / HTTP/x", " / HTTP/1.1",
		" / HTTP/1.1\r\nHost: h\r\nno colon"} {
		_, err := Parse("HEAD" + rest)
		wrong, ok := err.(*StatusError)
		if !ok || wrong.Method != "HEAD" {
			t.Errorf("%q: %#v", rest, err)
		}
	}
}
