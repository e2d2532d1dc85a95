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
var states = map[string]func(d *desk){
	"lesson":          func(d *desk) {},
	"lesson, nothing": func(d *desk) { d.press("]") },
	"prediction":      func(d *desk) { d.press("n") },
	"lesson's end":    func(d *desk) { slices.Reverse(d.m.o.Lessons); d.press("]", "[") },
	"no server":       func(d *desk) { d.session.end("your server ended (exit 2)"); d.settle() },
	"exercise block":  func(d *desk) { d.press("n", "n", "n") },
	"wire, empty":     func(d *desk) { d.press("2") },
	"wire":            func(d *desk) { d.traffic(1, "", screentest.GetPage, screentest.YesPage); d.press("2") },
	"exercise":        func(d *desk) { d.press("3") },
	"exercise, fails": func(d *desk) { d.results = failing(d.step()); d.press("3", "c") },
	"source": func(d *desk) {
		for _, name := range []string{"main.go", "other.go"} {
			mustWrite(d.t, filepath.Join(d.m.o.Root, "steps/01-socket/testdata/skeleton", name), "package main\n")
		}
		d.press("4")
	},
	"no exercises": func(d *desk) { d.press("]", "3") },
	"contents":     func(d *desk) { d.press("0") },
	"keys":         func(d *desk) { d.press("?") },
	"find":         func(d *desk) { d.press("/", "a") },
	"found":        func(d *desk) { d.press("/", "a", "esc") },
	"question":     func(d *desk) { d.press("3", "R"); d.after(time.Second) },
}

// In no state does a key mean two things.
func TestKeysDoNotClash(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		for name, state := range states {
			for _, width := range []int{80, 120} {
				d := newDesk(t, width, 30, nil)
				state(d)
				owner := map[string]string{}
				for _, c := range d.m.keys {
					if !c.when(d.m) {
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
			d := newDesk(t, 120, 30, nil)
			state(d)
			for i, c := range d.m.keys {
				for _, k := range c.key.Keys() {
					if c.when(d.m) && d.m.command(k) == &d.m.keys[i] {
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
				d := newDesk(t, 100, 20, nil)
				state(d)
				d.press(k, k)
				if rows := d.m.frame(); len(rows) != d.m.h {
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
			d := newDesk(t, 100, 30, nil)
			states[tt.state](d)
			footer := d.m.footer().Plain()
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
		d := newDesk(t, 100, 30, nil)
		msg := keyPress("ч") // where x is on a Russian keyboard
		msg.BaseCode = 'x'
		d.tell(msg)
		if strings.Contains(d.screen(), "47 45 54") {
			t.Error("x without a connection")
		}
		d.traffic(1, "", screentest.GetPage, screentest.YesPage)
		d.tell(msg)
		if !strings.Contains(d.screen(), "47 45 54") {
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
		d := newDesk(t, 100, 30, nil)
		r := failing(d.step())
		r[0].Verdict, r[1].Verdict = check.Pass, check.Fail
		d.results = r
		d.press("3", "c")
		d.wantScreen("exercise 2 of 2")
		r[0].Verdict = check.Fail
		d.press("c")
		d.wantScreen("exercise 1 of 2")
	})
}
