package command

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"example/wirebook/internal/course"
)

// asProgram makes the test binary behave as wirebook, so that a test can give
// it signals, pipes and a terminal of its own.
const (
	asProgram = "WIREBOOK_TEST_PROGRAM"
	testReady = "WIREBOOK_TEST_READY" // how long a server may take to listen
	testMark  = "WIREBOOK_TEST_MARK"  // the file that a fixture's server makes

	testTimeout = "WIREBOOK_TEST_TIMEOUT" // how long an answer may take
)

func programMain() int {
	ready, _ := time.ParseDuration(os.Getenv(testReady))     // unset is 0, the default
	timeout, _ := time.ParseDuration(os.Getenv(testTimeout)) // likewise
	return runMain(os.Args[1:], &app{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, startTimeout: ready, timeout: timeout})
}

// A clone is a copy of the module as far as step 01 needs it. Everything that
// a command builds or starts in it stands below its temporary folder, which is
// how what is left running is known.
type clone struct {
	root string
	tmp  string
	env  []string

	wrapper string // the program that starts ours, if one does
}

// newClone makes a clone in a folder of this name.
func newClone(t *testing.T, name string) *clone {
	t.Helper()
	from, err := course.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	base := t.TempDir()
	c := &clone{root: filepath.Join(base, name), tmp: filepath.Join(base, "tmp")}
	if err := os.Mkdir(c.tmp, 0o755); err != nil {
		t.Fatal(err)
	}
	step := filepath.Join("steps", "01-socket")
	if err := os.CopyFS(filepath.Join(c.root, step), os.DirFS(filepath.Join(from, step))); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(from, file))
		if err == nil {
			err = os.WriteFile(filepath.Join(c.root, file), data, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	skeleton, err := os.ReadFile(course.Skeleton(c.root, "01-socket"))
	if err != nil {
		t.Fatal(err)
	}
	c.exercise(t, string(skeleton))
	c.env = append(os.Environ(), asProgram+"=1", "TMPDIR="+c.tmp, "TMP="+c.tmp,
		"WIREBOOK_STATE="+filepath.Join(c.tmp, "progress.json"))
	t.Cleanup(func() { c.nothingLeft(t) })
	return c
}

// exercise writes the learner's file.
func (c *clone) exercise(t *testing.T, source string) {
	t.Helper()
	if err := os.WriteFile(course.Workfile(c.root, "01-socket"), []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
}

// mark is the file that a fixture's server makes once it has a client.
func (c *clone) mark() string { return filepath.Join(c.tmp, "mark") }

// command is a call of wirebook in the clone, not started yet.
func (c *clone) command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if c.wrapper != "" {
		self = c.wrapper
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, self, args...)
	cmd.Dir = c.root
	cmd.Env = append(c.env, testMark+"="+c.mark())
	return cmd
}

// call runs a command to its end.
func (c *clone) call(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	cmd := c.command(t, args...)
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	return exitCode(t, cmd.Run()), out.String(), said.String()
}

func exitCode(t *testing.T, err error) int {
	t.Helper()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.ExitCode() // -1 after a signal: it was killed, or hung
	}
	t.Fatal(err)
	return -1
}

// processes are the programs that were built in the clone and run now. Where
// there is no /proc there are none to see.
func (c *clone) processes() []string {
	var found []string
	links, _ := filepath.Glob("/proc/[0-9]*/exe")
	for _, link := range links {
		if program, err := os.Readlink(link); err == nil && strings.HasPrefix(program, c.tmp) {
			found = append(found, filepath.Dir(link)+" "+program)
		}
	}
	return found
}

// nothingLeft checks that no process of the clone lives and that no folder of
// a build or a server stays behind.
func (c *clone) nothingLeft(t *testing.T) {
	t.Helper()
	if left := c.processes(); len(left) > 0 {
		t.Errorf("left running: %q", left)
	}
	folders, _ := filepath.Glob(filepath.Join(c.tmp, "wirebook-*"))
	if len(folders) > 0 {
		t.Errorf("left behind: %q", folders)
	}
}

// slow skips a test that mostly waits, or that differs little from another.
func slow(t *testing.T) {
	t.Helper()
	if os.Getenv("WIREBOOK_MUTANTS") != "1" {
		t.Skip("WIREBOOK_MUTANTS=1 runs it: it takes seconds, most of them waiting")
	}
}

// onlyText checks that no control character reaches the terminal.
func onlyText(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		i := strings.IndexFunc(text, func(r rune) bool { return r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 })
		if i >= 0 {
			t.Errorf("a control character: %q", text[max(0, i-40):min(len(text), i+40)])
		}
	}
}

// A transcript collects what a running command prints and lets a test wait for
// a part of it.
type transcript struct {
	mu   sync.Mutex
	text strings.Builder
	more chan struct{}
}

func newTranscript() *transcript { return &transcript{more: make(chan struct{}, 1)} }

func (tr *transcript) Write(b []byte) (int, error) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	select {
	case tr.more <- struct{}{}:
	default:
	}
	return tr.text.Write(b)
}

func (tr *transcript) String() string {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	return tr.text.String()
}

// await waits until the text holds a part.
func (tr *transcript) await(t *testing.T, part string) {
	t.Helper()
	tr.awaitTimes(t, part, 1)
}

// awaitTimes waits until the text holds a part n times, and returns the text.
func (tr *transcript) awaitTimes(t *testing.T, part string, n int) string {
	t.Helper()
	limit := time.After(40 * time.Second)
	for {
		text := tr.String()
		if strings.Count(text, part) >= n {
			return text
		}
		select {
		case <-tr.more:
		case <-limit:
			t.Fatalf("%q did not come %d times:\n%s", part, n, text)
		}
	}
}
