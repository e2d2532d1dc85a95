package main

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// arrows says which packages of ours each one may import: main → command → tui
// → {lessons, check, runner, wire, session} → exchange. A package that is not
// named here is below steps/, whose own test holds it to its place.
var arrows = map[string][]string{
	".":                   {"internal/command"},
	"internal/command":    {"internal/check", "internal/course", "internal/exchange", "internal/runner", "internal/session", "internal/visible", "internal/wire", "lessons", "steps", "tui"},
	"tui":                 {"internal/check", "internal/course", "internal/exchange", "internal/runner", "internal/session", "internal/visible", "internal/wire", "lessons", "steps"},
	"lessons":             {"internal/course", "internal/exchange", "internal/visible"},
	"internal/session":    {"internal/course", "internal/exchange", "internal/runner", "internal/visible", "internal/wire"},
	"internal/check":      {"internal/course", "internal/exchange", "internal/runner", "internal/visible"},
	"internal/course":     {"internal/exchange", "internal/runner"},
	"internal/runner":     {"internal/exchange", "internal/visible"},
	"internal/wire":       {"internal/exchange", "internal/visible"},
	"internal/exchange":   {"internal/visible"},
	"internal/visible":    {},
	"internal/screentest": {},
	"internal/steptest":   {"internal/exchange", "internal/runner"},
}

// mayUseOthers names the packages that may import modules of others: what judges
// and records must build with an empty module cache.
var mayUseOthers = []string{"tui", "lessons", "internal/command", "internal/screentest"}

// TestArrows: a newcomer who reads a package needs only what is below it.
func TestArrows(t *testing.T) {
	const module = "example/wirebook"
	for dir, allowed := range arrows {
		for name, imports := range importsOf(t, dir) {
			for _, path := range imports {
				ours, found := strings.CutPrefix(path, module+"/")
				switch {
				case found && !slices.Contains(allowed, ours):
					t.Errorf("%s imports %s, which is not below it", name, ours)
				case !found && isForeign(path) && !slices.Contains(mayUseOthers, dir):
					t.Errorf("%s imports %s; it uses the standard library alone", name, path)
				}
			}
		}
	}
	if !isForeign("github.com/a/b") || isForeign("net/http") {
		t.Error("isForeign takes one for the other")
	}
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

// TestEveryPackageIsPlaced: a new package must say where it stands. The picture
// is a program for us, not a part of the workbook.
func TestEveryPackageIsPlaced(t *testing.T) {
	folders, err := filepath.Glob("internal/*")
	if err != nil || len(folders) == 0 {
		t.Fatal(err)
	}
	for _, folder := range folders {
		if _, placed := arrows[filepath.ToSlash(folder)]; !placed {
			t.Errorf("%s is not in arrows", folder)
		}
	}
}
