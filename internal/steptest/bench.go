//go:build unix

package steptest

import (
	"bufio"
	"fmt"
	"io"
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

// Servers are the servers that a package's benchmarks compare, by name. Each
// listens on a free port for the files below dir, with a line for each request
// to log unless that is nil, and returns its address and what serves.
type Servers map[string]func(dir string, log io.Writer) (
	addr string, serve func() error, err error)

// ServeBenchmark is called first in the TestMain of a package with benchmarks.
// Where a [Race] has started this process as one of the servers, it serves
// until the end of standard input and returns true. It prints the server's
// address, and for each line of input the processor time in nanoseconds that
// the server and its children have used.
func ServeBenchmark(servers Servers) bool {
	name := os.Getenv("WIREBOOK_BENCH_SERVER")
	if name == "" {
		return false
	}
	if err := serveBenchmark(servers[name]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return true
}

func serveBenchmark(start func(string, io.Writer) (
	string, func() error, error)) error {
	var log io.Writer
	if os.Getenv("WIREBOOK_BENCH_LOG") == "true" {
		log = os.Stderr
	}
	addr, serve, err := start(os.Getenv("WIREBOOK_BENCH_DIR"), log)
	if err != nil {
		return err
	}
	failed := make(chan error, 1)
	go func() { failed <- serve() }()
	fmt.Println(addr)
	asked := bufio.NewScanner(os.Stdin)
	for asked.Scan() {
		var own, children syscall.Rusage
		syscall.Getrusage(syscall.RUSAGE_SELF, &own)
		syscall.Getrusage(syscall.RUSAGE_CHILDREN, &children)
		fmt.Println(own.Utime.Nano() + own.Stime.Nano() +
			children.Utime.Nano() + children.Stime.Nano())
	}
	select {
	case err := <-failed:
		return err
	default:
		return asked.Err()
	}
}

// A Race compares two servers of a package's [Servers], each in a process of
// its own: this test binary, started again.
type Race struct {
	Ours, Theirs string // their names
	Dir          string // the folder that both serve
	Log          bool   // both log each request to a file
	Clients      int    // at the same time
	// Load is one client: it sends n requests and looks at the responses.
	Load func(addr string, n int) error
}

const (
	racePairs = 11
	raceRun   = 250 * time.Millisecond // about one run
)

// Run reports three medians. x-THEIRS is how many times as many requests a
// second our server answers; the runs take turns, so that a slow spell of the
// machine meets both servers. us-cpu and net-us-cpu are the processor time per
// request in microseconds of our server and of theirs.
func (r Race) Run(b *testing.B) {
	var servers [2]*racer
	n := 0 // requests a run: as many as the slower one answers in raceRun
	for i, name := range []string{r.Ours, r.Theirs} {
		servers[i] = r.start(b, name)
		servers[i].load(b, r, 200) // warm up
		took, _ := servers[i].load(b, r, 1000)
		n = max(n, int(raceRun*1000/took), 50)
	}
	b.ResetTimer()
	for b.Loop() {
		var ratios, ours, theirs []float64
		for pair := range racePairs {
			var took, cpu [2]float64
			for i := range servers {
				i = (i + pair) % 2 // take turns at being first
				t, c := servers[i].load(b, r, n)
				took[i], cpu[i] = float64(t), float64(c)/float64(n)
			}
			ratios = append(ratios, took[1]/took[0])
			ours = append(ours, cpu[0]/1e3)
			theirs = append(theirs, cpu[1]/1e3)
		}
		b.ReportMetric(median(ratios), "x-"+r.Theirs)
		b.ReportMetric(median(ours), "us-cpu")
		b.ReportMetric(median(theirs), "net-us-cpu")
	}
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// A racer is a server in a process of its own.
type racer struct {
	addr  string
	ask   io.Writer
	reply *bufio.Reader
}

func (r Race) start(b *testing.B, name string) *racer {
	b.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), "WIREBOOK_BENCH_SERVER="+name,
		"WIREBOOK_BENCH_DIR="+r.Dir,
		"WIREBOOK_BENCH_LOG="+strconv.FormatBool(r.Log))
	cmd.Stderr = os.Stderr
	if r.Log {
		log, err := os.Create(filepath.Join(b.TempDir(), "log"))
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { log.Close() })
		cmd.Stderr = log
	}
	stdin, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		stdin.Close() // the server ends with its standard input
		cmd.Wait()
	})
	s := &racer{ask: stdin, reply: bufio.NewReader(stdout)}
	s.addr = s.line(b)
	return s
}

func (s *racer) line(b *testing.B) string {
	b.Helper()
	line, err := s.reply.ReadString('\n')
	if err != nil {
		b.Fatal("a server of the benchmark has ended: ", err)
	}
	return strings.TrimSpace(line)
}

// load has all clients send n requests together. It returns how long that took
// and how much processor time the server used for it.
func (s *racer) load(b *testing.B, r Race, n int) (took, cpu time.Duration) {
	b.Helper()
	before := s.cpu(b)
	start := time.Now()
	var clients sync.WaitGroup
	for range r.Clients {
		clients.Go(func() {
			if err := r.Load(s.addr, n/r.Clients); err != nil {
				b.Error(err)
			}
		})
	}
	clients.Wait()
	return time.Since(start), s.cpu(b) - before
}

func (s *racer) cpu(b *testing.B) time.Duration {
	b.Helper()
	if _, err := io.WriteString(s.ask, "cpu\n"); err != nil {
		b.Fatal(err)
	}
	ns, err := strconv.ParseInt(s.line(b), 10, 64)
	if err != nil {
		b.Fatal(err)
	}
	return time.Duration(ns)
}
