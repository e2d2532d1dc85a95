package steps

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestStale: go test remembers a verdict, and forgets it when anything changes
// that the verdict depends on. It works on a copy of the module.
func TestStale(t *testing.T) {
	if !allMutants() {
		t.Skip("WIREBOOK_MUTANTS=1 runs it")
	}
	t.Parallel()
	root := copyModule(t)
	step := filepath.Join(root, "steps", "01-socket")
	yours := filepath.Join(step, "exercise", "main.go")
	solution := read(t, filepath.Join(step, "testdata", "solution", "main.go"))
	page := filepath.Join(step, "exchanges", "page.txtar")
	calls := filepath.Join(step, "socket", "socket.go")

	for _, s := range []struct {
		name     string
		file     string // to write, none if empty
		text     string
		want     []string // in what go test says
		mustHide string   // and what not
	}{
		{"untouched", "", "", []string{"[no tests to run]"}, "FAIL"},
		{"solved", yours, solution, []string{"ok  \t"}, "(cached)"},
		{"as before", "", "", []string{"ok  \t", "(cached)"}, "FAIL"},
		{"one flaw", yours, replace(t, solution, "HTTP/1.1 \"", "HTTP/1.x \""),
			[]string{"FAIL: TestServer/version", "go run . send 01/version"}, "ok  \t"},
		{"does not compile", yours, solution + "}",
			[]string{"does not compile", "main.go:"}, "ok  \t"},
		{"solved again", yours, solution, []string{"ok  \t"}, "FAIL"},
		{"another socket", calls, replace(t, read(t, calls), "package socket", "package socket; func init() { panic(7) }"),
			[]string{"FAIL"}, "ok  \t"},
		{"the socket back", calls, read(t, calls), []string{"ok  \t"}, "FAIL"},
		{"another exchange", page, replace(t, read(t, page), "line-ends\nrule", "line-ends, header X-No\nrule"),
			[]string{"FAIL"}, "ok  \t"},
		{"the exchange back", page, read(t, page), []string{"ok  \t"}, "FAIL"},
		{"untouched again", yours, read(t, filepath.Join(step, "testdata", "skeleton", "main.go")),
			[]string{"[no tests to run]"}, "FAIL"},
	} {
		if s.file != "" {
			if err := os.WriteFile(s.file, []byte(s.text), 0o644); err != nil {
				t.Fatal(err)
			}
			if s.name == "solved" {
				// Two seconds must pass before go test dares to remember
				// a file; here they have passed.
				age(t, s.file)
			}
		}
		began := time.Now()
		said := goTest(t, root)
		t.Logf("%-20s %v", s.name, time.Since(began).Round(time.Millisecond))
		for _, want := range s.want {
			if !strings.Contains(said, want) {
				t.Fatalf("%s: go test does not say %q:\n%s", s.name, want, said)
			}
		}
		if strings.Contains(said, s.mustHide) {
			t.Fatalf("%s: go test says %q:\n%s", s.name, s.mustHide, said)
		}
	}

	// A program from elsewhere is judged anew each time.
	program := filepath.Join(t.TempDir(), "theirs.exe")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", program, "./steps/01-socket/testdata/solution")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	line := "WIREBOOK_SERVER='" + program + "' -addr {addr} -dir {dir}"
	for range 2 {
		if said := goTest(t, root, line); !strings.Contains(said, "ok  \t") || strings.Contains(said, "(cached)") {
			t.Fatalf("WIREBOOK_SERVER: want a fresh ok:\n%s", said)
		}
	}
}

// copyModule copies what the test of step 01 needs, with files of yesterday.
func copyModule(t *testing.T) (root string) {
	t.Helper()
	root = t.TempDir()
	for _, dir := range []string{"internal", "steps/01-socket"} {
		if err := os.CopyFS(filepath.Join(root, dir), os.DirFS(filepath.Join("..", dir))); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(read(t, filepath.Join("..", name))), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	// A learner's work is not part of this: begin with the skeleton.
	step := filepath.Join(root, "steps", "01-socket")
	pristine := read(t, filepath.Join(step, "testdata", "skeleton", "main.go"))
	if err := os.WriteFile(filepath.Join(step, "exercise", "main.go"), []byte(pristine), 0o644); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(root, func(name string, _ fs.DirEntry, err error) error {
		if err == nil {
			age(t, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func age(t *testing.T, name string) {
	t.Helper()
	yesterday := time.Now().Add(-24 * time.Hour)
	if err := os.Chtimes(name, yesterday, yesterday); err != nil {
		t.Fatal(err)
	}
}

// goTest runs the test of step 01 in a copy of the module.
func goTest(t *testing.T, root string, env ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "test", "./steps/01-socket/verify")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "WIREBOOK_SERVER=", "WIREBOOK_STRICT=", "WIREBOOK_MUTANTS=", "WIREBOOK_SOAK=")
	cmd.Env = append(cmd.Env, env...)
	out, _ := cmd.CombinedOutput() // a failing test is what some want to see
	return string(out)
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func replace(t *testing.T, text, old, new string) string {
	t.Helper()
	if strings.Count(text, old) != 1 {
		t.Fatalf("not there once: %q", old)
	}
	return strings.Replace(text, old, new, 1)
}
