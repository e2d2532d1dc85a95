package tui

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example/wirebook/internal/check"
	"example/wirebook/internal/screentest"
	"example/wirebook/internal/wire"
	"example/wirebook/internal/wire/message"
)

// recorded is a conversation as a check records it.
func recorded(request, response string) []wire.Event {
	return []wire.Event{
		{Conn: 1, Kind: wire.Opened, Sender: wire.Sender{Name: "check", Exchange: "two ends"}},
		{Conn: 1, Kind: wire.Connected},
		{Conn: 1, Kind: wire.Arrived, Dir: message.ToServer, Data: []byte(request), At: time.Millisecond},
		{Conn: 1, Kind: wire.Arrived, Dir: message.ToClient, Data: []byte(response), At: 2 * time.Millisecond},
		{Conn: 1, Kind: wire.HalfClosed, Dir: message.ToClient, At: 2 * time.Millisecond},
		{Conn: 1, Kind: wire.HalfClosed, Dir: message.ToServer, At: 3 * time.Millisecond},
		{Conn: 1, Kind: wire.Done, At: 3 * time.Millisecond},
	}
}

// A check's conversation is on the wire: the failing one with the cursor on the
// byte that decides; on a pass the same exchange before and now. It stays until
// a key is pressed, whoever else talks to the server.
func TestCheckIsOnTheWire(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 140, 40, nil)
		h.traffic(1, "", screentest.GetPage, screentest.YesPage)
		h.results = failing(h.step())
		fails := &h.results[0]
		bad := "HTTP/1.1 200 OK\nContent-Length: 3\n\nYes"
		fails.Failure.Conn, fails.Failure.At = 1, strings.Index(bad, "3\n")
		fails.Records = map[string][]wire.Event{fails.Failure.Exchange: recorded("GET / HTTP/1.1\r\nHost: x\r\n\r\n", bad)}
		h.press("3", "c")
		h.wantScreen("c1  check \"two ends\"", "HTTP/1.1 200 OK␊", "The value of Content-Length")

		h.traffic(2, "", screentest.GetPage, screentest.YesPage)
		h.wantScreen("c1  check")

		pass := check.Result{Exercise: fails.Exercise, Verdict: check.Pass, Records: map[string][]wire.Event{
			fails.Failure.Exchange: recorded("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nYes"),
		}}
		*fails = pass
		h.press("c")
		h.wantScreen("c3  check \"two ends\"", "HTTP/1.1 200 OK␍␊", "c2", "The wire shows the same exchange, before and now.")

		h.press("enter")
		h.traffic(3, "", screentest.GetPage, screentest.YesPage)
		h.wantNot("c3  check")
	})
}

// The exercise screen shows the lines of the learner's own file, with numbers,
// before any check.
func TestOwnLines(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 100, 30, func(o *Options) {
			mustWrite(t, filepath.Join(o.Root, "steps", "01-socket", "exercise", "main.go"),
				"package main\n\nfunc main() {\n\t// Write the head.\n\thead := \"HTTP\"\n}\n")
		})
		h.press("3")
		h.wantScreen("steps/01-socket/exercise/main.go", "    4      // Write the head.", `    5      head := "HTTP"`, "Not checked yet.")
	})
}
