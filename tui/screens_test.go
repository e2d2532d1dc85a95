package tui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/internal/check"
	"example/wirebook/internal/course"
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/judge"
	"example/wirebook/internal/screentest"
	"github.com/charmbracelet/x/exp/golden"
)

var sizes = []struct{ w, h int }{{80, 24}, {100, 30}, {120, 40}}

// TestScreens compares whole screens with the pictures in testdata; run with
// -update to draw them anew, and look at what changed.
func TestScreens(t *testing.T) {
	scenes := []struct {
		name string
		play func(d *desk)
	}{
		{"opening", func(d *desk) {}},
		{"sent", func(d *desk) {
			d.press("enter")
			d.traffic(1, "the page", screentest.GetPage, screentest.YesPage)
			d.traffic(2, "", "GET /favicon.ico HTTP/1.1\r\nHost: x\r\nUser-Agent: curl/7.88.1\r\n\r\n", screentest.YesPage)
		}},
		{"hex", func(d *desk) {
			d.traffic(1, "the page", screentest.GetPage, screentest.YesPage)
			d.press("2", "x", "right", "right")
		}},
		{"failing", func(d *desk) {
			d.results = failing(d.step())
			d.press("3", "c", "h")
		}},
		{"contents", func(d *desk) { d.press("0") }},
		{"keys", func(d *desk) { d.press("?") }},
	}
	for _, scene := range scenes {
		for _, size := range sizes {
			t.Run(fmt.Sprintf("%s-%dx%d", scene.name, size.w, size.h), func(t *testing.T) {
				inBubble(t, func(t *testing.T) {
					d := newDesk(t, size.w, size.h, nil)
					scene.play(d)
					golden.RequireEqual(t, d.screen())
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
		d := newDesk(t, 120, 40, nil)
		d.traffic(1, "", "POST /日本語 HTTP/1.1\r\nX: "+strings.Repeat("long ", 80)+"\r\n\r\n", screentest.YesPage+strings.Repeat("\xff", 300))
		d.results = failing(d.step())
		for _, keys := range [][]string{{"1"}, {"2"}, {"2", "x"}, {"3"}, {"3", "c"}, {"3", "r"}, {"4"}, {"0"}, {"?"}} {
			d.press("esc", "esc")
			d.press(keys...)
			for w := 36; w < 180; w += 7 {
				for _, h := range []int{8, 10, 13, 24, 41} {
					d.tell(tea.WindowSizeMsg{Width: w, Height: h})
					rows := d.m.frame()
					for y, r := range rows {
						if d.m.at.tooSmall {
							continue
						}
						if len(rows) != h || r.Width() != w {
							t.Fatalf("%v at %dx%d: %d rows, row %d is %d wide: %q", keys, w, h, len(rows), y, r.Width(), r.Plain())
						}
					}
				}
			}
			d.tell(tea.WindowSizeMsg{Width: 120, Height: 40})
		}
	})
}

func TestTooSmall(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, 39, 10, nil)
		if s := d.screen(); strings.Count(s, "\n") != 1 || !strings.HasPrefix(s, "too small") {
			t.Errorf("got %q", s)
		}
	})
}

// The text stays where it is when an exchange arrives.
func TestNothingJumps(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		for _, size := range sizes {
			d := newDesk(t, size.w, size.h, nil)
			d.press("n")
			before := d.m.leftRows()
			d.traffic(1, "", screentest.GetPage, screentest.YesPage)
			d.session.end("the notes' server ended (exit 2)")
			d.settle()
			for i, r := range d.m.leftRows() {
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
		d := newDesk(t, 80, 24, nil)
		d.traffic(1, "", screentest.GetPage, screentest.YesPage)
		d.traffic(2, "", "GET /two HTTP/1.1\r\n\r\n", screentest.YesPage)
		d.wantScreen("● 2", "(2 to look)", "GET /two")
		d.press("2")
		d.wantNot("● ", "(2 to look)")
	})
}

// What the reader chose is not taken away by what comes next.
func TestWireFollowsUntilTouched(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, 120, 40, nil)
		d.traffic(1, "", screentest.GetPage, screentest.YesPage)
		d.traffic(2, "", screentest.GetPage, screentest.YesPage)
		d.wantScreen("▸ 2")
		d.press("2", "right")
		d.traffic(3, "", screentest.GetPage, screentest.YesPage)
		d.wantScreen("▸ 2")
		d.press("n", "n", "p", "p", "p")
		d.wantScreen("▸ 3")
	})
}

// The mouse is off until it is asked for: the terminal selects and copies.
func TestMouse(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, 100, 12, nil)
		if d.m.View().MouseMode != tea.MouseModeNone {
			t.Error("the mouse is on at the start")
		}
		d.press("m")
		if d.m.View().MouseMode != tea.MouseModeCellMotion {
			t.Error("m does not turn it on")
		}
		d.tell(tea.MouseWheelMsg{X: 3, Y: 5, Button: tea.MouseWheelDown})
		if d.m.lesson.TopLine() != 3 {
			t.Errorf("the wheel scrolled the lesson to line %d", d.m.lesson.TopLine())
		}
		d.traffic(1, "", screentest.GetPage, screentest.YesPage)
		d.tell(tea.MouseWheelMsg{X: 70, Y: 5, Button: tea.MouseWheelDown})
		d.wantNot("→ request")
		if d.m.lesson.TopLine() != 3 {
			t.Errorf("over the wire it scrolled the lesson to %d", d.m.lesson.TopLine())
		}
		d.tell(tea.MouseClickMsg{X: 70, Y: 5})
		if d.m.front() != wireView {
			t.Error("a click does not choose the pane")
		}
		d.tell(tea.WindowSizeMsg{Width: 80, Height: 24})
		d.tell(tea.MouseClickMsg{X: 25, Y: 1})
		if d.m.front() != exerciseView {
			t.Errorf("a click on a tab leads to %d", d.m.front())
		}
	})
}
