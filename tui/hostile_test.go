package tui

import (
	"strings"
	"testing"

	"example/wirebook/internal/course"
	"example/wirebook/internal/runner"
	"example/wirebook/internal/screentest"
	"example/wirebook/tui/cells"
	"example/wirebook/tui/sourcepane"
)

// Whatever a client, a server, a compiler or a log says, it cannot reach the
// terminal: in a painted frame the only escape sequences are the theme's.
func TestHostileBytesOnTheScreen(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		for _, bad := range screentest.Hostile {
			h := newHarness(t, 120, 40, nil)
			h.traffic(1, "", "GET /"+bad+" HTTP/1.1\r\nUser-Agent: "+bad+"\r\nX"+bad+": y\r\n\r\n",
				"HTTP/1.1 200 "+bad+"\r\nServer: "+bad+"\r\n\r\n"+bad)
			h.traffic(2, bad, bad, bad)
			views := []func(){
				func() { h.press("2") },
				func() { h.press("x") },
				func() { h.press("n", "x", "right") },
				func() { h.session.end(bad); h.settle() },
				func() { h.say(bad) },
				func() {
					h.results = failing(h.step())
					h.results[0].Failure.Got = []byte(bad)
					h.results[0].Failure.At = 0
					h.results[0].Died = &runner.Exit{Status: bad, Reason: bad, File: bad}
					h.press("3", "c", "d")
				},
				func() { h.press("d") },
				func() {
					h.failed = &course.Unavailable{Problem: bad}
					h.press("c")
				},
				func() {
					key := sourcepane.Key{Step: "01-socket", Server: course.Notes}
					h.tell(sourceRead{key: key, files: []sourcepane.File{sourcepane.NewFile(bad, []byte("package main // "+bad))}})
					h.press("4")
				},
			}
			for i, view := range views {
				view()
				if found := screentest.Obeyed(strings.ReplaceAll(h.screen(), "\n", "")); found != "" {
					t.Errorf("%q, view %d: the frame has %q", bad, i, found)
				}
			}
		}
	})
}

// say puts a text on the status line as an error would.
func (h *harness) say(text string) { h.m.say(cells.Bad, text) }
