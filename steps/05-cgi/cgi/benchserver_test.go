//go:build unix

package cgi

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	netcgi "net/http/cgi"
	"os"
	"path/filepath"
	"syscall"

	"example/wirebook/steps/04-static/httpserver"
)

// benchServe is a server for a benchmark. It prints its address, answers each
// line of standard input with the processor time in nanoseconds that it and its
// scripts have used, and returns at the end of input.
func benchServe(kind, dir string, logging bool) error {
	serve := serveTheirs
	if kind == "ours" {
		serve = serveOurs
	}
	failed := make(chan error, 1)
	go func() { failed <- serve(dir, logging) }()
	asked := bufio.NewScanner(os.Stdin)
	for asked.Scan() {
		var own, scripts syscall.Rusage
		syscall.Getrusage(syscall.RUSAGE_SELF, &own)
		syscall.Getrusage(syscall.RUSAGE_CHILDREN, &scripts)
		fmt.Println(own.Utime.Nano() + own.Stime.Nano() +
			scripts.Utime.Nano() + scripts.Stime.Nano())
	}
	select {
	case err := <-failed:
		return err
	default:
		return asked.Err()
	}
}

func serveOurs(dir string, logging bool) error {
	h, err := NewCGIHTTPRequestHandler(dir)
	if err != nil {
		return err
	}
	h.attributes = nil // net/http/cgi does not change users, so neither do we
	s, err := httpserver.NewHTTPServer("127.0.0.1:0", h)
	if err != nil {
		return err
	}
	if logging {
		s.Log = os.Stderr
	}
	fmt.Println(s.ServerAddress())
	return s.ServeForever()
}

// serveTheirs has a log of one line a request where it has one.
func serveTheirs(dir string, logging bool) error {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(ln.Addr())
	script := &netcgi.Handler{
		Path: filepath.Join(dir, "cgi-bin", "hello"),
		Root: "/cgi-bin/hello",
		Dir:  dir,
	}
	return http.Serve(ln, http.HandlerFunc(func(w http.ResponseWriter,
		r *http.Request) {
		if logging {
			fmt.Fprintf(os.Stderr, "%s - - \"%s %s %s\" 200 -\n",
				r.RemoteAddr, r.Method, r.RequestURI, r.Proto)
		}
		script.ServeHTTP(w, r)
	}))
}
