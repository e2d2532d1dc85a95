package cgi

import (
	"bufio"
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

// patience is how long a test waits for what must come.
const patience = 20 * time.Second

func dial(t testing.TB, addr string) *net.TCPConn {
	t.Helper()
	nc, err := net.Dial("tcp", addr)
	must(t, err)
	t.Cleanup(func() { nc.Close() })
	nc.SetDeadline(time.Now().Add(patience))
	return nc.(*net.TCPConn)
}

// ask sends a request and returns the whole answer.
func ask(t testing.TB, addr, request string) string {
	t.Helper()
	nc := dial(t, addr)
	defer nc.Close()
	_, err := io.WriteString(nc, request)
	must(t, err)
	answer, err := io.ReadAll(nc)
	must(t, err)
	return string(answer)
}

// get asks for a path.
func (s *site) get(t testing.TB, path string) string {
	t.Helper()
	return ask(t, s.addr, "GET "+path+" HTTP/1.0\r\n\r\n")
}

// status is an answer's code.
func status(answer string) string {
	_, rest, _ := strings.Cut(answer, " ")
	code, _, _ := strings.Cut(rest, " ")
	return code
}

// content is what follows an answer's head.
func content(answer string) string {
	_, body, _ := strings.Cut(answer, "\r\n\r\n")
	return body
}

func bufioReader(s string) *bufio.Reader {
	return bufio.NewReaderSize(strings.NewReader(s), 32<<10)
}

// waitFor waits until something holds.
func waitFor(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !holds(); {
		if time.Now().After(end) {
			t.Fatalf("waited %v for %s", patience, what)
		}
		time.Sleep(time.Millisecond)
	}
}
