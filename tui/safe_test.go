package tui

import (
	"strings"
	"testing"
	"unicode"

	"example/wirebook/internal/session"
	"github.com/charmbracelet/x/ansi"
)

// hostile are texts that do something to a terminal that prints them.
var hostile = []string{
	"\x1b]52;c;aGVsbG8=\x07",        // writes the clipboard
	"\x1b]0;title\x1b\\",            // sets the title
	"\x1b[2J\x1b[H",                 // clears the screen
	"\x1b]8;;http://x",              // a sequence without an end swallows the rest
	"\x1b[",                         // so does this one
	"\u009b2J",                      // C1 as UTF-8
	"\x9b2J\x9d0;x\x9c",             // C1 as bytes
	"secret\rpublic",                // overwrites
	"a\bb\ac\x00d\x7f",              // moves, rings, vanishes
	"\u202egnp.exe\u202c",           // turned round by bidi
	"pass\u200bword\u200d\ufe0f",    // nothing to be seen
	"👩\u200d🚀 ✔\ufe0f ⚠\ufe0f",      // counted differently by terminals
	"กำ a\u0e33 \u1100\u1161\u11a8", // joined
	"\u2028\u2029\u0085",            // ends of lines
	"\xff\xfe\xc3",                  // no UTF-8
}

// obeyed is the first thing in a text that a terminal would obey, "" if none.
func obeyed(s string) string {
	for _, r := range s {
		if r < 0x20 || r == 0x7f || r >= 0x80 && r < 0xa0 || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) || r == 0xfffd {
			return string(r)
		}
	}
	return ""
}

func TestSafe(t *testing.T) {
	for _, s := range hostile {
		if bad := obeyed(safe(s)); bad != "" {
			t.Errorf("%q becomes %q, which has %q", s, safe(s), bad)
		}
	}
	for _, s := range []string{"plain", "‹E9› ␍␊ ▸ ─ ✓", "日本語.html", "Grüße, Привет", "é"} {
		if safe(s) != s {
			t.Errorf("%q becomes %q", s, safe(s))
		}
	}
}

func FuzzSafe(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := safe(s)
		if bad := obeyed(got); bad != "" {
			t.Errorf("%q becomes %q, which has %q", s, got, bad)
		}
		if a, b := ansi.StringWidth(got), ansi.StringWidthWc(got); a != b {
			t.Errorf("%q becomes %q: %d cells or %d", s, got, a, b)
		}
		for _, w := range []int{1, 7, 40} {
			if n := fit(say(plain, s), w).width(); n != w {
				t.Errorf("%q fitted to %d is %d wide", s, w, n)
			}
		}
	})
}

// Whatever a client, a server, a compiler or a log says, it cannot reach the
// terminal: in a painted frame the only escape sequences are the theme's.
func TestHostileBytesOnTheScreen(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		for _, bad := range hostile {
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
					d.results = failing(d.m.exercise.step)
					d.results[0].Failure.Got = []byte(bad)
					d.results[0].Failure.At = 0
					d.results[0].Died = bad
					d.press("3", "c", "d")
				},
				func() { d.press("d") },
				func() {
					d.failed = &session.Unavailable{Problem: bad}
					d.press("c")
				},
				func() {
					key := sourceKey{"01-socket", session.Notes}
					d.tell(sourceRead{key: key, files: []sourceFile{{name: bad, rows: goRows([]byte("package main // " + bad))}}})
					d.press("4")
				},
			}
			for i, view := range views {
				view()
				if found := obeyed(strings.ReplaceAll(unpaint(d.m), "\n", "")); found != "" {
					t.Errorf("%q, view %d: the frame has %q", bad, i, found)
				}
			}
		}
	})
}

// say puts a text on the status line as an error would.
func (d *desk) say(text string) { d.m.say(bad, text) }

// unpaint takes the theme's own codes out of a frame.
func unpaint(m *Model) string {
	text := m.View().Content
	for _, side := range m.theme.open {
		for _, code := range side {
			if code != "" {
				text = strings.ReplaceAll(text, code, "")
			}
		}
	}
	return strings.ReplaceAll(text, reset, "")
}

// Two different bodies never look the same on the wire.
func TestBytesStayApart(t *testing.T) {
	seen := map[string]string{}
	for _, s := range append([]string{"␛[2J", "\\x1b[2J", "‹9B›", "a b", "a  b", "a\tb", "a b "}, hostile...) {
		inBubble(t, func(t *testing.T) {
			d := newDesk(t, 120, 40, nil)
			d.traffic(1, "", "GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\nX: "+s+"\r\n\r\n")
			var rows strings.Builder
			for i := range d.m.wire.rowCount() {
				rows.WriteString(d.m.wire.rowAt(i).plain() + "\n")
			}
			if before, ok := seen[rows.String()]; ok {
				t.Errorf("%q and %q look the same", before, s)
			}
			seen[rows.String()] = s
		})
	}
}
