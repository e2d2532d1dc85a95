package tui

import "testing"

// What a lesson says after a question waits for an answer, or for n. It moves
// nothing, cannot be found and has no cursor until then; it stays open after.
func TestSpoiler(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, 80, 24, nil)
		d.press("n")
		d.wantScreen("What does the client get?")
		d.press("down", "down", "down")
		d.wantScreen("… answer first, or n to read on")
		d.wantNot("Then there is more to read.")
		d.press("/")
		for _, c := range "MORE TO READ" {
			d.press(string(c))
		}
		d.wantScreen("it stands nowhere")
		d.press("esc")
		before := d.m.leftRows()
		d.press("n")
		d.wantNot("… answer first, or n to read on")
		for i, r := range d.m.leftRows() {
			if r.Plain() != before[i].Plain() && r.Plain() != "Then there is more to read." {
				t.Errorf("line %d was %q and is %q", i, before[i].Plain(), r.Plain())
			}
		}
		d.wantScreen("⏎ answer and send") // it may still be answered
		d.press("n")
		d.wantScreen("⏎ open the exercise")

		again := newDesk(t, 80, 40, func(o *Options) { o.StatePath = d.m.o.StatePath })
		again.wantScreen("Then there is more to read.")
	})
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, 120, 40, nil)
		d.wantScreen("… answer first, or n to read on")
		d.press("n", "enter")
		d.wantNot("… answer first, or n to read on")
		d.wantScreen("Then there is more to read.")
	})
}
