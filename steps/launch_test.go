package steps

import (
	"bufio"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"
)

// refuses runs a step's program and checks that it ends at once, with that exit
// status and one line that begins so.
func refuses(t *testing.T, folder string, exit int, line string, args ...string) {
	t.Helper()
	text, err := exec.CommandContext(t.Context(), build(t, "steps/"+folder), args...).CombinedOutput()
	var ended *exec.ExitError
	if !errors.As(err, &ended) || ended.ExitCode() != exit {
		t.Errorf("ended with %v, want exit status %d", err, exit)
	}
	if strings.Count(string(text), "\n") != 1 || !strings.HasPrefix(string(text), line) {
		t.Errorf("wrote %q, want %q", text, line)
	}
}

// TestStrayWord: an address without its -addr is refused. Ignored, it would
// lead to another server than the one that was meant.
func TestStrayWord(t *testing.T) {
	for folder, prefix := range map[string]string{
		"01-socket": "", "01-socket/client": "client: ", "01-socket/yes": "",
		"02-post": "", "03-tcpserver": "", "04-static": "", "05-cgi": "",
	} {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			refuses(t, folder, 2, prefix+`unexpected word "localhost:9123"`, "localhost:9123")
		})
	}
}

// TestPortTaken: a port that another program has is one line with what to do.
func TestPortTaken(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	_, port, _ := net.SplitHostPort(l.Addr().String())
	line := "port " + port + " is taken, perhaps by your last run: " +
		"stop that one, or choose -addr 127.0.0.1:"
	for _, folder := range []string{"01-socket", "01-socket/yes", "02-post",
		"03-tcpserver", "04-static", "05-cgi"} {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			refuses(t, folder, 1, line, "-addr", l.Addr().String())
		})
	}
}

// servers are the programs of the five steps.
var servers = []string{"01-socket", "02-post", "03-tcpserver", "04-static", "05-cgi"}

// launched starts a step's program and returns the address that it says. The
// rest of what it logs is dropped.
func launched(t *testing.T, cmd *exec.Cmd) (addr string) {
	t.Helper()
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	late := time.AfterFunc(20*time.Second, func() { cmd.Process.Kill() })
	t.Cleanup(func() { late.Stop(); cmd.Process.Kill() })
	in := bufio.NewReader(stderr)
	line, err := in.ReadString('\n')
	addr, found := strings.CutPrefix(strings.TrimSpace(line), "listening on http://")
	if !found {
		t.Fatalf("said %q, %v", line, err)
	}
	go io.Copy(io.Discard, in)
	return addr
}

// ask asks for a page and returns the first line of the answer.
func ask(t *testing.T, addr string) string {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(10 * time.Second))
	io.WriteString(conn, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
	got, err := io.ReadAll(conn)
	if err != nil {
		t.Error(err)
	}
	line, _, _ := strings.Cut(string(got), "\r\n")
	return line
}

// TestStopAndStart: Ctrl-C ends a server that has a silent client, sooner than
// that client's time is up, and it can start again on its port at once, although
// it has closed a connection there.
func TestStopAndStart(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no signal that a test could send")
	}
	for _, folder := range servers {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			program := build(t, "steps/"+folder)
			addr := "127.0.0.1:0"
			for range 2 {
				cmd := exec.Command(program, "-addr", addr, "-dir", folder+"/www")
				addr = launched(t, cmd)
				silent, err := net.Dial("tcp", addr)
				if err != nil {
					t.Fatal(err)
				}
				defer silent.Close()
				if line := ask(t, addr); !strings.HasSuffix(line, " 200 OK") {
					t.Errorf("answered %q", line)
				}
				asked := time.Now()
				cmd.Process.Signal(os.Interrupt)
				if err := cmd.Wait(); err != nil {
					t.Errorf("ended with %v, want exit status 0", err)
				}
				if took := time.Since(asked); took > 4*time.Second {
					t.Errorf("ended after %v", took)
				}
			}
		})
	}
}

// TestManyClients: a server that has no descriptor left for a client accepts
// again when some have left.
func TestManyClients(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such limit")
	}
	for _, folder := range servers {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			addr := launched(t, exec.Command("sh", "-c", `ulimit -n 32 && exec "$@"`, "sh",
				build(t, "steps/"+folder), "-addr", "127.0.0.1:0", "-dir", folder+"/www"))
			var silent []net.Conn
			for range 64 {
				conn, err := net.Dial("tcp", addr)
				if err != nil {
					t.Fatal(err)
				}
				defer conn.Close()
				silent = append(silent, conn)
			}
			for _, conn := range silent {
				conn.Close()
			}
			if line := ask(t, addr); !strings.HasSuffix(line, " 200 OK") {
				t.Errorf("answered %q", line)
			}
		})
	}
}
