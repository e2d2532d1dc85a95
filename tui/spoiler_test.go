package tui

import "testing"

// What a lesson says after a question waits for an answer, or for n. It moves
// nothing, cannot be found and has no cursor until then; it stays open after.
func TestSpoiler(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 80, 24, nil)
		h.press("n")
		h.wantScreen("What does the client get?")
		h.press("down", "down", "down")
		h.wantScreen("… answer first, or n to read on")
		h.wantNot("Then there is more to read.")
		h.press("/")
		for _, c := range "MORE TO READ" {
			h.press(string(c))
		}
		h.wantScreen("it stands nowhere")
		h.press("esc")
		before := h.m.leftRows()
		h.press("n")
		h.wantNot("… answer first, or n to read on")
		for i, r := range h.m.leftRows() {
			if r.Plain() != before[i].Plain() && r.Plain() != "Then there is more to read." {
				t.Errorf("line %d was %q and is %q", i, before[i].Plain(), r.Plain())
			}
		}
		h.wantScreen("⏎ answer and send") // it may still be answered
		h.press("n")
		h.wantScreen("⏎ open the exercise")

		again := newHarness(t, 80, 40, func(o *Options) { o.StatePath = h.m.o.StatePath })
		again.wantScreen("Then there is more to read.")
	})
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 120, 40, nil)
		h.wantScreen("… answer first, or n to read on")
		h.press("n", "enter")
		h.wantNot("… answer first, or n to read on")
		h.wantScreen("Then there is more to read.")
	})
}
