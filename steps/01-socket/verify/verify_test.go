// Package verify judges your server: steps/01-socket/exercise, or any program
// in any language. The test process builds it, starts it and talks TCP with
// it; none of its code runs in here, so that none of its code can forge a
// verdict.
//
//	go test ./steps/01-socket/verify
//	WIREBOOK_SERVER='python3 my.py --port {port}' go test ./steps/01-socket/verify
//
// While the exercise is as it came, there is nothing to judge: go test says
// [no tests to run], and why under -v. WIREBOOK_STRICT=1 makes that a failure.
//
// WIREBOOK_SERVER is a command for the shell, run in the module's root folder.
// In it {addr}, {host}, {port} and {dir} stand for where to listen and for the
// folder with index.html and test.jpg.
package verify

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"example/wirebook/internal/check"
	"example/wirebook/internal/course"
	"example/wirebook/internal/judge"
	"example/wirebook/internal/runner"
)

const (
	step = "01-socket"
	root = "../../.." // the module's, from here
)

// untouched is set when there was nothing to judge.
var untouched bool

func TestMain(m *testing.M) {
	code := m.Run()
	runner.Clean()
	if untouched && code == 0 {
		// The words by which go test knows a run that has tested nothing.
		fmt.Println("testing: warning: no tests to run")
	}
	os.Exit(code)
}

// TestServer has one subtest for each exercise.
func TestServer(t *testing.T) {
	book, err := course.Load(course.FS(root), step)
	if err != nil {
		t.Fatal(err)
	}
	command := theirs(t)
	if command == nil {
		command = yours(t)
	}
	results, err := check.Run(t.Context(), book, *command, check.Options{})
	if err != nil {
		t.Fatal(explain(err))
	}
	for _, r := range results {
		t.Run(r.Exercise.Name, func(t *testing.T) {
			switch r.Verdict {
			case check.Pass:
			case check.Fail:
				t.Errorf("%s\n\n%s  again go run . send %s",
					r.Exercise.Title, r.Failure.Text(), replay(r.Failure))
			default:
				t.Errorf("%s: %v", r.Verdict, r.Err)
			}
		})
	}
}

// replay names an exchange as send takes it, cut where it failed.
func replay(f *judge.Failure) string {
	if f.Cut > 0 {
		return fmt.Sprintf("%s --cut %d", f.Exchange, f.Cut)
	}
	return f.Exchange
}

// theirs is the program that WIREBOOK_SERVER names, nil if it names none.
func theirs(t *testing.T) *runner.Command {
	line := os.Getenv("WIREBOOK_SERVER")
	if line == "" {
		return nil
	}
	t.Cleanup(func() { forget(t) })
	shell := []string{"sh", "-c", line}
	if runtime.GOOS == "windows" {
		shell = []string{"cmd", "/c", line}
	}
	return &runner.Command{
		Name: course.Yours.Title(),
		Args: shell,
		Dir:  abs(t, course.WWW(root, step)),
		Work: abs(t, root),
	}
}

// yours is the exercise, built. It ends the test while that is untouched.
func yours(t *testing.T) *runner.Command {
	watch(t)
	changed, err := course.Touched(root, step)
	if err != nil {
		t.Fatal(err)
	}
	if !changed {
		if os.Getenv("WIREBOOK_STRICT") == "1" {
			t.Fatalf("steps/%s/exercise/main.go is as it came: nothing has been solved", step)
		}
		untouched = true
		t.Skipf("steps/%s/exercise/main.go is as it came: change it, and this test judges it", step)
	}
	command, err := course.Command(t.Context(), abs(t, root), step, course.Yours)
	if err != nil {
		t.Fatal(explain(err))
	}
	return &command
}

// watch opens every file that a child of this test reads: the compiler your
// program and what it imports, the server what it serves. go test remembers a
// verdict until a file changes that the test has opened; of what a child opens
// it knows nothing.
func watch(t *testing.T) {
	t.Helper()
	here := filepath.Join(root, "steps", step)
	for _, pattern := range []string{
		"exercise/*", "socket/*", "docroot/*", "www/*", "exchanges/*",
		"exercises.txtar", "testdata/skeleton/*", "../../go.mod",
	} {
		names, err := filepath.Glob(filepath.Join(here, pattern))
		if err != nil || len(names) == 0 {
			t.Fatalf("nothing to watch: %s: %v", pattern, err)
		}
		for _, name := range names {
			f, err := os.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			f.Close()
		}
	}
}

// forget keeps go test from remembering the verdict on a program that it
// cannot watch: it remembers nothing when a file has been opened that is less
// than two seconds old.
func forget(t *testing.T) {
	const marker = ".uncached" // git ignores it
	now := []byte(time.Now().Format(time.RFC3339Nano) + "\n")
	if err := os.WriteFile(marker, now, 0o644); err != nil {
		t.Logf("this verdict may be remembered, add -count=1 next time: %v", err)
		return
	}
	if f, err := os.Open(marker); err == nil {
		io.Copy(io.Discard, f)
		f.Close()
	}
}

// explain says what a failure to build or to start is about, and what to do.
func explain(err error) string {
	var known runner.Describer
	if !errors.As(err, &known) {
		return err.Error()
	}
	d := known.Describe()
	return d.Problem + "\n" + d.Output + "what to do: " + d.Advice
}

func abs(t *testing.T, path string) string {
	t.Helper()
	full, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return full
}
