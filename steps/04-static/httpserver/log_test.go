package httpserver

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// logTime is the time of a log line.
var logTime = regexp.MustCompile(`\[\d\d/\w{3}/\d{4} \d\d:\d\d:\d\d\]`)

// A lockedBuffer can be read while others write to it.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// TestLog compares the log with http.server's, the time apart.
func TestLog(t *testing.T) {
	for _, c := range []struct{ request, due string }{
		{getHello, `"GET /hello.txt HTTP/1.0" 200 -` + "\n"},
		{"GET /none HTTP/1.0\r\n\r\n", "code 404, message File not found\n" +
			`"GET /none HTTP/1.0" 404 -` + "\n"},
		{"GET /a\\b\x1b[31m HTTP/1.0\r\n\r\n",
			"code 404, message File not found\n" +
				`"GET /a\\b\x1b[31m HTTP/1.0" 404 -` + "\n"},
		{"G\xe9T\x9b\t / HTTP/1.0\r\n\r\n",
			`code 501, message Unsupported method ('G\xe9T\x9b')` + "\n" +
				`"G\xe9T\x9b\t / HTTP/1.0" 501 -` + "\n"},
		{"GET /hello.txt HTTP/1.0\n\n",
			`"GET /hello.txt HTTP/1.0" 200 -` + "\n"},
		{"\r\n", ""},
	} {
		log := new(lockedBuffer)
		addr := helloServer(t, func(s *HTTPServer) { s.Log = log })
		ask(t, addr, c.request)
		got := strings.ReplaceAll(logTime.ReplaceAllString(log.String(),
			"[]"), "127.0.0.1 - - [] ", "")
		if got != c.due {
			t.Errorf("%q: got %q, want %q", c.request, got, c.due)
		}
	}
}

// A server whose log cannot be written goes on.
func TestLogFails(t *testing.T) {
	closed, err := os.CreateTemp(t.TempDir(), "log")
	must(t, err)
	must(t, closed.Close())
	addr := helloServer(t, func(s *HTTPServer) { s.Log = closed })
	if !served(t, addr) {
		t.Error("no answer without a log")
	}
}

// A soloWriter counts the writes that begin while another one goes on.
type soloWriter struct {
	mu       sync.Mutex
	overlaps atomic.Int32
}

func (w *soloWriter) Write(p []byte) (int, error) {
	if !w.mu.TryLock() {
		w.overlaps.Add(1)
		return len(p), nil
	}
	defer w.mu.Unlock()
	time.Sleep(time.Millisecond) // long enough for others to come
	return len(p), nil
}

// However many clients there are, the log is written line by line.
func TestLogLineByLine(t *testing.T) {
	log := new(soloWriter)
	addr := helloServer(t, func(s *HTTPServer) { s.Log = log })
	var clients sync.WaitGroup
	for range 50 {
		clients.Go(func() { ask(t, addr, getHello) })
	}
	clients.Wait()
	if n := log.overlaps.Load(); n > 0 {
		t.Errorf("%d of 50 lines were written into others", n)
	}
}
