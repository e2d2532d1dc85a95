package tui

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example/wirebook/internal/check"
	"example/wirebook/internal/screentest"
)

// states are situations in which keys mean different things.
var states = map[string]func(h *harness){
	"lesson":          func(h *harness) {},
	"lesson, nothing": func(h *harness) { h.press("]") },
	"prediction":      func(h *harness) { h.press("n") },
	"lesson's end":    func(h *harness) { slices.Reverse(h.m.o.Lessons); h.press("]", "[") },
	"no server":       func(h *harness) { h.session.end("your server ended (exit 2)"); h.settle() },
	"exercise block":  func(h *harness) { h.press("n", "n", "n") },
	"wire, empty":     func(h *harness) { h.press("2") },
	"wire":            func(h *harness) { h.traffic(1, "", screentest.GetPage, screentest.YesPage); h.press("2") },
	"exercise":        func(h *harness) { h.press("3") },
	"exercise, fails": func(h *harness) { h.results = failing(h.step()); h.press("3", "c") },
	"source": func(h *harness) {
		for _, name := range []string{"main.go", "other.go"} {
			mustWrite(h.t, filepath.Join(h.m.o.Root, "steps/01-socket/testdata/skeleton", name), "package main\n")
		}
		h.press("4")
	},
	"no exercises": func(h *harness) { h.press("]", "3") },
	"contents":     func(h *harness) { h.press("0") },
	"keys":         func(h *harness) { h.press("?") },
	"find":         func(h *harness) { h.press("/", "a") },
	"found":        func(h *harness) { h.press("/", "a", "esc") },
	"question":     func(h *harness) { h.press("3", "R"); h.after(time.Second) },
}

// In no state does a key mean two things.
func TestKeysDoNotClash(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		for name, state := range states {
			for _, width := range []int{80, 120} {
				h := newHarness(t, width, 30, nil)
				state(h)
				owner := map[string]string{}
				for _, c := range h.m.keys {
					if !c.when(h.m) {
						continue
					}
					for _, k := range c.key.Keys() {
						if before, taken := owner[k]; taken {
							t.Errorf("%s: %s is %q and %q", name, k, before, c.key.Help().Desc)
						}
						owner[k] = c.key.Help().Desc
					}
				}
				if len(owner) == 0 {
					t.Errorf("%s: no key works", name)
				}
			}
		}
	})
}

// Every command works in some state, and then pressing its key runs it.
func TestKeysAreReachable(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		reached := make([]bool, len(keyTable()))
		for _, state := range states {
			h := newHarness(t, 120, 30, nil)
			state(h)
			for i, c := range h.m.keys {
				for _, k := range c.key.Keys() {
					if c.when(h.m) && h.m.command(k) == &h.m.keys[i] {
						reached[i] = true
					}
				}
			}
		}
		for i, c := range keyTable() {
			if !reached[i] {
				t.Errorf("no state has %q %q", c.key.Help().Key, c.key.Help().Desc)
			}
		}
	})
}

// No key does harm in any state: nothing panics, and the frame stays whole.
func TestEveryKeyInEveryState(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		var strokes []string
		for _, c := range keyTable() {
			for _, k := range c.key.Keys() {
				if !slices.Contains(strokes, k) {
					strokes = append(strokes, k)
				}
			}
		}
		for name, state := range states {
			for _, k := range strokes {
				h := newHarness(t, 100, 20, nil)
				state(h)
				h.press(k, k)
				if rows := h.m.frame(); len(rows) != h.m.h {
					t.Errorf("%s, %s: %d rows", name, k, len(rows))
				}
			}
		}
	})
}

// The footer shows what works now, and always the way to the rest.
func TestFooter(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		for _, tt := range []struct {
			state, has, lacks string
		}{
			{"lesson", "⏎ send", "h hint"},
			{"prediction", "⏎ answer and send", "⏎ send "},
			{"exercise block", "⏎ open the exercise", "x hex"},
			{"wire", "x hex", "⏎"},
			{"exercise", "e edit", "h hint"},
			{"exercise, fails", "h hint", "⏎"},
			{"contents", "⏎ open", "n next"},
			{"question", "y yes", "tab"},
		} {
			h := newHarness(t, 100, 30, nil)
			states[tt.state](h)
			footer := h.m.footer().Plain()
			if !strings.Contains(footer, tt.has) || strings.Contains(footer, tt.lacks) {
				t.Errorf("%s: %q, should have %q and not %q", tt.state, footer, tt.has, tt.lacks)
			}
			if tt.state != "question" && !strings.Contains(footer, "? keys") {
				t.Errorf("%s: %q does not say where the keys are", tt.state, footer)
			}
		}
	})
}

// A keyboard of another script: the key counts by its place.
func TestOtherKeyboards(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 100, 30, nil)
		msg := keyPress("ч") // where x is on a Russian keyboard
		msg.BaseCode = 'x'
		h.tell(msg)
		if strings.Contains(h.screen(), "47 45 54") {
			t.Error("x without a connection")
		}
		h.traffic(1, "", screentest.GetPage, screentest.YesPage)
		h.tell(msg)
		if !strings.Contains(h.screen(), "47 45 54") {
			t.Error("the key beside ya does nothing")
		}
	})
}

func TestKeysMarkdown(t *testing.T) {
	table := KeysMarkdown()
	for _, c := range keyTable() {
		h := c.key.Help()
		line := fmt.Sprintf("| %s | `%s` | %s |\n", c.area, h.Key, h.Desc)
		if !strings.Contains(table, line) {
			t.Errorf("the table lacks %q", line)
		}
	}
	if !slices.Contains(areas, keyTable()[0].area) {
		t.Error("an area is missing")
	}
	for _, c := range keyTable() {
		if !slices.Contains(areas, c.area) {
			t.Errorf("area %q is not listed", c.area)
		}
	}
}

// Results arrive in any order and more than once; the first failure is shown.
func TestFirstFailureIsShown(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 100, 30, nil)
		r := failing(h.step())
		r[0].Verdict, r[1].Verdict = check.Pass, check.Fail
		h.results = r
		h.press("3", "c")
		h.wantScreen("exercise 2 of 2")
		r[0].Verdict = check.Fail
		h.press("c")
		h.wantScreen("exercise 1 of 2")
	})
}
