package tui

import (
	"strings"
	"sync"
	"testing"

	"example/wirebook/lessons"
	"example/wirebook/steps"
)

// allLessons is all lessons that ship, loaded once: reading does not change them.
var allLessons = sync.OnceValues(func() ([]*lessons.Lesson, error) {
	return lessons.Load(lessons.FS, steps.FS)
})

// What a lesson says after a question waits for an answer, or for n. It moves
// nothing, cannot be found and has no cursor until then; it stays open after.
func TestVeil(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, 80, 24, nil)
		d.press("n")
		d.wantScreen("What does the client get?")
		d.press("down", "down", "down")
		d.wantScreen(veil)
		d.wantNot("Then there is more to read.")
		d.press("/")
		for _, c := range "MORE TO READ" {
			d.press(string(c))
		}
		d.wantScreen("it stands nowhere")
		d.press("esc")
		before := d.m.leftRows()
		d.press("n")
		d.wantNot(veil)
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
		d.wantScreen(veil)
		d.press("n", "enter")
		d.wantNot(veil)
		d.wantScreen("Then there is more to read.")
	})
}

// In the real lessons too: wherever one scrolls, what is hidden is said once for
// each question, and the cursor is on nothing hidden.
func TestVeilInTheCourse(t *testing.T) {
	all, err := allLessons()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, l := range all {
		p := &lessonPane{}
		p.setSize(58, 19)
		p.open(l, 0, lessons.State{}, nil)
		for p.top < p.clampTop(farAway) {
			hidden := map[int]bool{}
			for _, line := range p.inWindow() {
				if q := p.heldBackBy(line.Block); q >= 0 && len(line.Spans) > 0 {
					hidden[q] = true
				}
			}
			shown := strings.Count(strings.Join(rowTexts(p.rows("")), "\n"), veil)
			if shown != len(hidden) || p.focused() != nil && p.heldBackBy(p.state.Focus) >= 0 {
				t.Fatalf("%s from line %d: %d veils, %d of them said; cursor on block %d", l.Step, p.top, len(hidden), shown, p.state.Focus)
			}
			seen += shown
			p.scrollBy(1)
		}
	}
	if seen == 0 {
		t.Error("no lesson hides anything: this test looks at nothing")
	}
}
