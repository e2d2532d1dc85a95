package tui

import (
	"slices"
	"strings"
	"testing"
	"time"

	"example/wirebook/internal/exchange"
	"example/wirebook/internal/play"
	"example/wirebook/internal/screentest"
	"example/wirebook/internal/wire"
	"example/wirebook/internal/wire/message"
)

const panicked = "the notes' server ended (exit 2): index out of range, main.go:41"

// The end of a server stands at the connection that it cut, at no other, and in
// the list; it stays there when the server runs again.
func TestEndingHasItsConnection(t *testing.T) {
	for _, statusFirst := range []bool{true, false} {
		inBubble(t, func(t *testing.T) {
			h := newHarness(t, 120, 40, nil)
			const inList, also = 1, 3 // under the connection's name, on its axis
			said := func(times int) {
				t.Helper()
				if n := strings.Count(h.screen(), "ended (exit 2)"); n != times {
					t.Errorf("it is said %d times, due %d:\n%s", n, times, h.screen())
				}
			}
			h.traffic(1, "", screentest.GetPage, screentest.YesPage)
			h.tap.events <- screentest.Killed(2, "half of it", "GE")
			end := []wire.Event{{At: 2*time.Second + 3*time.Millisecond, Dir: message.ToClient, Kind: wire.ServerEnded, Text: panicked}}
			if statusFirst {
				h.session.end(panicked)
				h.settle()
				h.tap.events <- end
			} else {
				h.tap.events <- end
				h.settle()
				h.session.end(panicked)
			}
			h.settle()
			said(also)
			h.wantScreen("▸ 2", "+3.0 ms  the notes' server ended (exit 2)", "S starts it again", "S start it")
			h.press("2", "n")
			h.wantScreen("▸ 1")
			said(inList)

			h.tap.events <- []wire.Event{
				{Conn: 3, At: 3 * time.Second, Kind: wire.Opened, Client: "127.0.0.1:1"},
				{Conn: 3, At: 3 * time.Second, Kind: wire.Refused}, {Conn: 3, At: 3 * time.Second, Kind: wire.Done}}
			h.settle()
			h.press("p", "p")
			h.wantScreen("▸ 3", "no server behind the tap: S starts one")
			said(inList)

			h.press("S")
			h.traffic(4, "", screentest.GetPage, screentest.YesPage)
			said(inList)
			h.wantNot("S start")
			h.press("n", "n")
			h.wantScreen("▸ 2")
			said(also)
			h.wantNot("S starts it again")
		})
	}
}

// A server that ends while nobody talks to it does so in the list alone, between
// the connections before and after.
func TestEndingWithoutConnection(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 120, 40, nil)
		h.traffic(1, "", screentest.GetPage, screentest.YesPage)
		h.session.end(panicked)
		h.tap.events <- []wire.Event{{At: 5 * time.Second, Dir: message.ToClient, Kind: wire.ServerEnded, Text: panicked}}
		h.settle()
		h.wantScreen("▸ 1", "closed", "S starts it again")
		h.traffic(9, "", screentest.GetPage, screentest.YesPage)
		rows := strings.Split(h.screen(), "\n")
		at := func(text string) int {
			return slices.IndexFunc(rows, func(r string) bool { return strings.Contains(r, text) })
		}
		if nine, end, one := at("▸ 9   GET"), at("✗   the notes' server ended"), at("  1   GET"); nine < 0 || end != nine+1 || one != end+1 {
			t.Errorf("rows %d, %d, %d:\n%s", nine, end, one, h.screen())
		}
	})
}

// What a lesson sends is selected even if it carries no byte, unless another
// connection of the same exchange has something to show.
func TestSilentExchangeIsSelected(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 120, 40, nil)
		h.traffic(1, "the page", screentest.GetPage, screentest.YesPage)
		h.session.send = func(*exchange.Exchange) *play.Transcript { return &play.Transcript{} }
		h.press("enter")
		h.tap.events <- screentest.Killed(2, "nothing", "")
		h.settle()
		h.wantScreen("▸ 2")
		h.press("enter")
		h.traffic(3, "two clients", screentest.GetPage, screentest.YesPage)
		h.tap.events <- screentest.Killed(4, "two clients", "")
		h.settle()
		h.wantScreen("▸ 3")
		h.traffic(5, "", "", "") // a browser's spare connection hides nothing
		h.wantScreen("▸ 3")
	})
}
