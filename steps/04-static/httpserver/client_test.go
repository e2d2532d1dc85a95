package httpserver

import (
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// dial connects to a test's server, for ten seconds at most.
func dial(t testing.TB, addr string) *net.TCPConn {
	t.Helper()
	nc, err := net.Dial("tcp", addr)
	must(t, err)
	t.Cleanup(func() { nc.Close() })
	must(t, nc.SetDeadline(time.Now().Add(10*time.Second)))
	return nc.(*net.TCPConn)
}

// ask sends a request on a connection of its own and returns all that comes
// back until the server closes.
func ask(t testing.TB, addr, request string) string {
	t.Helper()
	nc := dial(t, addr)
	send(t, nc, request)
	answer, err := io.ReadAll(nc)
	if err != nil {
		t.Errorf("%q: %v", request, err)
	}
	nc.Close()
	return string(answer)
}

func send(t testing.TB, w io.Writer, text string) {
	t.Helper()
	_, err := io.WriteString(w, text)
	must(t, err)
}

// status is the code of an answer, "" where it has no status line.
func status(answer string) string {
	if words := strings.Fields(answer); len(words) > 1 &&
		strings.HasPrefix(answer, "HTTP/1.") {
		return words[1]
	}
	return ""
}

// field is the value of a field of an answer, "" where it is not there.
func field(answer, name string) string {
	head, _, _ := strings.Cut(answer, "\r\n\r\n")
	for line := range strings.SplitSeq(head, "\r\n") {
		if value, found := strings.CutPrefix(line, name+": "); found {
			return value
		}
	}
	return ""
}

// helloDir is a folder with one small file.
func helloDir(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "hello.txt"),
		[]byte("Hello\n"), 0o644))
	return dir
}

// helloServer serves that folder.
func helloServer(t testing.TB, config func(*HTTPServer)) (addr string) {
	t.Helper()
	return siteServer(t, fileHandler(t, helloDir(t)), config)
}

const getHello = "GET /hello.txt HTTP/1.0\r\n\r\n"

// served reports whether the server still answers.
func served(t testing.TB, addr string) bool {
	t.Helper()
	return strings.HasSuffix(ask(t, addr, getHello), "\r\n\r\nHello\n")
}

// A handlerFunc is a function that serves as a Handler.
type handlerFunc func(w *ResponseWriter, r *Request)

func (f handlerFunc) Handle(w *ResponseWriter, r *Request) { f(w, r) }
