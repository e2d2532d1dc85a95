package lessons

import (
	"io"
	"os"
	"strings"
	"testing"
)

// FuzzLesson: whatever a file holds, it is refused or laid out within its
// width, and nothing that a terminal would obey is in a span.
func FuzzLesson(f *testing.F) {
	page, err := os.ReadFile("testdata/01-socket.md")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(page), 60)
	f.Add("# T\n\n- a\n  1. b\n     > c\n", 30)
	f.Add("# T\n\n|a|b|\n|-|-|\n|1|\n", 31)
	f.Add("# T\n\n[a]: b\n\n&#27; <b> ![x](y) ~~s~~\n", 80)
	f.Add("# \n\n```\n\n", 0)
	steps, sources := demoSteps(f), os.DirFS("testdata/steps")
	f.Fuzz(func(t *testing.T, source string, width int) {
		l, err := Parse("01-socket.md", []byte(source), steps, sources)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "lessons: 01-socket.md:") {
				t.Errorf("an error without a place: %v", err)
			}
			return
		}
		width = MinWidth + max(width%(MaxWidth-MinWidth), 0)
		for i, line := range l.Layout(width, State{}) {
			text := plain(line)
			if untrusted([]byte(text)) >= 0 || strings.ContainsAny(text, "\t\n") {
				t.Errorf("line %d: %q", i, text)
			}
			if cells(text) > width {
				t.Errorf("line %d: %d cells of %d: %q", i, cells(text), width, text)
			}
			if line.Block < 0 || line.Block >= len(l.Blocks) {
				t.Errorf("line %d is of block %d of %d", i, line.Block, len(l.Blocks))
			}
		}
		if err := Plain(l, io.Discard, width); err != nil {
			t.Error(err)
		}
	})
}
