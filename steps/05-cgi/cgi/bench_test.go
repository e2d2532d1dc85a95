//go:build unix

package cgi

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	netcgi "net/http/cgi"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example/wirebook/internal/steptest"
	"example/wirebook/steps/04-static/httpserver"
)

// The benchmark compares this server with net/http/cgi, for a small compiled
// program that prints a head and a line:
//
//	go test -run '^$' -bench CGI ./steps/05-cgi/cgi
//
// steptest.Race says what the numbers mean.
func BenchmarkCGI(b *testing.B) {
	dir := openDir(b)
	smallProgram(b, filepath.Join(dir, "cgi-bin", "hello"))
	r := steptest.Race{Ours: "cgi", Theirs: "net/http/cgi", Dir: dir,
		Clients: 2, Load: func(addr string, n int) error {
			for range n {
				if err := askHello(addr); err != nil {
					return err
				}
			}
			return nil
		}}
	b.Run("quiet", r.Run)
	r.Log = true
	b.Run("log", r.Run)
}

// serveBenchmark reports whether this process is a server of the benchmark,
// and then serves until it ends.
func serveBenchmark() bool {
	return steptest.ServeBenchmark(steptest.Servers{
		"cgi": ours, "net/http/cgi": theirs})
}

func ours(dir string, log io.Writer) (string, func() error, error) {
	h, err := NewCGIHTTPRequestHandler(dir)
	if err != nil {
		return "", nil, err
	}
	h.attributes = nil // net/http/cgi does not change users, so neither do we
	s, err := httpserver.NewHTTPServer("127.0.0.1:0", h)
	if err != nil {
		return "", nil, err
	}
	s.Log = log
	return s.ServerAddress(), s.ServeForever, nil
}

// theirs has a log of one line a request where it has one.
func theirs(dir string, log io.Writer) (string, func() error, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	script := &netcgi.Handler{
		Path: filepath.Join(dir, "cgi-bin", "hello"),
		Root: "/cgi-bin/hello",
		Dir:  dir,
	}
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if log != nil {
			fmt.Fprintf(log, "%s - - \"%s %s %s\" 200 -\n",
				r.RemoteAddr, r.Method, r.RequestURI, r.Proto)
		}
		script.ServeHTTP(w, r)
	})
	return ln.Addr().String(), func() error { return http.Serve(ln, h) }, nil
}

// smallProgram builds a CGI script: in C where there is a compiler, since that
// starts fastest and leaves most of the time to the server; otherwise in Go.
func smallProgram(b *testing.B, name string) {
	b.Helper()
	must(b, os.MkdirAll(filepath.Dir(name), 0o755))
	source := filepath.Join(b.TempDir(), "hello")
	const inC = "#include <unistd.h>\nstatic const char text[] = " +
		"\"Content-Type: text/plain\\n\\nHello\\n\";\n" +
		"int main(void) { return write(1, text, sizeof text - 1) < 0; }\n"
	if gcc, err := exec.LookPath("gcc"); err == nil {
		must(b, os.WriteFile(source+".c", []byte(inC), 0o644))
		out, err := exec.Command(gcc, "-O2", "-static", "-o", name,
			source+".c").CombinedOutput()
		if err == nil {
			return
		}
		b.Logf("gcc: %v: %s", err, out)
	}
	const inGo = "package main\nimport \"os\"\nfunc main() {" +
		"os.Stdout.WriteString(\"Content-Type: text/plain\\n\\nHello\\n\")}\n"
	must(b, os.WriteFile(source+".go", []byte(inGo), 0o644))
	out, err := exec.Command("go", "build", "-o", name,
		source+".go").CombinedOutput()
	if err != nil {
		b.Fatalf("%v: %s", err, out)
	}
}

// askHello asks once and looks at the response.
func askHello(addr string) error {
	nc, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer nc.Close()
	nc.SetDeadline(time.Now().Add(testTimeout))
	_, err = io.WriteString(nc, "GET /cgi-bin/hello HTTP/1.1\r\n"+
		"Host: x\r\nConnection: close\r\n\r\n")
	if err != nil {
		return err
	}
	answer, err := io.ReadAll(nc)
	if err != nil {
		return err
	}
	if status(string(answer)) != "200" ||
		!strings.HasSuffix(string(answer), "\r\n\r\nHello\n") {
		return errors.New("a wrong answer: " + string(answer))
	}
	return nil
}
