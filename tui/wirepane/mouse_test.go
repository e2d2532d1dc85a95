package wirepane

import (
	"strings"
	"testing"

	"example/wirebook/internal/screentest"
	"example/wirebook/internal/wire"
	"github.com/charmbracelet/x/ansi"
)

// A click chooses what is drawn there: each connection of the list, each span in
// text and in hex, whatever the size and however far the window has moved.
func TestClick(t *testing.T) {
	var events []wire.Event
	for id := range 5 {
		events = append(events, screentest.Talk(id+1, "", screentest.GetPage, screentest.YesPage)...)
	}
	for _, size := range []struct{ w, h int }{{38, 7}, {58, 13}, {78, 19}, {58, 36}} {
		for _, hex := range []bool{false, true} {
			p := paneWith(size.w, size.h, events...)
			if hex {
				p.ToggleHex()
			}
			p.ScrollBy(2)
			spans, conns := 0, 0
			detail, cursor, _ := zones(size.h)
			for y, row := range p.Rows(false, idle) {
				x := 0
				for _, run := range row {
					if run.Ref != 0 && y < detail {
						spans++
						if p.Click(x, y); p.refNumber() != run.Ref || p.chosen != 5 || p.follow {
							t.Errorf("%v, hex %v: a click on %q leads to span %d of connection %d, want %d", size, hex, run.Text, p.refNumber(), p.chosen, run.Ref)
						}
					}
					x += ansi.StringWidth(run.Text)
				}
			}
			for y, row := range p.Rows(false, idle)[detail+cursor:] {
				text, found := strings.CutPrefix(row.Plain(), "  ")
				if !found || text == "" || text[0] < '1' || text[0] > '5' {
					continue
				}
				conns++
				again := paneWith(size.w, size.h, events...)
				if again.Click(size.w/2, detail+cursor+y); number(again.current().conn) != text[:1] || again.follow {
					t.Errorf("%v: a click on %q chooses %s", size, text, number(again.current().conn))
				}
			}
			if spans == 0 || conns == 0 && size.h > 7 {
				t.Errorf("%v, hex %v: %d spans and %d connections were clicked on", size, hex, spans, conns)
			}
		}
	}
	empty := paneWith(40, 12)
	empty.Click(3, 3) // nothing is there
}
