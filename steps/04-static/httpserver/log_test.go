package httpserver

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// TestLog compares the log with http.server's, byte for byte, the time apart.
func TestLog(t *testing.T) {
	for _, c := range []struct{ request, due string }{
		{getHello, `"GET /hello.txt HTTP/1.0" 200 -` + "\n"},
		{"GET /none HTTP/1.0\r\n\r\n", "code 404, message File not found\n" +
			`"GET /none HTTP/1.0" 404 -` + "\n"},
		{"GET /a\\b\x1b[31m HTTP/1.0\r\n\r\n",
			"code 404, message File not found\n" +
				`"GET /a\\b\x1b[31m HTTP/1.0" 404 -` + "\n"},
		{"G\xe9T\x9b\t / HTTP/1.0\r\n\r\n",
			`code 501, message Unsupported method ('GéT\\x9b')` + "\n" +
				`"GéT\x9b\x09 / HTTP/1.0" 501 -` + "\n"},
		{"\r\n", ""},
	} {
		log := &lockedWriter{w: new(bytes.Buffer)}
		addr := helloServer(t, func(s *HTTPServer) { s.Log = log })
		ask(t, addr, c.request)
		got := strings.ReplaceAll(timeValue.ReplaceAllString(log.String(),
			"[]"), "127.0.0.1 - - [] ", "")
		if got != c.due {
			t.Errorf("%q: got %q, want %q", c.request, got, c.due)
		}
	}
}

// A server without a log does not fail for it, and one whose log cannot be
// written goes on.
func TestLogFails(t *testing.T) {
	closed, err := os.CreateTemp(t.TempDir(), "log")
	must(t, err)
	must(t, closed.Close())
	addr := helloServer(t, func(s *HTTPServer) { s.Log = closed })
	if !served(t, addr) {
		t.Error("no answer without a log")
	}
}
