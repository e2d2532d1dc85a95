//go:build unix

package command

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

// endLimit is how long a command may take to end after Ctrl-C. A server that
// ignores SIGTERM has two of these seconds.
const endLimit = 3 * time.Second

// A running is a command at work.
type running struct {
	cmd    *exec.Cmd
	stdout *transcript
	stderr *transcript
	ended  chan error
}

func (c *clone) start(t *testing.T, args ...string) *running {
	t.Helper()
	r := &running{c.command(t, args...), newTranscript(), newTranscript(), make(chan error, 1)}
	r.cmd.Stdout, r.cmd.Stderr = r.stdout, r.stderr
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { r.ended <- r.cmd.Wait() }()
	return r
}

// end sends a signal and returns the exit code.
func (r *running) end(t *testing.T, s os.Signal) int {
	t.Helper()
	began := time.Now()
	if err := r.cmd.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
	code := exitCode(t, <-r.ended)
	// Under the race detector, beside other tests, all takes longer.
	if took := time.Since(began); took > 2*endLimit {
		t.Errorf("it took %v to end", took)
	}
	return code
}

// awaitMark waits until the fixture's server has a client.
func (c *clone) awaitMark(t *testing.T) {
	t.Helper()
	for end := time.Now().Add(40 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		if _, err := os.Stat(c.mark()); err == nil {
			return
		}
		if time.Now().After(end) {
			t.Fatal("the server never had a client")
		}
	}
}

// TestInterrupt ends commands that wait for a server that never answers, does
// not mind SIGTERM and has children.
func TestInterrupt(t *testing.T) {
	for _, tt := range []struct {
		signal os.Signal
		args   []string
		slow   bool
	}{
		{os.Interrupt, []string{"check", "01"}, true},
		{os.Interrupt, []string{"check", "01", "--json"}, false},
		{os.Interrupt, []string{"send", "01/page"}, false},
		{syscall.SIGTERM, []string{"check", "01"}, false},
		{syscall.SIGHUP, []string{"send", "01/page"}, true},
	} {
		t.Run(fmt.Sprint(tt.args, tt.signal), func(t *testing.T) {
			if tt.slow {
				slow(t)
			}
			t.Parallel()
			c := newClone(t, "clone")
			c.exercise(t, fixture(forking+silence))
			r := c.start(t, tt.args...)
			c.awaitMark(t)
			code := r.end(t, tt.signal)
			if code != exitUsage || r.stderr.String() != "wirebook: stopped before it was done\n" {
				t.Errorf("exit %d, %q, %q", code, r.stdout, r.stderr)
			}
			asked := slices.Contains(tt.args, "--json")
			if asked != json.Valid([]byte(r.stdout.String())) {
				t.Errorf("printed %q", r.stdout)
			}
		})
	}
}

var tapAddr = regexp.MustCompile(`http://(localhost:\d+) `)

// awaitTap waits until run has a server, and returns the tap's address.
func (r *running) awaitTap(t *testing.T) string {
	t.Helper()
	r.stderr.await(t, "Ctrl-C stops it\n")
	return tapAddr.FindStringSubmatch(r.stderr.String())[1]
}

// TestRun visits a server behind the tap, kills it as any client can, and
// visits it again.
func TestRun(t *testing.T) {
	t.Parallel()
	if holder, err := net.Listen("tcp", "localhost:8000"); err == nil {
		defer holder.Close() // otherwise somebody else has it, which does as well
	}
	c := newClone(t, "clone")
	r := c.start(t, "run", "01", "--server", "notes")
	addr := r.awaitTap(t)
	if addr == "localhost:8000" {
		t.Error("the port was taken, and is in use all the same")
	}
	get(t, addr)
	if runtime.GOOS == "linux" && len(c.processes()) != 1 {
		t.Errorf("the server is not seen to run: %q; then nothing proves that it ends", c.processes())
	}
	r.stdout.await(t, "HTTP/1.x 200 OK␠␠␊")
	for _, want := range []string{"GET / HTTP/1.1␍␊", " opened\n", " done\n"} {
		r.stdout.await(t, want)
	}

	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
	r.stderr.await(t, "the notes' server ended (exit 2): index out of range")
	ended := time.Now()
	r.stderr.await(t, "it is started again\n01-socket, notes: http://"+addr+" ")
	if took := time.Since(ended); took < 900*time.Millisecond {
		t.Errorf("it is started again after %v, want about a second later", took)
	}
	get(t, addr)
	if code := r.end(t, os.Interrupt); code != exitOK || !strings.HasSuffix(r.stderr.String(), "stopped\n") {
		t.Errorf("exit %d, %q", code, r.stderr)
	}
}

// get sends one request and reads what comes.
func get(t *testing.T, addr string) {
	t.Helper()
	if err := visit(addr); err != nil {
		t.Error(err)
	}
}

func visit(addr string) error {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(20 * time.Second))
	fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: %s\r\n\r\n", addr)
	_, err = io.ReadAll(conn)
	return err
}

// TestReaderGone closes the other end of standard output, as head does.
func TestReaderGone(t *testing.T) {
	for _, tt := range []struct {
		args []string
		code int
	}{
		{[]string{"open", "01"}, exitOK},
		{[]string{"list", "--json"}, exitOK},
		{[]string{"check", "01", "version"}, exitFailed},
		{[]string{"check", "01", "version", "--json"}, exitFailed},
		{[]string{"run", "01", "--server", "notes"}, exitOK},
	} {
		t.Run(strings.Join(tt.args, " "), func(t *testing.T) {
			t.Parallel()
			c := newClone(t, "clone")
			ours, theirs, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			ours.Close()
			r := &running{c.command(t, tt.args...), nil, newTranscript(), make(chan error, 1)}
			r.cmd.Stdout, r.cmd.Stderr = theirs, r.stderr
			if err := r.cmd.Start(); err != nil {
				t.Fatal(err)
			}
			theirs.Close()
			go func() { r.ended <- r.cmd.Wait() }()
			if tt.args[0] == "run" {
				visit(r.awaitTap(t)) // it may be cut short: the command is to end by it
			}
			if code := exitCode(t, <-r.ended); code != tt.code || strings.Contains(r.stderr.String(), "wirebook:") {
				t.Errorf("exit %d, want %d; said %q", code, tt.code, r.stderr)
			}
		})
	}
}

// TestFullDisk prints to a device that takes nothing.
func TestFullDisk(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("this system has no /dev/full")
	}
	defer full.Close()
	var said bytes.Buffer
	c := newClone(t, "clone")
	cmd := c.command(t, "list")
	cmd.Stdout, cmd.Stderr = full, &said
	if code := exitCode(t, cmd.Run()); code != exitUsage || !strings.Contains(said.String(), "cannot print: ") {
		t.Errorf("exit %d, %q", code, &said)
	}
}

// terminal starts a command on a terminal of its own.
func (c *clone) terminal(t *testing.T, args ...string) (*running, *os.File) {
	t.Helper()
	r := &running{c.command(t, args...), newTranscript(), nil, make(chan error, 1)}
	r.cmd.Env = append(r.cmd.Env, "TERM=dumb")
	keys, err := pty.StartWithSize(r.cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { keys.Close() })
	go func() {
		io.Copy(r.stdout, keys) // ends when the program does
		r.ended <- r.cmd.Wait()
	}()
	return r, keys
}

// TestPlainInTerminal leaves a lesson in every way.
func TestPlainInTerminal(t *testing.T) {
	for name, leave := range map[string]string{"ctrl-c": "\x03", "ctrl-d": "\x04", "q": "q\n"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newClone(t, "clone")
			r, keys := c.terminal(t, "open", "01", "--plain")
			r.stdout.await(t, "Enter sends it to ")
			io.WriteString(keys, leave)
			if code := exitCode(t, <-r.ended); code != exitOK {
				t.Errorf("exit %d\n%s", code, r.stdout)
			}
		})
	}
	t.Run("reset at ctrl-c", func(t *testing.T) {
		t.Parallel()
		c := newClone(t, "clone")
		c.exercise(t, "package mine\n")
		r, keys := c.terminal(t, "reset", "01")
		r.stdout.await(t, "[y/N] ")
		io.WriteString(keys, "\x03")
		if code := exitCode(t, <-r.ended); code != exitUsage {
			t.Errorf("exit %d\n%s", code, r.stdout)
		}
	})
}
