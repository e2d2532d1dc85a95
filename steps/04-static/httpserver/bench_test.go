//go:build unix

package httpserver

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"example/wirebook/internal/steptest"
)

// The benchmarks compare this server with net/http's for a file of 10 KiB:
//
//	go test -run '^$' -bench . ./steps/04-static/httpserver
//
// steptest.Race says what the numbers mean.

func BenchmarkClose(b *testing.B)     { race(b, false) }
func BenchmarkKeepAlive(b *testing.B) { race(b, true) }

func race(b *testing.B, keep bool) {
	dir := b.TempDir()
	must(b, os.WriteFile(filepath.Join(dir, "file.txt"),
		[]byte(strings.Repeat("0123456789abcde\n", 640)), 0o644))
	r := steptest.Race{Ours: "HTTP/1.0", Theirs: "net/http", Dir: dir,
		Clients: 4, Load: func(addr string, n int) error {
			return load(addr, keep, n)
		}}
	if keep {
		r.Ours = "HTTP/1.1"
	}
	b.Run("quiet", r.Run)
	r.Log = true
	b.Run("log", r.Run)
}

// TestMain is a server instead of a test where a benchmark starts it as one.
func TestMain(m *testing.M) {
	if !steptest.ServeBenchmark(steptest.Servers{
		"HTTP/1.0": ours("HTTP/1.0"),
		"HTTP/1.1": ours("HTTP/1.1"),
		"net/http": theirs,
	}) {
		os.Exit(m.Run())
	}
}

func ours(protocol string) func(string, io.Writer) (
	string, func() error, error) {
	return func(dir string, out io.Writer) (string, func() error, error) {
		h, err := NewSimpleHTTPRequestHandler(dir)
		if err != nil {
			return "", nil, err
		}
		s, err := NewHTTPServer("127.0.0.1:0", h)
		if err != nil {
			return "", nil, err
		}
		s.Protocol, s.Log = protocol, out
		return s.ServerAddress(), s.ServeForever, nil
	}
}

// theirs has a log of the same columns where it has one.
func theirs(dir string, out io.Writer) (string, func() error, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	var h http.Handler = http.FileServer(http.Dir(dir))
	if out != nil {
		files, logger := h, log.New(out, "", log.LstdFlags)
		h = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			logger.Printf("%s - - \"%s %s %s\" 200 -",
				r.RemoteAddr, r.Method, r.RequestURI, r.Proto)
			files.ServeHTTP(w, r)
		})
	}
	return ln.Addr().String(), func() error { return http.Serve(ln, h) }, nil
}

// load sends n requests, on one connection or on one for each. It uses bare
// system calls on a blocking socket: the machine is shared with the server,
// and what the client spends is missing there.
func load(addr string, keep bool, n int) error {
	tcp, err := net.ResolveTCPAddr("tcp", addr)
	if err != nil {
		return err
	}
	to := &syscall.SockaddrInet4{Port: tcp.Port}
	copy(to.Addr[:], tcp.IP.To4())
	request := []byte("GET /file.txt HTTP/1.1\r\nHost: x\r\n\r\n")
	if !keep {
		request = []byte("GET /file.txt HTTP/1.1\r\nHost: x\r\n" +
			"Connection: close\r\n\r\n")
	}
	buf := make([]byte, 64<<10)
	fd := -1
	for i := range n {
		if fd < 0 {
			fd, err = syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
			if err != nil {
				return err
			}
			if err := syscall.Connect(fd, to); err != nil {
				return err
			}
		}
		if _, err := syscall.Write(fd, request); err != nil {
			return err
		}
		if err := readResponse(fd, buf, keep); err != nil {
			return fmt.Errorf("request %d: %w", i, err)
		}
		if !keep {
			syscall.Close(fd)
			fd = -1
		}
	}
	if fd >= 0 {
		syscall.Close(fd)
	}
	return nil
}

// readResponse reads a head and 10 KiB, and to the end of the connection where
// that is not kept.
func readResponse(fd int, buf []byte, keep bool) error {
	const size = 10240
	got, due := 0, 0
	for due == 0 || got < due || !keep {
		n, err := syscall.Read(fd, buf[got:])
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
		got += n
		if end := bytes.Index(buf[:min(got, 512)],
			[]byte("\r\n\r\n")); due == 0 && end >= 0 {
			due = end + 4 + size
		}
	}
	if got != due || string(buf[8:13]) != " 200 " {
		return fmt.Errorf("%d bytes, want %d: %q", got, due, buf[:40])
	}
	return nil
}
