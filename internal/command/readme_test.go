package command

import (
	"flag"
	"os"
	"path/filepath"
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
