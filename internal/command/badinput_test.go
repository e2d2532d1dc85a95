package command

import (
	"encoding/json"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"example/wirebook/internal/course"
	"example/wirebook/internal/runner"
)

// notForever is the time for a server to listen where it is known that it will
// not. All others have the usual time: a busy machine may need it.
const notForever = "400ms"

// TestBadExercise puts every kind of broken exercise before check.
func TestBadExercise(t *testing.T) {
	for _, tt := range []struct {
		name   string
		source string
		code   int
		want   []string // in what is printed, either stream
		not    string
	}{
		{"does not compile", "package main\n\nfunc main() {\n\tx := üb + \"\x1b[31m\"\n}\n", exitUsage, []string{
			"exercise does not compile", filepath.Join("steps", "01-socket", "exercise", "main.go") + ":4:2: ", "repair the first line"}, "# example"},
		{"slow: is no Go", "no Go", exitUsage, []string{"exercise does not compile", "main.go:1:1: "}, ""},
		{"panics at start", fixture(`panic("no \x1b[31mred")`), exitUsage, []string{
			"your server: it ended before it listened: exit 2: panic: no ␛[31mred, main.go:", "start it alone: go run ./steps/01-socket/exercise"}, ""},
		{"slow: ends at once", fixture(`os.Exit(0)`), exitUsage, []string{"it ended before it listened: exit 0"}, ""},
		{"never listens", fixture(`time.Sleep(time.Hour)`), exitUsage, []string{
			"it runs but does not listen: nothing on 127.0.0.1:", "after " + notForever, "the flag -addr names"}, ""},
		{"listens elsewhere", fixture(`answers(listen("127.0.0.1:0"), "x")`), exitUsage, []string{
			"it runs but does not listen", "the flag -addr names"}, ""},
		{"prints without end", fixture(printing + `select {}`), exitUsage, []string{
			"it runs but does not listen", "␛[2Jwork", "the flag -addr names"}, strings.Repeat("  all ␛[2Jwork and no play\n", 11)},
		{"prints without end and serves", fixture(printing + serving), exitOK, []string{"✓ 1"}, "no play"},
		{"slow: forks and does not listen", fixture(forking + `time.Sleep(time.Hour)`), exitUsage, []string{"does not listen"}, ""},
		{"forks and ignores SIGTERM", fixture(forking + serving), exitOK, []string{"✓ 1"}, ""},
		{"forks and ends", fixture(forking + `go func() { time.Sleep(50*time.Millisecond); panic("over") }()
	time.Sleep(time.Hour)`), exitUsage, []string{"panic: over, main.go:"}, ""},
		{"panics on a request", fixture(`client, _, _ := listen(*addr).Accept()
	client.Recv(1024)
	panic("I \x1b]0;give up\a")`), exitFailed, []string{"your server ended (exit 2): panic: I ␛]0;give up␇, main.go:", "again  "}, ""},
		{"answers in escape sequences", fixture(`answers(listen(*addr), "\x1b[2J\x1b]52;c;!\a\xc2\x9b31m\r\n\r\n")`), exitFailed, []string{"␛[2J", "again  "}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if strings.HasPrefix(tt.name, "slow: ") {
				slow(t)
			}
			t.Parallel()
			c := newClone(t, "clone")
			if strings.Contains(strings.Join(tt.want, " "), "not listen") {
				c.env = append(c.env, testReady+"="+notForever)
			}
			c.exercise(t, tt.source)
			began := time.Now()
			code, stdout, stderr := c.call(t, "check", "01", "version")
			all := stdout + stderr
			if code != tt.code {
				t.Errorf("exit %d, want %d", code, tt.code)
			}
			if tt.code == exitUsage && (stdout != "" || !strings.HasPrefix(stderr, "wirebook: ")) {
				t.Errorf("printed %q, want nothing, and one message", stdout)
			}
			for _, want := range tt.want {
				if !strings.Contains(all, want) {
					t.Errorf("no %q", want)
				}
			}
			if tt.not != "" && strings.Contains(all, tt.not) {
				t.Errorf("%q stands there", tt.not)
			}
			if n := strings.Count(all, "\n"); n > 40 {
				t.Errorf("%d lines are no clear message", n)
			}
			onlyText(t, stdout, stderr)
			if t.Failed() {
				t.Logf("after %v:\n%s", time.Since(began), all)
			}
		})
	}
}

// TestSilentServer waits as long as a learner does: five seconds.
func TestSilentServer(t *testing.T) {
	slow(t)
	t.Parallel()
	c := newClone(t, "clone")
	c.exercise(t, fixture(silence))
	code, stdout, stderr := c.call(t, "check", "01", "version")
	if code != exitFailed || !strings.Contains(stdout, "again  ") {
		t.Errorf("exit %d\n%s%s", code, stdout, stderr)
	}
}

// TestBadPlace is about the machine around the clone.
func TestBadPlace(t *testing.T) {
	t.Run("no Go on PATH", func(t *testing.T) {
		t.Parallel()
		c := newClone(t, "clone")
		c.env = append(c.env, "PATH="+c.tmp)
		for _, args := range [][]string{{"check", "01"}, {"send", "01/page"}, {"run", "01"}} {
			code, stdout, stderr := c.call(t, args...)
			if code != exitUsage || stdout != "" || !strings.Contains(stderr, "there is no go command") || !strings.Contains(stderr, "install Go 1.25") {
				t.Errorf("%q: exit %d, %q, %q", args, code, stdout, stderr)
			}
		}
	})
	t.Run("no cache for Go", func(t *testing.T) {
		t.Parallel()
		c := newClone(t, "clone")
		c.env = append(c.env, "GOCACHE=relative") // which the go command refuses
		code, _, stderr := c.call(t, "check", "01")
		if code != exitUsage || !strings.Contains(stderr, "cannot be built") || !strings.Contains(stderr, "go env GOCACHE") {
			t.Errorf("exit %d, %q", code, stderr)
		}
	})
	t.Run("a path with spaces", func(t *testing.T) {
		t.Parallel()
		c := newClone(t, "my clone of 'it'  ü")
		if code, stdout, stderr := c.call(t, "check", "01", "version", "--server", "reference"); code != exitOK {
			t.Errorf("the reference: exit %d\n%s%s", code, stdout, stderr)
		}
		if code, stdout, stderr := c.call(t, "send", "01/page"); code != exitFailed || !strings.Contains(stdout, "HTTP/1.x 200 OK") {
			t.Errorf("yours: exit %d\n%s%s", code, stdout, stderr)
		}
	})
	t.Run("read only", func(t *testing.T) {
		t.Parallel()
		c := newClone(t, "clone")
		c.exercise(t, "package main\n")
		before := c.readOnly(t)
		if code, stdout, stderr := c.call(t, append(before, "check", "01", "version", "--server", "notes")...); code != exitFailed || !strings.Contains(stdout, "HTTP/1.x") {
			t.Errorf("the check writes into the clone: exit %d\n%s%s", code, stdout, stderr)
		}
		code, stdout, stderr := c.call(t, append(before, "reset", "01", "--yes")...)
		if code != exitUsage || stdout != "" || !strings.Contains(stderr, "make that place writable") {
			t.Errorf("reset: exit %d, %q, %q", code, stdout, stderr)
		}
	})
}

// readOnly takes away the right to write into the clone. Root writes past any
// mode, so it gets a read-only mount, in a world of the command's own: then
// readOnly returns the words that make it, to stand before the command's.
func (c *clone) readOnly(t *testing.T) (before []string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("whoever owns a folder on Windows can write into it")
	}
	if os.Geteuid() == 0 {
		const mount = `mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && cd "$0"`
		if err := exec.Command("unshare", "-m", "sh", "-c", mount, c.root).Run(); err != nil {
			t.Skip("root writes everywhere, and may not mount a folder read-only here")
		}
		self, err := os.Executable()
		if err != nil {
			t.Fatal(err)
		}
		c.wrapper = "unshare"
		return []string{"-m", "sh", "-c", mount + ` && exec "$@"`, c.root, self}
	}
	file := course.Workfile(c.root, "01-socket")
	for _, path := range []string{file, filepath.Dir(file)} {
		if err := os.Chmod(path, 0o555); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.Chmod(path, 0o755) })
	}
	return nil
}

// TestStepPortTaken starts the step's own program on a port that is taken.
func TestStepPortTaken(t *testing.T) {
	t.Parallel()
	root, err := course.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	program, err := runner.Build(t.Context(), root, "steps/01-socket")
	if err != nil {
		t.Fatal(err)
	}
	holder, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer holder.Close()
	out, err := exec.CommandContext(t.Context(), program, "-addr", holder.Addr().String()).CombinedOutput()
	if code := exitCode(t, err); code != 1 || strings.Count(string(out), "\n") != 1 || !strings.Contains(string(out), "is taken") {
		t.Errorf("exit %d, %q", code, out)
	}
}

// TestErrorsAsJSON asks for JSON where there is no result to print.
func TestErrorsAsJSON(t *testing.T) {
	c := newClone(t, "clone")
	c.exercise(t, "package main\n\nfunc main() { \x1b }\n")
	for _, tt := range []struct {
		dir  string
		args []string
		want string // in the error
	}{
		{c.root, []string{"check", "01", "--json"}, "does not compile"},
		{c.root, []string{"run", "01", "--server", "yours", "--json"}, "does not compile"},
		{c.root, []string{"check", "99", "--json"}, `no step "99"`},
		{c.root, []string{"check", "01", "--json", "--bogus"}, "bogus"},
		{c.root, []string{"list", "--json", "99"}, `no step "99"`},
		{c.root, []string{"reset", "01", "--json"}, "add --yes"},
		{c.root, []string{"nothing", "--json"}, `no command "nothing"`},
		{c.tmp, []string{"check", "01", "--json"}, "is not in a clone"},
	} {
		t.Run(strings.Join(tt.args, " "), func(t *testing.T) {
			cmd := c.command(t, tt.args...)
			cmd.Dir = tt.dir
			out, err := cmd.Output()
			if code := exitCode(t, err); code != exitUsage {
				t.Errorf("exit %d, want %d", code, exitUsage)
			}
			var m description
			if err := json.Unmarshal(out, &m); err != nil {
				t.Fatalf("%v: %q", err, out)
			}
			if !strings.Contains(m.Problem, tt.want) || m.Advice == "" {
				t.Errorf("told %+v, want %q and an advice", m, tt.want)
			}
			onlyText(t, m.Problem, m.Output, m.Advice)
		})
	}
	code, out, _ := c.call(t, "reset", "01", "--yes", "--json")
	var done resetReport
	if err := json.Unmarshal([]byte(out), &done); err != nil || code != exitOK || !done.Reset || done.Backup == "" {
		t.Errorf("reset: exit %d, %v, %s", code, err, out)
	}
}

// TestAgainHasTheCut takes the command that a failure names, and finds that it
// shows the same failure.
func TestAgainHasTheCut(t *testing.T) {
	t.Parallel()
	c := newClone(t, "clone")
	wrong, err := os.ReadFile(filepath.Join(c.root, "steps", "01-socket", "testdata", "wrong-one-read", "main.go"))
	if err != nil {
		t.Fatal(err)
	}
	c.exercise(t, string(wrong))
	code, stdout, stderr := c.call(t, "check", "01", "cut")
	again := regexp.MustCompile(`again  .* (send 01/\S+ --cut \d+)\n`).FindStringSubmatch(stdout)
	if code != exitFailed || again == nil {
		t.Fatalf("exit %d, want a command with --cut\n%s%s", code, stdout, stderr)
	}
	// On a busy machine a server may come so late that it reads both arrivals at
	// once, and is right by luck.
	for range 5 {
		code, stdout, stderr = c.call(t, strings.Fields(again[1])...)
		if code == exitFailed {
			break
		}
	}
	if code != exitFailed || !strings.Contains(stdout, "✗ cut after byte") {
		t.Errorf("%s: exit %d\n%s%s", again[1], code, stdout, stderr)
	}
}
