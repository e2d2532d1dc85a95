package cgi

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"

	"example/wirebook/steps/04-static/httpserver"
)

// The content that a script is given: no more, no less, however large.
func TestContent(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	t.Setenv("TMP", temp) // the same on Windows
	s := ownSite(t, func(_ *httpserver.HTTPServer, h *CGIHTTPRequestHandler) {
		h.MaxBody = 1 << 20
	})
	post := func(fields, body string) string {
		return ask(t, s.addr,
			"POST /cgi-bin/echo HTTP/1.1\r\n"+fields+"\r\n"+body)
	}
	for _, n := range []int{0, 1, 65536, 65537, 1 << 20} {
		got := post(fmt.Sprintf("Content-Length: %d\r\n", n),
			strings.Repeat("x", n))
		if !strings.HasPrefix(content(got), strconv.Itoa(n)+" bytes") {
			t.Errorf("%d bytes: got %q", n, got)
		}
	}
	for _, c := range []struct{ name, fields, body, due string }{
		{"no length", "", "", "200"},
		{"too large", "Content-Length: 1048577\r\n", "", "413"},
		{"far too large", "Content-Length: 99999999999999999999\r\n", "", "400"},
		{"negative", "Content-Length: -1\r\n", "", "400"},
		{"two lengths", "Content-Length: 1\r\nContent-Length: 2\r\n", "ab", "400"},
		{"chunked", "Transfer-Encoding: chunked\r\n", "0\r\n\r\n", "411"},
	} {
		if got := post(c.fields, c.body); status(got) != c.due {
			t.Errorf("%s: got %q, want %s", c.name, got, c.due)
		}
	}
	// The files that held the content are gone.
	left, err := os.ReadDir(temp)
	must(t, err)
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// A client that leaves in the middle of its form starts no script.
func TestHalfAForm(t *testing.T) {
	t.Parallel()
	s := ownSite(t, nil)
	nc := dial(t, s.addr)
	io.WriteString(nc, "POST /cgi-bin/echo HTTP/1.0\r\n"+
		"Content-Length: 12\r\n\r\nfirst")
	nc.CloseWrite()
	got, _ := io.ReadAll(nc)
	if status(string(got)) != "400" {
		t.Errorf("got %q", got)
	}
}
