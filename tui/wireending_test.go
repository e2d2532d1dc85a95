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
			d := newDesk(t, 120, 40, nil)
			d.traffic(1, "", screentest.GetPage, screentest.YesPage)
			die := func() { d.session.end(panicked); d.settle() }
			bytes := func() { d.tap.events <- screentest.Killed(2, "half of it", "GE"); d.settle() }
			if eventsFirst {
				bytes()
				die()
			} else {
				die()
				bytes()
			}
			d.wantScreen("▸ 2", "ended (exit 2)", "S starts it again", "S start it")
			d.press("2", "n")
			d.wantScreen("▸ 1")
			d.wantNot("exit 2")

			d.tap.events <- []wire.Event{
				{Conn: 3, At: 3 * time.Second, Kind: wire.Opened, Client: "127.0.0.1:1"},
				{Conn: 3, At: 3 * time.Second, Kind: wire.Refused}, {Conn: 3, At: 3 * time.Second, Kind: wire.Done}}
			d.settle()
			d.press("p", "p")
			d.wantScreen("▸ 3", "no server behind the tap: S starts one")
			d.wantNot("exit 2")

			d.press("S")
			d.traffic(4, "", screentest.GetPage, screentest.YesPage)
			d.wantNot("exit 2", "S start")
			d.press("n", "n")
			d.wantScreen("▸ 2", "ended (exit 2)")
			d.wantNot("S starts it again")
		})
	}
}

// What a lesson sends is selected even if it carries no byte, unless another
// connection of the same exchange has something to show.
func TestSilentExchangeIsSelected(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, 120, 40, nil)
		d.traffic(1, "the page", screentest.GetPage, screentest.YesPage)
		d.session.send = func(*exchange.Exchange) *play.Transcript { return &play.Transcript{} }
		d.press("enter")
		d.tap.events <- screentest.Killed(2, "nothing", "")
		d.settle()
		d.wantScreen("▸ 2")
		d.press("enter")
		d.traffic(3, "two clients", screentest.GetPage, screentest.YesPage)
		d.tap.events <- screentest.Killed(4, "two clients", "")
		d.settle()
		d.wantScreen("▸ 3")
		d.traffic(5, "", "", "") // a browser's spare connection hides nothing
		d.wantScreen("▸ 3")
	})
}
