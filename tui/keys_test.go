package tui

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/internal/check"
	"example/wirebook/internal/screentest"
)

// states are situations in which keys mean different things.
var states = map[string]func(h *harness){
	"lesson":          func(h *harness) {},
	"lesson, nothing": func(h *harness) { h.press("]", "]") },
	"prediction":      func(h *harness) { h.goTo("half") },
	"lesson's end":    func(h *harness) { slices.Reverse(h.m.o.Lessons); h.press("]", "]", "[") },
	"no server":       func(h *harness) { h.session.end("your server ended (exit 2)"); h.settle() },
	"exercise block":  func(h *harness) { h.goTo("line-ends") },
	"sent":            func(h *harness) { h.press("enter") },
	"long lesson":     func(h *harness) { h.tell(tea.WindowSizeMsg{Width: h.m.w, Height: 12}); h.press("enter") },
	"wire, empty":     func(h *harness) { h.press("2") },
	"wire":            func(h *harness) { h.traffic(1, "", screentest.GetPage, screentest.YesPage); h.press("2") },
	"exercise":        func(h *harness) { h.press("3") },
	"exercise, fails": func(h *harness) { h.results = failing(h.step()); h.press("3", "c") },
	"exercise, passed": func(h *harness) {
		h.results = failing(h.step())
		h.press("3", "c")
		h.results[0] = check.Result{Exercise: h.results[0].Exercise, Verdict: check.Pass}
		h.press("c")
	},
	"source": func(h *harness) {
		for _, name := range []string{"main.go", "other.go"} {
			mustWrite(h.t, filepath.Join(h.m.o.Root, "steps/01-socket/testdata/skeleton", name), "package main\n")
		}
		h.press("4")
	},
	"exercise, passes": func(h *harness) { h.results = failing(h.step()); h.press("3", "c", "n") },
	"no exercises":     func(h *harness) { h.press("]", "]", "3") },
	"contents":         func(h *harness) { h.press("0") },
	"keys":             func(h *harness) { h.press("?") },
	"find":             func(h *harness) { h.press("/", "a") },
	"found":            func(h *harness) { h.press("/", "a", "esc") },
	"finding":          func(h *harness) { h.press(":") },
	"question":         func(h *harness) { h.press("3", "R"); h.after(time.Second) },
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

// The README has the keys that a newcomer needs, each with all it does; ? has
// every key, with its condition, the pane in front first.
func TestKeysMarkdown(t *testing.T) {
	table := KeysMarkdown()
	if n := strings.Count(table, "\n"); n != len(essential)+2 {
		t.Errorf("%d lines", n)
	}
	for _, want := range []string{
		"| `⏎` | next lesson; contents; send; answer and send; open the exercise; read on; go on in the lesson |\n",
		"| `?` | keys |\n", "| `h` | hint |\n",
	} {
		if !strings.Contains(table, want) {
			t.Errorf("the table lacks %q:\n%s", want, table)
		}
	}
	for _, c := range keyTable() {
		if !slices.Contains(areas, c.area) {
			t.Errorf("area %q is not listed", c.area)
		}
	}
}

// The page of keys has every key at every width, in columns where there is room.
func TestHelpPage(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		for width, columns := range map[int]int{40: 1, 80: 1, 120: 2, 200: 3} {
			h := newHarness(t, width, 30, nil)
			h.press("?")
			all := h.m.help.all()
			var text strings.Builder
			titles := 0
			for i, r := range all {
				if w := r.Width(); w > width-4 {
					t.Fatalf("%d: row %d has %d cells", width, i, w)
				}
				text.WriteString(r.Plain() + "\n")
				if i == 1 {
					titles = len(strings.Fields(strings.ReplaceAll(r.Plain(), string(elsewhere), "elsewhere")))
				}
			}
			if titles != columns {
				t.Errorf("%d: %d columns, want %d", width, titles, columns)
			}
			if !strings.HasPrefix(strings.TrimSpace(text.String()), string(inLesson)) {
				t.Errorf("%d: the page begins with %.40q", width, text.String())
			}
			words := strings.Join(strings.Fields(text.String()), " ")
			for _, c := range keyTable() {
				if h := c.key.Help(); columns == 1 && width > 60 && !strings.Contains(words, h.Key+" "+h.Desc) {
					t.Errorf("%d: no %s %s", width, h.Key, h.Desc)
				}
			}
			h.press("?")
			h.wantNot("the other way round")
		}
	})
}

// What lies on top is closed before the workbook is.
func TestQClosesFirst(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		for _, key := range []string{"?", "0"} {
			h := newHarness(t, 100, 30, nil)
			h.press(key, "q")
			if h.m.mode != panes || h.quit {
				t.Errorf("after %s and q: mode %d, quit %v", key, h.m.mode, h.quit)
			}
			h.press("q")
			h.after(time.Second)
			if !h.quit {
				t.Errorf("after %s, q and q the workbook is still open", key)
			}
		}
	})
}

// Ctrl-Z stops the program once.
func TestSuspend(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 100, 30, nil)
		if h.press("ctrl+z"); h.suspended != 1 {
			t.Errorf("stopped %d times", h.suspended)
		}
	})
}

// A search is gone back through after it has ended.
func TestFindAgain(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 60, 12, nil)
		h.press("/", "t", "h", "e", "enter", "enter", "esc")
		at := h.m.search.line
		if h.press("N"); h.m.search.line >= at {
			t.Errorf("line %d, from %d", h.m.search.line, at)
		}
	})
}

// Half a page is half of the window, and back is where one was.
func TestHalfPage(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 40, 16, nil)
		from := h.m.lesson.TopLine()
		h.press("ctrl+d")
		if got := h.m.lesson.TopLine() - from; got != h.m.at.left.h/2 {
			t.Errorf("%d lines, the window has %d", got, h.m.at.left.h)
		}
		if h.press("ctrl+u"); h.m.lesson.TopLine() != from {
			t.Errorf("back at %d, from %d", h.m.lesson.TopLine(), from)
		}
	})
}

// Everything is found by typing: an action is done, a place is opened.
func TestPalette(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 120, 30, nil)
		h.press(":")
		h.wantScreen("find", "> ▌", "action", "lesson")
		h.press("c", "o", "n", "t", "e", "n", "t", "enter")
		if h.m.mode != listing || h.m.palette.IsOpen() {
			t.Errorf("mode %d", h.m.mode)
		}
		h.press("esc", "ctrl+p", "esc")
		if h.m.covered() {
			t.Error("esc does not close it")
		}
		for i, l := range h.m.o.Lessons {
			for b := range l.Blocks {
				kind, title, hint := found(l, b)
				if kind == "" {
					continue
				}
				h.press(":")
				h.m.palette.Paste(tea.PasteMsg{Content: kind + " " + title + " " + hint})
				h.press("enter")
				first := h.m.lesson.TopLine()
				if h.m.index != i || h.m.covered() || h.m.lesson.Place() > b {
					t.Errorf("%s %q: lesson %d, block %d at the top (line %d), want lesson %d, block %d", kind, title, h.m.index, h.m.lesson.Place(), first, i, b)
				}
			}
		}
		h.press(":", "q", "q", "q") // nothing is called so
		h.wantScreen("nothing has these words")
		h.press("enter", "q")
		if !h.m.palette.IsOpen() || h.quit {
			t.Error("a letter was taken for a key")
		}
	})
}

// Results arrive in any order and more than once; the first failure is shown.
func TestFirstFailureIsShown(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 100, 30, nil)
		r := failing(h.step())
		r[0].Verdict, r[1].Verdict = check.Pass, check.Fail
		h.results = r
		h.press("3", "c", "enter", "3")
		h.wantScreen("exercise 2 of 2")
		r[0].Verdict = check.Fail
		h.press("c")
		h.wantScreen("exercise 1 of 2")
	})
}
