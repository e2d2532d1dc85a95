package main

import (
	"bufio"
	"io"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"example/wirebook/internal/steptest"
)

func TestMain(m *testing.M) { steptest.Main(m) }

const step = "steps/01-socket"

// TestExchanges replays every exchange of the step, byte for byte, against the
// reference: a lesson shows nothing that this server does not send.
func TestExchanges(t *testing.T) {
	server := steptest.Start(t, steptest.Build(t, step), "www")
	steptest.ReplayExact(t, server.Addr(), steptest.Exchanges(t, "01-socket"))
}

// TestSlowClients holds the server to its word. A client that drips bytes without
// end is told so when the time for the whole head is over, five seconds; one
// that sends nothing is only hung up on.
func TestSlowClients(t *testing.T) {
	t.Parallel()
	const limit = 5 * time.Second
	server := steptest.Start(t, steptest.Build(t, step), "www")
	for drip, want := range map[string]string{
		"G": "HTTP/1.1 408 Request Timeout\r\n", "": "",
	} {
		t.Run(drip, func(t *testing.T) {
			t.Parallel()
			conn, err := net.Dial("tcp", server.Addr())
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			began := time.Now()
			go func() {
				tick := time.NewTicker(100 * time.Millisecond)
				defer tick.Stop()
				for range tick.C {
					if _, err := io.WriteString(conn, drip); err != nil {
						return
					}
				}
			}()
			conn.SetReadDeadline(began.Add(3 * limit))
			line, err := bufio.NewReader(conn).ReadString('\n')
			if line != want || want == "" && err != io.EOF {
				t.Errorf("got %q, %v", line, err)
			}
			if took := time.Since(began); took < limit-time.Second || took > 2*limit {
				t.Errorf("ended after %v, want about %v", took, limit)
			}
		})
	}
}

func TestInterrupt(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no signal that a test could send")
	}
	cmd := exec.Command(steptest.Build(t, step), "-addr", "127.0.0.1:0", "-dir", "www")
	addr := startProgram(t, cmd)
	// A silent client does not keep the server from ending.
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	cmd.Process.Signal(syscall.SIGINT)
	if err := cmd.Wait(); err != nil {
		t.Errorf("Ctrl-C: %v, want exit status 0", err)
	}
}

// startProgram starts a program and waits for its line that it listens.
func startProgram(t *testing.T, cmd *exec.Cmd) (addr string) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	cmd.Stderr = w
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill() })
	w.Close()
	r.SetReadDeadline(time.Now().Add(10 * time.Second))
	line, err := bufio.NewReader(r).ReadString('\n')
	addr, found := strings.CutPrefix(strings.TrimSpace(line), "listening on http://")
	if !found {
		t.Fatalf("said %q, %v", line, err)
	}
	return addr
}
