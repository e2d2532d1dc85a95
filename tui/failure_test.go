package tui

import (
	"strings"
	"testing"

	"example/wirebook/internal/judge"
)

// What a server sends is shown as what it sent, whatever words stand in it: a
// last line "look" is no label, and "^" is no caret.
func TestFailureShowsContentAsItCame(t *testing.T) {
	for _, content := range []string{"why", "rule", "look", "due", "got", "look at me", "rule one", "^ here", "  why"} {
		inBubble(t, func(t *testing.T) {
			h := newHarness(t, 120, 40, nil)
			h.results = failing(h.step())
			f := h.results[0].Failure
			f.Got, f.At = []byte("HTTP/1.1 200 OK\n\n"+content), 15
			h.press("3", "c")
			screen := h.screen()
			if n := strings.Count(screen, " "+strings.TrimSpace(content)); n < 1 || strings.Count(screen, "exercise/main.go") != 1 {
				t.Errorf("%q:\n%s", content, screen)
			}
			for _, line := range f.Lines() {
				if line.Kind == judge.GotLine && line.Text != "␊" && !strings.Contains(screen, line.Text) {
					t.Errorf("%q: no line %q in\n%s", content, line.Text, screen)
				}
			}
		})
	}
}
