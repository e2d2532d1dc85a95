package tui

import (
	"testing"
	"time"

	"example/wirebook/internal/exchange"
	"example/wirebook/internal/play"
	"example/wirebook/internal/screentest"
	"example/wirebook/internal/wire"
)

const panicked = "the notes' server ended (exit 2): index out of range, main.go:41"

// The end of a server stands under the connection on which it came about, under
// no other, and stays there when the server runs again.
func TestEndingHasItsConnection(t *testing.T) {
	for _, eventsFirst := range []bool{true, false} {
		inBubble(t, func(t *testing.T) {
			h := newHarness(t, 120, 40, nil)
			h.traffic(1, "", screentest.GetPage, screentest.YesPage)
			die := func() { h.session.end(panicked); h.settle() }
			bytes := func() { h.tap.events <- screentest.Killed(2, "half of it", "GE"); h.settle() }
			if eventsFirst {
				bytes()
				die()
			} else {
				die()
				bytes()
			}
			h.wantScreen("▸ 2", "ended (exit 2)", "S starts it again", "S start it")
			h.press("2", "n")
			h.wantScreen("▸ 1")
			h.wantNot("exit 2")

			h.tap.events <- []wire.Event{
				{Conn: 3, At: 3 * time.Second, Kind: wire.Opened, Client: "127.0.0.1:1"},
				{Conn: 3, At: 3 * time.Second, Kind: wire.Refused}, {Conn: 3, At: 3 * time.Second, Kind: wire.Done}}
			h.settle()
			h.press("p", "p")
			h.wantScreen("▸ 3", "no server behind the tap: S starts one")
			h.wantNot("exit 2")

			h.press("S")
			h.traffic(4, "", screentest.GetPage, screentest.YesPage)
			h.wantNot("exit 2", "S start")
			h.press("n", "n")
			h.wantScreen("▸ 2", "ended (exit 2)")
			h.wantNot("S starts it again")
		})
	}
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
