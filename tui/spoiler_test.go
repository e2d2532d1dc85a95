package tui

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

// What a lesson says after a question is folded into one line until there is an
// answer, or n. It cannot be found and is never in front until then.
func TestSpoiler(t *testing.T) {
	const fold = "… answer first, or n to read on"
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 80, 24, nil)
		h.goTo("half")
		h.press("down", "down", "down")
		h.wantScreen("What does the client get?", fold)
		h.wantNot("Then there is more to read.")
		h.press("/")
		for _, c := range "MORE TO READ" {
			h.press(string(c))
		}
		h.wantScreen("it stands nowhere")
		h.press("esc", "n")
		h.wantNot(fold)
		h.wantScreen("Then there is more to read.", "⏎ answer and send") // it may still be answered
		h.press("n")
		h.wantScreen("⏎ read on")

		again := newHarness(t, 80, 40, func(o *Options) { o.StatePath = h.m.o.StatePath })
		again.wantScreen("Then there is more to read.")
	})
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 120, 40, nil)
		h.wantScreen(fold)
		h.goTo("half")
		h.press("enter")
		h.wantNot(fold)
		h.wantScreen("Then there is more to read.")
	})
}

// An answer that is not on the screen cannot be given, nor chosen: it comes into
// the window first.
func TestChoicesInSight(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 80, 12, nil)
		h.goTo("half")
		for range 3 {
			h.tell(tea.MouseWheelMsg{X: 3, Y: 5, Button: tea.MouseWheelUp})
			if h.m.lesson.Front().Name != "half" {
				break
			}
			h.wantNot("answer and send")
			h.press("down")
			h.wantScreen("› ( ) the page", "answer and send")
		}
	})
}
