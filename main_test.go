package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "example/wirebook"

// arrows says what each package of ours may import: those of ours that are
// named beside it by the last word of their paths, and modules of others only
// where "others" is named. All that is named stands further down, so that a
// reader of a package needs nothing above it. What judges and records uses the
// standard library alone, and builds with an empty module cache. The packages
// of the steps are in TestImports of package steps.
var arrows = []struct{ dir, may string }{
	// the program, and what people see of it
	{".", "command"},
	{"internal/command", "tui plain progress lessons check session course runner wire judge message play exchange visible steps others"},
	{"tui", "lessonpane exercisepane sourcepane wirepane palette cells reading progress lessons check session course runner wire judge message play exchange visible steps others"},
	{"tui/lessonpane", "cells reading progress lessons"},
	{"tui/exercisepane", "cells check course runner wire judge exchange visible"},
	{"tui/sourcepane", "cells course"},
	{"tui/wirepane", "cells wire message visible"},
	{"tui/palette", "cells others"},
	{"tui/cells", "lessons visible others"},
	{"internal/plain", "reading progress lessons check session course wire message play exchange visible"},
	{"internal/reading", "progress lessons"},
	{"internal/progress", "others"},

	// what it does
	{"lessons", "course message play exchange visible others"},
	{"internal/check", "course runner wire judge play exchange"},
	{"internal/session", "course runner wire play exchange visible"},
	{"internal/course", "runner exchange"},
	{"internal/runner", "exchange visible"},
	{"internal/wire", "message visible"},

	// what a file asks for, and what a server does
	{"internal/judge", "play response message exchange visible"},
	{"internal/play", "response exchange"},
	{"internal/response", "message"},
	{"internal/wire/message", "visible"},
	{"internal/exchange", ""},
	{"internal/visible", ""},

	// imported by tests alone, and the program that draws the README's picture
	{"internal/steptest", "course runner judge play exchange"},
	{"internal/screentest/picture", "screentest others"},
	{"internal/screentest", "wire message others"},
}

// TestArrows: a new package says where it stands.
func TestArrows(t *testing.T) {
	may := map[string][]string{}
	for _, arrow := range arrows {
		may[arrow.dir] = strings.Fields(arrow.may)
	}
	for _, dir := range packages(t) {
		allowed, placed := may[dir]
		if !placed {
			t.Errorf("%s is not in arrows", dir)
		}
		for name, imports := range importsOf(t, dir) {
			for _, imported := range imports {
				_, ours := strings.CutPrefix(imported, module+"/")
				switch {
				case ours && !slices.Contains(allowed, path.Base(imported)):
					t.Errorf("%s imports %s, which is not below it", name, imported)
				case !ours && isForeign(imported) && !slices.Contains(allowed, "others"):
					t.Errorf("%s imports %s; it uses the standard library alone", name, imported)
				}
			}
		}
	}
	if !isForeign("github.com/a/b") || isForeign("net/http") {
		t.Error("isForeign takes one for the other")
	}
}

// TestArrowsPointDown: what a package may import stands further down than it.
// The packages of the tests see all of them.
func TestArrowsPointDown(t *testing.T) {
	for i, arrow := range arrows {
		if path.Base(arrow.dir) == "steptest" {
			break
		}
		below := []string{"steps", "others"}
		for _, b := range arrows[i+1:] {
			below = append(below, path.Base(b.dir))
		}
		for name := range strings.FieldsSeq(arrow.may) {
			if !slices.Contains(below, name) {
				t.Errorf("%s may import %s, which is not below it", arrow.dir, name)
			}
		}
	}
}

// packages lists the folders with Go files, but for the steps' and those of
// testdata.
func packages(t *testing.T) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !d.IsDir():
			return nil
		case name == "steps", d.Name() == "testdata", name != "." && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		}
		files, err := filepath.Glob(filepath.Join(name, "*.go"))
		if len(files) > 0 {
			all = append(all, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil || len(all) < 10 {
		t.Fatalf("found the packages %v: %v", all, err)
	}
	return all
}

// isForeign: a module's path begins with a host, and a host has a dot.
func isForeign(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return strings.Contains(first, ".")
}

func importsOf(t *testing.T, dir string) map[string][]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: no Go files: %v", dir, err)
	}
	imports := map[string][]string{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range file.Imports {
			p, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			imports[name] = append(imports[name], p)
		}
	}
	return imports
}
