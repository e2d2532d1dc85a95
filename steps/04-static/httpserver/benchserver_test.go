//go:build unix

package httpserver

import (
	"bufio"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"syscall"
	"testing"
)

// TestMain is a server instead of a test where a benchmark starts it as one.
func TestMain(m *testing.M) {
	if kind := os.Getenv("WIREBOOK_BENCH_SERVER"); kind != "" {
		if err := benchServe(kind, os.Getenv("WIREBOOK_BENCH_DIR"),
			os.Getenv("WIREBOOK_BENCH_KEEP") == "true",
			os.Getenv("WIREBOOK_BENCH_LOG") == "true"); err != nil {
			log.Fatal(err)
		}
		return
	}
	os.Exit(m.Run())
}

// benchServe prints its address, answers each line of standard input with its
// processor time in nanoseconds, and returns at the end of input.
func benchServe(kind, dir string, keep, logging bool) error {
	var out io.Writer
	if logging {
		out = os.Stderr
	}
	serve := serveTheirs
	if kind == "ours" {
		serve = serveOurs
	}
	failed := make(chan error, 1)
	go func() { failed <- serve(dir, keep, out) }()
	asked := bufio.NewScanner(os.Stdin)
	for asked.Scan() {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			return err
		}
		fmt.Println(u.Utime.Nano() + u.Stime.Nano())
	}
	select {
	case err := <-failed:
		return err
	default:
		return asked.Err()
	}
}

func serveOurs(dir string, keep bool, out io.Writer) error {
	h, err := NewSimpleHTTPRequestHandler(dir)
	if err != nil {
		return err
	}
	s, err := NewHTTPServer("127.0.0.1:0", h)
	if err != nil {
		return err
	}
	s.Log = out
	if keep {
		s.Protocol = "HTTP/1.1"
	}
	fmt.Println(s.ServerAddress())
	return s.ServeForever()
}

// serveTheirs has a log of the same columns where it has one.
func serveTheirs(dir string, _ bool, out io.Writer) error {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(ln.Addr())
	var h http.Handler = http.FileServer(http.Dir(dir))
	if out != nil {
		files, logger := h, log.New(out, "", log.LstdFlags)
		h = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			logger.Printf("%s - - \"%s %s %s\" 200 -",
				r.RemoteAddr, r.Method, r.RequestURI, r.Proto)
			files.ServeHTTP(w, r)
		})
	}
	return http.Serve(ln, h)
}
