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

// arrows says, for each package of ours, which of ours it may import, each
// called by the last word of its path: main → command → tui → its panes →
// cells; all of those → {lessons, check, session, course, runner, wire} →
// {judge, play} → {response, exchange, message} → visible. The packages of the
// steps are below in TestImports of package steps.
var arrows = map[string]string{
	".":                           "command",
	"internal/command":            "tui plain reading progress lessons check session course runner wire message judge play exchange visible steps",
	"internal/plain":              "reading progress lessons check session course wire message play exchange visible",
	"tui":                         "exercisepane lessonpane palette sourcepane wirepane cells reading progress lessons check session course runner wire message judge play exchange visible steps",
	"tui/wirepane":                "cells wire message visible",
	"tui/exercisepane":            "cells check course runner judge exchange visible",
	"tui/palette":                 "cells",
	"tui/lessonpane":              "cells lessons",
	"tui/sourcepane":              "cells course",
	"tui/cells":                   "lessons visible",
	"lessons":                     "course message play exchange visible",
	"internal/reading":            "progress lessons",
	"internal/progress":           "",
	"internal/check":              "course runner judge play exchange visible",
	"internal/session":            "course runner wire play exchange visible",
	"internal/course":             "runner exchange",
	"internal/runner":             "exchange visible",
	"internal/wire":               "message visible",
	"internal/judge":              "play response exchange visible",
	"internal/play":               "response exchange",
	"internal/response":           "",
	"internal/wire/message":       "visible",
	"internal/exchange":           "",
	"internal/visible":            "",
	"internal/steptest":           "course runner judge play exchange", // imported by tests alone
	"internal/screentest":         "wire message",                      // likewise
	"internal/screentest/picture": "screentest",                        // a program that draws the README's picture
}

// mayUseOthers names the packages that may import modules of others: what judges
// and records must build with an empty module cache.
var mayUseOthers = []string{"tui", "palette", "lessons", "command", "cells", "progress", "screentest", "picture"}

// TestArrows: a newcomer who reads a package needs only what is below it, and a
// new package says where it stands.
func TestArrows(t *testing.T) {
	for _, dir := range packages(t) {
		allowed, placed := arrows[dir]
		if !placed {
			t.Errorf("%s is not in arrows", dir)
		}
		for name, imports := range importsOf(t, dir) {
			for _, imported := range imports {
				_, ours := strings.CutPrefix(imported, module+"/")
				switch {
				case ours && !slices.Contains(strings.Fields(allowed), path.Base(imported)):
					t.Errorf("%s imports %s, which is not below it", name, imported)
				case !ours && isForeign(imported) && !slices.Contains(mayUseOthers, path.Base(dir)):
					t.Errorf("%s imports %s; it uses the standard library alone", name, imported)
				}
			}
		}
	}
	if !isForeign("github.com/a/b") || isForeign("net/http") {
		t.Error("isForeign takes one for the other")
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
