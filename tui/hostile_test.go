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
			d := newDesk(t, 120, 40, nil)
			d.traffic(1, "", "GET /"+bad+" HTTP/1.1\r\nUser-Agent: "+bad+"\r\nX"+bad+": y\r\n\r\n",
				"HTTP/1.1 200 "+bad+"\r\nServer: "+bad+"\r\n\r\n"+bad)
			d.traffic(2, bad, bad, bad)
			views := []func(){
				func() { d.press("2") },
				func() { d.press("x") },
				func() { d.press("n", "x", "right") },
				func() { d.session.end(bad); d.settle() },
				func() { d.say(bad) },
				func() {
					d.results = failing(d.step())
					d.results[0].Failure.Got = []byte(bad)
					d.results[0].Failure.At = 0
					d.results[0].Died = &runner.Exit{Status: bad, Reason: bad, File: bad}
					d.press("3", "c", "d")
				},
				func() { d.press("d") },
				func() {
					d.failed = &course.Unavailable{Problem: bad}
					d.press("c")
				},
				func() {
					key := sourcepane.Key{Step: "01-socket", Server: course.Notes}
					d.tell(sourceRead{key: key, files: []sourcepane.File{sourcepane.NewFile(bad, []byte("package main // "+bad))}})
					d.press("4")
				},
			}
			for i, view := range views {
				view()
				if found := screentest.Obeyed(strings.ReplaceAll(d.screen(), "\n", "")); found != "" {
					t.Errorf("%q, view %d: the frame has %q", bad, i, found)
				}
			}
		}
	})
}

// say puts a text on the status line as an error would.
func (d *desk) say(text string) { d.m.say(cells.Bad, text) }
