package command

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example/wirebook/internal/course"
	"example/wirebook/tui"
)

var update = flag.Bool("update", false, "rewrite what the README takes from the code")

func readme(t *testing.T) (path, text string) {
	t.Helper()
	root, err := course.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(root, "README.md")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return path, strings.ReplaceAll(string(data), "\r\n", "\n")
}

// TestREADMEKeys holds the README's table of keys against the workbook's own.
// "go test ./internal/command -run README -update" repairs it.
func TestREADMEKeys(t *testing.T) {
	const begin, end = "<!-- keys -->\n", "<!-- /keys -->"
	path, text := readme(t)
	before, rest, ok := strings.Cut(text, begin)
	table, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("no place between %q and %q", begin, end)
	}
	if table == tui.KeysMarkdown() {
		return
	}
	if !*update {
		t.Fatal("the keys have changed: go test ./internal/command -run README -update")
	}
	if err := os.WriteFile(path, []byte(before+begin+tui.KeysMarkdown()+end+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

// readmeCommands are the calls of wirebook in the README's shell blocks.
func readmeCommands(text string) [][]string {
	var calls [][]string
	shell := false
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "```") {
			shell = strings.TrimSpace(line) == "```sh"
			continue
		}
		line, _, _ = strings.Cut(line, "#")
		words, ok := strings.CutPrefix(strings.TrimSpace(line), "go run . ")
		if shell && ok {
			calls = append(calls, strings.Fields(words))
		}
	}
	return calls
}

// TestREADMEPackages: the table names every package below the root once, and no
// other.
func TestREADMEPackages(t *testing.T) {
	path, text := readme(t)
	root := filepath.Dir(path)
	named := map[string]int{}
	_, table, _ := strings.Cut(text, "| package | noun |\n")
	for line := range strings.Lines(table) {
		cell, ok := strings.CutPrefix(line, "| `")
		if name, _, closed := strings.Cut(cell, "`"); ok && closed {
			named[name]++
		} else if !strings.HasPrefix(line, "|") {
			break
		}
	}
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(root, name)
		switch rel = filepath.ToSlash(rel); {
		case err != nil:
			return err
		case d.Name() == "testdata", rel != "." && strings.HasPrefix(d.Name(), "."), strings.HasPrefix(rel, "steps/"):
			return fs.SkipDir
		}
		sources, err := filepath.Glob(filepath.Join(name, "*.go"))
		if len(sources) > 0 {
			if named[rel] != 1 {
				t.Errorf("%s stands %d times in the README's table, want once", rel, named[rel])
			}
			delete(named, rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range named {
		t.Errorf("the README's table names %s, which is no package", name)
	}
}

// TestContributing: each hop of a walk names a file and a function that is in
// it, a walk has at most twelve hops, and the page fits a screen.
func TestContributing(t *testing.T) {
	path, _ := readme(t)
	root := filepath.Dir(path)
	data, err := os.ReadFile(filepath.Join(root, "CONTRIBUTING.md"))
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(data), "\r\n", "\n")
	if n := strings.Count(text, "\n"); n > 50 {
		t.Errorf("CONTRIBUTING.md has %d lines, want 50 at most", n)
	}
	hop := regexp.MustCompile("`([a-z0-9/-]+\\.go)` `(\\w+)`")
	hops := 0
	for walk := range strings.SplitSeq(text, "\n## ") {
		if strings.Contains(walk, "\n13. ") {
			t.Errorf("more than 12 hops: %.20q", walk)
		}
		for _, m := range hop.FindAllStringSubmatch(walk, -1) {
			hops++
			source, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(m[1])))
			if err != nil {
				t.Error(err)
				continue
			}
			if !regexp.MustCompile(`(?m)^func (\([^)]*\) )?` + m[2] + `\(`).Match(source) {
				t.Errorf("%s has no function %s", m[1], m[2])
			}
		}
	}
	if hops < 20 {
		t.Errorf("%d hops found, want those of two walks", hops)
	}
}
