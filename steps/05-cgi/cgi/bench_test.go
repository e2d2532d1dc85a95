//go:build unix

package cgi

import (
	"bufio"
	"cmp"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// The benchmark compares this server with net/http/cgi, for a small compiled
// program that prints a head and a line:
//
//	go test -run '^$' -bench CGI ./steps/05-cgi/cgi
//
// x-net/http/cgi is how many times as many requests a second it answers: the
// median of eleven pairs of runs, one of each server in turn, so that a slow
// spell of the machine meets both. us-cpu is the processor time of the server
// per request in microseconds, that of its scripts included, net-us-cpu that
// of net/http/cgi.
//
// Each server is a process of its own: this test binary, started again.

const (
	benchPairs   = 11
	benchRun     = 300 * time.Millisecond // about one run
	benchClients = 2
)

func BenchmarkCGI(b *testing.B) {
	b.Run("quiet", func(b *testing.B) { compareServers(b, false) })
	b.Run("log", func(b *testing.B) { compareServers(b, true) })
}

func compareServers(b *testing.B, log bool) {
	dir := openDir(b)
	smallProgram(b, filepath.Join(dir, "cgi-bin", "hello"))
	var servers [2]*benchServer
	for i, kind := range []string{"ours", "net/http/cgi"} {
		servers[i] = startBenchServer(b, kind, dir, log)
		servers[i].load(b, 200) // warm up
	}
	// As many requests a run as the slower one answers in benchRun.
	n := 50
	for _, s := range servers {
		took, _ := s.load(b, 200)
		n = max(n, int(benchRun*200/took))
	}
	b.ResetTimer()
	for b.Loop() {
		var ratios, ours, theirs []float64
		for pair := range benchPairs {
			var took, cpu [2]float64
			for i := range servers {
				i = (i + pair) % 2 // take turns at being first
				t, c := servers[i].load(b, n)
				took[i], cpu[i] = float64(t), float64(c)/float64(n)
			}
			ratios = append(ratios, took[1]/took[0])
			ours = append(ours, cpu[0]/1e3)
			theirs = append(theirs, cpu[1]/1e3)
		}
		b.ReportMetric(median(ratios), "x-net/http/cgi")
		b.ReportMetric(median(ours), "us-cpu")
		b.ReportMetric(median(theirs), "net-us-cpu")
	}
}

func median[T cmp.Ordered](values []T) T {
	slices.Sort(values)
	return values[len(values)/2]
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

// A benchServer is a server in a process of its own.
type benchServer struct {
	addr  string
	ask   io.Writer
	reply *bufio.Reader
}

// startBenchServer starts this binary as a server of the given kind.
func startBenchServer(b *testing.B, kind, dir string, log bool) *benchServer {
	b.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), "WIREBOOK_BENCH_SERVER="+kind,
		"WIREBOOK_BENCH_DIR="+dir,
		"WIREBOOK_BENCH_LOG="+strconv.FormatBool(log))
	cmd.Stderr = os.Stderr
	if log {
		f, err := os.Create(filepath.Join(b.TempDir(), "log"))
		must(b, err)
		b.Cleanup(func() { f.Close() })
		cmd.Stderr = f
	}
	stdin, err := cmd.StdinPipe()
	must(b, err)
	stdout, err := cmd.StdoutPipe()
	must(b, err)
	must(b, cmd.Start())
	b.Cleanup(func() {
		stdin.Close() // the server ends with its standard input
		cmd.Wait()
	})
	s := &benchServer{ask: stdin, reply: bufio.NewReader(stdout)}
	s.addr = s.line(b)
	return s
}

func (s *benchServer) line(b *testing.B) string {
	b.Helper()
	line, err := s.reply.ReadString('\n')
	must(b, err)
	return strings.TrimSpace(line)
}

// cpu asks for the processor time that the server and its scripts have used.
func (s *benchServer) cpu(b *testing.B) time.Duration {
	b.Helper()
	_, err := io.WriteString(s.ask, "cpu\n")
	must(b, err)
	ns, err := strconv.ParseInt(s.line(b), 10, 64)
	must(b, err)
	return time.Duration(ns)
}

// load sends n requests from several clients. It returns how long that took
// and how much processor time the server and its scripts used for it.
func (s *benchServer) load(b *testing.B, n int) (took, cpu time.Duration) {
	b.Helper()
	before := s.cpu(b)
	start := time.Now()
	var wg sync.WaitGroup
	for range benchClients {
		wg.Go(func() {
			for range n / benchClients {
				if err := benchAsk(s.addr); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	return time.Since(start), s.cpu(b) - before
}

// benchAsk asks once and looks at the answer.
func benchAsk(addr string) error {
	nc, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer nc.Close()
	nc.SetDeadline(time.Now().Add(patience))
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
