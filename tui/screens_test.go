package tui

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/internal/check"
	"example/wirebook/internal/course"
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/judge"
	"example/wirebook/internal/screentest"
	"example/wirebook/tui/cells"
	"github.com/charmbracelet/x/exp/golden"
)

var sizes = []struct{ w, h int }{{40, 12}, {80, 24}, {120, 40}, {200, 60}}

// TestScreens compares what an emulator of a terminal shows with the pictures in
// testdata; run with -update to draw them anew, and look at what changed. In
// every theme the text is the same, and each cell looks as its tone does.
func TestScreens(t *testing.T) {
	scenes := []struct {
		name string
		play func(h *harness)
	}{
		{"opening", func(h *harness) {}},
		{"sent", func(h *harness) {
			for len(h.session.sent) == 0 {
				h.press("enter")
			}
			h.traffic(1, "the page", screentest.GetPage, screentest.YesPage)
			h.traffic(2, "", "GET /favicon.ico HTTP/1.1\r\nHost: x\r\nUser-Agent: curl/7.88.1\r\n\r\n", screentest.YesPage)
		}},
		{"hex", func(h *harness) {
			h.traffic(1, "the page", screentest.GetPage, screentest.YesPage)
			h.press("2", "x", "right", "right")
		}},
		{"failing", func(h *harness) {
			h.results = failing(h.step())
			h.press("3", "c", "h")
		}},
		{"prediction", states["prediction"]},
		{"passed", states["exercise, passed"]},
		{"source", states["source"]},
		{"question", states["question"]},
		{"finding", states["finding"]},
		{"contents", func(h *harness) { h.press("0") }},
		{"keys", func(h *harness) { h.press("?") }},
	}
	for _, scene := range scenes {
		for _, size := range sizes {
			t.Run(fmt.Sprintf("%s-%dx%d", scene.name, size.w, size.h), func(t *testing.T) {
				inBubble(t, func(t *testing.T) {
					h := newHarness(t, size.w, size.h, nil)
					scene.play(h)
					golden.RequireEqual(t, shownText(emulate(h)))
					for _, theme := range []string{cells.MonoTheme, cells.DarkTheme, cells.LightTheme} {
						h.m.theme = cells.NewTheme(theme)
						screen := emulate(h)
						if got := shownText(screen); got != h.screen() {
							t.Errorf("%s: the emulator shows\n%s", theme, got)
						}
						compareStyles(t, h, screen)
					}
				})
			})
		}
	}
}

// failing are results of a check in which the first exercise fails.
func failing(s *course.Step) []check.Result {
	got := []byte("HTTP/1.1 200 OK\nContent-Length: 3\n\nYes")
	return []check.Result{
		{Exercise: &s.Exercises[0], Verdict: check.Fail, Failure: &judge.Failure{
			Exchange: "01/ends", Aspect: exchange.LineEnds, Saw: "the status line ends in LF alone",
			Sent: []byte(screentest.GetPage), Got: got, Due: "0d 0a", At: 15,
			Rule: "lines of the head end in CR LF (RFC 9112, 2.2)", Look: "write the head",
		}},
		{Exercise: &s.Exercises[1], Verdict: check.Pass},
	}
}

// Every frame is exactly as large as the screen, whatever is on it: a row that
// is a cell too wide breaks all rows under it.
func TestFramesFit(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 120, 40, nil)
		h.traffic(1, "", "POST /日本語 HTTP/1.1\r\nX: "+strings.Repeat("long ", 80)+"\r\n\r\n", screentest.YesPage+strings.Repeat("\xff", 300))
		h.results = failing(h.step())
		for _, keys := range [][]string{{"1"}, {"2"}, {"2", "x"}, {"3"}, {"3", "c"}, {"3", "r"}, {"4"}, {"0"}, {"?"}} {
			h.press("esc", "esc")
			h.press(keys...)
			for w := 36; w < 180; w += 7 {
				for _, height := range []int{8, 10, 13, 24, 41} {
					h.tell(tea.WindowSizeMsg{Width: w, Height: height})
					rows := h.m.frame()
					for y, r := range rows {
						if h.m.at.tooSmall {
							continue
						}
						if len(rows) != height || r.Width() != w {
							t.Fatalf("%v at %dx%d: %d rows, row %d is %d wide: %q", keys, w, height, len(rows), y, r.Width(), r.Plain())
						}
					}
				}
			}
			h.tell(tea.WindowSizeMsg{Width: 120, Height: 40})
		}
	})
}

func TestTooSmall(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 39, 10, nil)
		if s := h.screen(); strings.Count(s, "\n") != 1 || !strings.HasPrefix(s, "too small") {
			t.Errorf("got %q", s)
		}
	})
}

// The text stays where it is when an exchange arrives.
func TestNothingJumps(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		for _, size := range sizes {
			h := newHarness(t, size.w, size.h, nil)
			h.press("n")
			before := h.m.leftRows()
			h.traffic(1, "", screentest.GetPage, screentest.YesPage)
			h.session.end("the notes' server ended (exit 2)")
			h.settle()
			for i, r := range h.m.leftRows() {
				if r.Plain() != before[i].Plain() {
					t.Errorf("%dx%d: line %d was %q and is %q", size.w, size.h, i, before[i].Plain(), r.Plain())
				}
			}
		}
	})
}

// While the wire is out of sight, what comes is counted, and one line tells.
func TestUnseenExchange(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 80, 24, nil)
		h.traffic(1, "", screentest.GetPage, screentest.YesPage)
		h.traffic(2, "", "GET /two HTTP/1.1\r\n\r\n", screentest.YesPage)
		h.wantScreen("● 2", "(2 to look)", "GET /two")
		h.press("2")
		h.wantNot("● ", "(2 to look)")
	})
}

// What the reader chose is not taken away by what comes next.
func TestWireFollowsUntilTouched(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 120, 40, nil)
		h.traffic(1, "", screentest.GetPage, screentest.YesPage)
		h.traffic(2, "", screentest.GetPage, screentest.YesPage)
		h.wantScreen("▸ 2")
		h.press("2", "right")
		h.traffic(3, "", screentest.GetPage, screentest.YesPage)
		h.wantScreen("▸ 2")
		h.press("n", "n", "p", "p", "p")
		h.wantScreen("▸ 3")
	})
}

// The mouse is off until it is asked for: the terminal selects and copies.
func TestMouse(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 100, 12, nil)
		if h.m.View().MouseMode != tea.MouseModeNone {
			t.Error("the mouse is on at the start")
		}
		h.press("m")
		if h.m.View().MouseMode != tea.MouseModeCellMotion {
			t.Error("m does not turn it on")
		}
		h.tell(tea.MouseWheelMsg{X: 3, Y: 5, Button: tea.MouseWheelDown})
		if h.m.lesson.TopLine() != 3 {
			t.Errorf("the wheel scrolled the lesson to line %d", h.m.lesson.TopLine())
		}
		h.traffic(1, "", screentest.GetPage, screentest.YesPage)
		h.tell(tea.MouseWheelMsg{X: 70, Y: 5, Button: tea.MouseWheelDown})
		h.wantNot("→ request")
		if h.m.lesson.TopLine() != 3 {
			t.Errorf("over the wire it scrolled the lesson to %d", h.m.lesson.TopLine())
		}
		h.tell(tea.MouseClickMsg{X: 70, Y: 5})
		if h.m.front() != wireView {
			t.Error("a click does not choose the pane")
		}
		h.tell(tea.WindowSizeMsg{Width: 80, Height: 24})
		h.tell(tea.MouseClickMsg{X: 25, Y: 1})
		if h.m.front() != exerciseView {
			t.Errorf("a click on a tab leads to %d", h.m.front())
		}
	})
}

// clickOn clicks on the end of a text, where it stands first on the screen.
func (h *harness) clickOn(text string) {
	h.t.Helper()
	for y, r := range h.m.frame() {
		if before, _, found := strings.Cut(r.Plain(), text); found {
			h.tell(tea.MouseClickMsg{X: cells.Text(cells.Plain, before+text).Width() - 1, Y: y})
			return
		}
	}
	h.t.Fatalf("%q is not on the screen:\n%s", text, h.screen())
}

// A click does what the keys do, with two panes and with one.
func TestClick(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		for _, size := range sizes[1:] {
			h := newHarness(t, size.w, size.h, nil)
			states["source"](h)
			h.press("1", "m")
			h.goTo("half")
			h.clickOn("nothing, and the program ends")
			h.wantScreen("› ( ) nothing, and")
			h.traffic(1, "", screentest.GetPage, screentest.YesPage)
			h.traffic(2, "", "GET /two HTTP/1.1\r\n\r\n", screentest.YesPage)
			if size.w < wideFrom {
				h.clickOn("2 wire")
			}
			h.clickOn("  1   GET /")
			h.wantScreen("▸ 1   GET /")
			h.clickOn("Content-Length")
			h.wantScreen("Content-Length  bytes 17–30")
			h.clickOn("01 socket")
			if h.m.front() != wireView {
				t.Errorf("%v: a click on the header leads to %d", size, h.m.front())
			}
			if size.w < wideFrom {
				mustWrite(h.t, filepath.Join(h.m.o.Root, "steps/01-socket/testdata/skeleton/main.go"), "package changed\n")
				h.clickOn("4 source")
				h.wantScreen("[4 source]", "package changed")
			} else {
				h.clickOn("half a")
			}
			if h.m.front() == wireView {
				t.Errorf("%v: the wire is still in front", size)
			}
			h.press("3", "R")
			h.after(time.Second)
			if size.w < wideFrom {
				h.clickOn("1 lesson")
			} else {
				h.clickOn("Content-Length")
			}
			if h.m.question == nil || h.resets > 0 || h.m.front() != exerciseView {
				t.Errorf("%v: a click while a question is asked leads to %d", size, h.m.front())
			}
		}
	})
}
