package runner

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// module writes a module with one program into a folder with a space in its
// name, and returns its root. Around it is a workspace that does not name it,
// which must be left aside.
func module(t *testing.T, source string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("compiles programs")
	}
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("there is no go command here")
	}
	t.Setenv("GOFLAGS", "")
	t.Setenv("GOWORK", "")
	around := t.TempDir()
	write(t, filepath.Join(around, "go.work"), "go 1.25.0\n")
	root := filepath.Join(around, "my clone")
	write(t, filepath.Join(root, "go.mod"), "module example/learner\n\ngo 1.25.0\n")
	write(t, filepath.Join(root, "steps/one/main.go"), source)
	return root
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

const hello = `package main

func main() { println("hello") }
`

func output(t *testing.T, program string) string {
	t.Helper()
	out, err := exec.Command(program).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v", program, err)
	}
	return string(out)
}

func TestBuild(t *testing.T) {
	root := module(t, hello)
	first, err := Build(t.Context(), root, "steps/one")
	if err != nil {
		t.Fatal(err)
	}
	again, err := Build(t.Context(), root, "steps/one")
	if err != nil || again != first {
		t.Errorf("built again: %q, %v, want the same program %q", again, err, first)
	}
	write(t, filepath.Join(root, "steps/one/main.go"), strings.Replace(hello, "hello", "changed", 1))
	second, err := Build(t.Context(), root, "steps/one")
	if err != nil {
		t.Fatal(err)
	}
	if got := output(t, second); got != "changed\n" {
		t.Errorf("after the change it says %q", got)
	}
	if got := output(t, first); got != "hello\n" {
		t.Errorf("the first program now says %q", got)
	}
}

// A clone from a read-only medium; without network and without one module in
// the cache, as on a learner's first day.
func TestBuildReadOnlyOffline(t *testing.T) {
	root := module(t, hello)
	t.Setenv("GOPROXY", "off")
	t.Setenv("GOMODCACHE", t.TempDir())
	folders := []string{root, filepath.Join(root, "steps"), filepath.Join(root, "steps/one")}
	for _, f := range folders {
		os.Chmod(f, 0o555)
		t.Cleanup(func() { os.Chmod(f, 0o755) })
	}
	before, _ := os.ReadDir(root)
	if _, err := Build(t.Context(), root, "steps/one"); err != nil {
		t.Fatal(err)
	}
	if after, _ := os.ReadDir(root); len(after) != len(before) {
		t.Errorf("the build has written into the clone: %v", after)
	}
}

func TestBuildTogether(t *testing.T) {
	root := module(t, hello)
	programs := make([]string, 4)
	var all sync.WaitGroup
	for i := range programs {
		all.Go(func() {
			program, err := Build(t.Context(), root, "steps/one")
			if err != nil {
				t.Error(err)
			}
			programs[i] = program
		})
	}
	all.Wait()
	for _, p := range programs {
		if p != programs[0] {
			t.Errorf("%q and %q of one source", p, programs[0])
		}
	}
	if got := output(t, programs[0]); got != "hello\n" {
		t.Errorf("it says %q", got)
	}
}

// Three programs stay on disk: what runs, what is being stopped and the newest.
func TestBuildKeepsFew(t *testing.T) {
	root := module(t, hello)
	var programs []string
	for i := range 5 {
		write(t, filepath.Join(root, "steps/one/main.go"),
			strings.Replace(hello, "hello", strings.Repeat("again", i+1), 1))
		p, err := Build(t.Context(), root, "steps/one")
		if err != nil {
			t.Fatal(err)
		}
		programs = append(programs, p)
	}
	for i, p := range programs {
		_, err := os.Stat(p)
		if kept := i >= 2; kept != (err == nil) {
			t.Errorf("program %d of %d: kept %v, want %v", i, len(programs), err == nil, kept)
		}
	}
}

func TestBuildFails(t *testing.T) {
	root := module(t, "package main\n\nfunc main() { undefined1() }\n")
	_, err := Build(t.Context(), root, "steps/one")
	var failed *BuildError
	if !errors.As(err, &failed) {
		t.Fatalf("got %v, want a BuildError", err)
	}
	if got, want := filepath.ToSlash(failed.First()), "steps/one/main.go:3:15: undefined: undefined1"; got != want {
		t.Errorf("first complaint %q, want %q", got, want)
	}
	if file, line := failed.Place(); file != "main.go" || line != 3 {
		t.Errorf("place %s:%d, want main.go:3", file, line)
	}
	forPeople(t, err.Error())
	if _, err := Build(t.Context(), root, "steps/missing"); !errors.As(err, &failed) {
		t.Errorf("a missing package: %v, want a BuildError", err)
	} else if file, _ := failed.Place(); file != "" {
		t.Errorf("a missing package has the place %s", file)
	}
}

// What the compiler says is kept up to 64 KiB: its beginning, which counts.
func TestBuildFailsAtLength(t *testing.T) {
	var calls strings.Builder
	for i := range 10 {
		fmt.Fprintf(&calls, "\t%s%d()\n", strings.Repeat("x", 10_000), i)
	}
	root := module(t, "package main\n\nfunc main() {\n"+calls.String()+"}\n")
	_, err := Build(t.Context(), root, "steps/one")
	var failed *BuildError
	if !errors.As(err, &failed) || len(failed.Output) != 64<<10 {
		t.Fatalf("got %.200v, want 64 KiB of output", err)
	}
	if file, line := failed.Place(); file != "main.go" || line != 4 {
		t.Errorf("place %s:%d, want main.go:4", file, line)
	}
}

// A build that is given up ends at once, and its compilers with it.
func TestBuildGivenUp(t *testing.T) {
	root := module(t, hello)
	t.Setenv("GOCACHE", t.TempDir()) // empty: the whole of Go's own packages
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	began := time.Now()
	_, err := Build(ctx, root, "steps/one")
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("got %v, want the context's error", err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %v to give up", took)
	}
}

func TestBuildCancelled(t *testing.T) {
	root := module(t, hello)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Build(ctx, root, "steps/one"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestBuildWithoutGo(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if runtime.GOOS == "windows" {
		t.Setenv("Path", t.TempDir())
	}
	_, err := Build(t.Context(), t.TempDir(), "steps/one")
	var failed *StartError
	if !errors.As(err, &failed) || failed.Reason != NoGo {
		t.Fatalf("got %v, want NoGo", err)
	}
	forPeople(t, failed.Error())
	if !strings.Contains(failed.Advice, "https://go.dev/dl") {
		t.Errorf("advice %q", failed.Advice)
	}
}

func TestPrefixBuffer(t *testing.T) {
	h := &prefixBuffer{limit: 5}
	for _, s := range []string{"abc", "def", "ghi"} {
		if n, err := h.Write([]byte(s)); n != 3 || err != nil {
			t.Errorf("write: %d, %v", n, err)
		}
	}
	if got := h.buf.String(); got != "abcde" {
		t.Errorf("kept %q", got)
	}
}
