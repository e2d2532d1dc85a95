//go:build unix

package httpserver

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// The benchmarks compare this server with net/http's for a file of 10 KiB:
//
//	go test -run '^$' -bench . ./steps/04-static/httpserver
//
// x-net/http is how many times as many requests a second it answers: the
// median of eleven pairs of runs, one of each server in turn, so that a slow
// spell of the machine meets both. us-cpu is the processor time of the server
// per request, in microseconds, net-us-cpu net/http's.
//
// Each server is a process of its own: this test binary, started again.

const (
	benchPairs   = 11
	benchRun     = 250 * time.Millisecond // about one run
	benchClients = 4
)

func BenchmarkClose(b *testing.B) {
	b.Run("quiet", func(b *testing.B) { compareServers(b, false, false) })
	b.Run("log", func(b *testing.B) { compareServers(b, false, true) })
}

func BenchmarkKeepAlive(b *testing.B) {
	b.Run("quiet", func(b *testing.B) { compareServers(b, true, false) })
	b.Run("log", func(b *testing.B) { compareServers(b, true, true) })
}

// compareServers measures both servers and reports the medians.
func compareServers(b *testing.B, keep, log bool) {
	dir := b.TempDir()
	must(b, os.WriteFile(filepath.Join(dir, "file.txt"),
		[]byte(strings.Repeat("0123456789abcde\n", 640)), 0o644))
	request := "GET /file.txt HTTP/1.1\r\nHost: x\r\n\r\n"
	if !keep {
		request = "GET /file.txt HTTP/1.1\r\nHost: x\r\n" +
			"Connection: close\r\n\r\n"
	}
	var servers [2]*benchServer
	for i, kind := range []string{"ours", "net/http"} {
		servers[i] = startBenchServer(b, kind, dir, keep, log)
		servers[i].load(b, request, keep, 500) // warm up
	}
	// As many requests a run as the slower one answers in benchRun.
	n := 500
	for i := range servers {
		took, _ := servers[i].load(b, request, keep, 2000)
		n = max(n, int(benchRun*2000/took))
	}
	b.ResetTimer()
	for b.Loop() {
		var ratios, ours, theirs []float64
		for pair := range benchPairs {
			var took, cpu [2]float64
			for i := range servers {
				i = (i + pair) % 2 // take turns at being first
				t, c := servers[i].load(b, request, keep, n)
				took[i], cpu[i] = float64(t), float64(c)/float64(n)
			}
			ratios = append(ratios, took[1]/took[0])
			ours = append(ours, cpu[0]/1e3)
			theirs = append(theirs, cpu[1]/1e3)
		}
		b.ReportMetric(median(ratios), "x-net/http")
		b.ReportMetric(median(ours), "us-cpu")
		b.ReportMetric(median(theirs), "net-us-cpu")
	}
}

func median[T cmp.Ordered](values []T) T {
	slices.Sort(values)
	return values[len(values)/2]
}

// A benchServer is a server in a process of its own.
type benchServer struct {
	addr  string
	ask   io.Writer
	reply *bufio.Reader
}

// startBenchServer starts this binary as a server of the given kind.
func startBenchServer(b *testing.B, kind, dir string,
	keep, log bool) *benchServer {
	b.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), "WIREBOOK_BENCH_SERVER="+kind,
		"WIREBOOK_BENCH_DIR="+dir,
		"WIREBOOK_BENCH_KEEP="+strconv.FormatBool(keep),
		"WIREBOOK_BENCH_LOG="+strconv.FormatBool(log))
	cmd.Stderr = os.Stderr
	if log {
		// The log goes to a file, as that of a server does.
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

// cpu asks for the processor time that the server has used.
func (s *benchServer) cpu(b *testing.B) time.Duration {
	b.Helper()
	_, err := io.WriteString(s.ask, "cpu\n")
	must(b, err)
	ns, err := strconv.ParseInt(s.line(b), 10, 64)
	must(b, err)
	return time.Duration(ns)
}

// load sends n requests from several clients. It returns how long that took
// and how much processor time the server used for it.
func (s *benchServer) load(b *testing.B, request string, keep bool,
	n int) (took, cpu time.Duration) {
	b.Helper()
	before := s.cpu(b)
	start := time.Now()
	var wg sync.WaitGroup
	for range benchClients {
		wg.Go(func() {
			if err := benchClient(s.addr, request, keep,
				n/benchClients); err != nil {
				b.Error(err)
			}
		})
	}
	wg.Wait()
	return time.Since(start), s.cpu(b) - before
}

// benchClient sends n requests. It uses bare system calls on a blocking
// socket: the machine is shared with the server, and what the client spends is
// missing there.
func benchClient(addr, request string, keep bool, n int) error {
	tcp, err := net.ResolveTCPAddr("tcp", addr)
	if err != nil {
		return err
	}
	to := &syscall.SockaddrInet4{Port: tcp.Port}
	copy(to.Addr[:], tcp.IP.To4())
	query, buf := []byte(request), make([]byte, 64<<10)
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
		if _, err := syscall.Write(fd, query); err != nil {
			return err
		}
		if err := readAnswer(fd, buf, keep); err != nil {
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

// readAnswer reads one answer: a head, and 10 KiB. It looks at the head once,
// to see where it ends.
func readAnswer(fd int, buf []byte, keep bool) error {
	const size = 10240
	got, want := 0, 0
	for want == 0 || got < want || !keep {
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
		if want == 0 {
			if end := strings.Index(string(buf[:min(got, 512)]),
				"\r\n\r\n"); end >= 0 {
				want = end + 4 + size
			}
		}
	}
	if got != want || string(buf[8:13]) != " 200 " {
		return fmt.Errorf("%d bytes, want %d: %q", got, want, buf[:40])
	}
	return nil
}
