package steps

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"example/wirebook/internal/course"
)

const module = "example/wirebook"

// withExercises lists the steps that have exercises.
func withExercises(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob("*/exercises.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no step has exercises: %v", err)
	}
	for i, name := range names {
		names[i] = filepath.Dir(name)
	}
	return names
}

// TestFS loads every step from what the workbook carries with it.
func TestFS(t *testing.T) {
	for _, name := range withExercises(t) {
		if _, err := course.Load(FS, name); err != nil {
			t.Error(err)
		}
		for _, file := range []string{"main.go", "testdata/skeleton/main.go", "exercises.txtar"} {
			if _, err := fs.Stat(FS, path.Join(name, file)); err != nil {
				t.Error(err)
			}
		}
	}
}

// TestExerciseIsSkeleton: what a fresh clone holds is what reset puts back. A
// learner's own work is no failure of the course, so it only skips. The other
// tests here leave the learner's file unread: go test can then remember their
// verdict while that changes.
func TestExerciseIsSkeleton(t *testing.T) {
	if !allMutants() {
		t.Skip("WIREBOOK_MUTANTS=1 runs it")
	}
	for _, name := range withExercises(t) {
		yours, err := os.ReadFile(filepath.Join(name, "exercise", "main.go"))
		if err != nil {
			t.Fatal(err)
		}
		pristine, err := os.ReadFile(filepath.Join(name, "testdata", "skeleton", "main.go"))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(unixLines(yours), unixLines(pristine)) {
			t.Skipf("%s: the exercise has been worked on", name)
		}
	}
}

func unixLines(b []byte) []byte {
	return bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
}

// sources lists the Go files below a folder, tests and learners' files left
// out: what learners write is theirs.
func sources(t *testing.T, dir string) []string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == "exercise" {
			return fs.SkipDir
		}
		if strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			list = append(list, filepath.ToSlash(name))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestImports: a step stands on the standard library, on itself, and on steps
// that come before it.
func TestImports(t *testing.T) {
	for _, name := range sources(t, ".") {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := checkImports(name, data); err != nil {
			t.Error(err)
		}
	}
	for source, want := range map[string]string{
		`import "net"`: "",
		`import "example/wirebook/steps/01-socket/socket"`:   "",
		`import "example/wirebook/steps/02-post/form"`:       "",
		`import "example/wirebook/steps/03-tcpserver/x"`:     "03-tcpserver/x",
		`import "example/wirebook/internal/exchange"`:        "internal/exchange",
		`import "charm.land/bubbletea/v2"`:                   "charm.land",
		`import ("fmt"; x "golang.org/x/sys/unix")`:          "golang.org",
		`import "example/wirebook/steps"`:                    "wirebook/steps",
		`import "C"`:                                         "C",
		`import ("os"; "example/wirebook/steps/notes")`:      "steps/notes",
		`import "example/wirebook/steps/10-later/y"`:         "10-later",
		`import "example/other/steps/01-socket/socket"`:      "example/other",
		`import _ "example/wirebook/steps/02-post/testdata"`: "",
	} {
		err := checkImports("02-post/main.go", []byte("package main\n"+source))
		if got := fmt.Sprint(err); (err == nil) != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%s in step 02: %v, want an error with %q", source, err, want)
		}
	}
}

// checkImports looks at the imports of a file, named from this folder.
func checkImports(name string, source []byte) error {
	file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.ImportsOnly)
	if err != nil {
		return err
	}
	for _, spec := range file.Imports {
		if !mayImport(name, spec) {
			return fmt.Errorf("steps: %s imports %s", name, spec.Path.Value)
		}
	}
	return nil
}

func mayImport(name string, spec *ast.ImportSpec) bool {
	imported, err := strconv.Unquote(spec.Path.Value)
	if err != nil || imported == "C" {
		return false
	}
	first, _, _ := strings.Cut(imported, "/")
	if first != "example" && !strings.Contains(first, ".") {
		return true // the standard library's paths have no dot in front
	}
	rest, found := strings.CutPrefix(imported, module+"/steps/")
	other, ok := number(rest)
	own, _ := number(name)
	return found && ok && other <= own
}

// number is the number that a step's folder begins with: 1 for 01-socket.
func number(name string) (int, bool) {
	digits, _, found := strings.Cut(name, "-")
	n, err := strconv.Atoi(digits)
	return n, found && err == nil
}

// widest is how long a line of a step's program may be, in columns: the
// workbook shows it beside other things.
const widest = 80

// TestLineLength: what learners read fits into their terminal, a tab being
// shown as four columns.
func TestLineLength(t *testing.T) {
	for _, name := range sources(t, ".") {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if n := tooLong(string(data)); n > 0 {
			t.Errorf("%s:%d: longer than %d columns", name, n, widest)
		}
	}
	if tooLong("a\n"+strings.Repeat("é", 80)+"\n") != 0 ||
		tooLong("a\n\t"+strings.Repeat("x", 77)+"\n") != 2 {
		t.Error("tooLong counts wrong")
	}
}

// tooLong returns the number of the first line that is too long, 0 for none.
func tooLong(text string) int {
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.ReplaceAll(strings.TrimRight(line, "\r\n"), "\t", "    ")
		if utf8.RuneCountInString(line) > widest {
			return n
		}
	}
	return 0
}
