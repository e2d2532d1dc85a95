package tui

import (
	"strings"
	"testing"

	"example/wirebook/tui/cells"
)

// The contents show each lesson with a bar, and of the open one each section and
// exercise: what is done, what is next, how long it takes. Enter goes there.
func TestContents(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 100, 16, nil)
		h.press("0")
		h.wantScreen("░░░░░░░░░░   0 of  2 exercises", "· end lines with CR LF", "next")
		h.press("esc")
		h.m.progress.Of("01-socket").Passed = []string{"line-ends"}
		h.press("0")
		h.wantScreen("█████░░░░░   1 of  2 exercises", "✓ end lines with CR LF", "done")
		h.wantNot("next    5 min")
		text := strings.Join(strings.Fields(strings.Join(rowTexts(h.m.contents.rows()), "\n")), " ")
		n := 0
		for i, l := range h.m.contents.lines {
			if l.lesson != h.m.index || l.block == 0 {
				continue
			}
			n++
			h.press("0")
			h.m.contents.chosen = i
			h.press("enter")
			if h.m.covered() || h.m.lesson.Place() > l.block {
				t.Errorf("line %d: block %d is above the window, which begins at %d", i, l.block, h.m.lesson.Place())
			}
		}
		if n < 2 {
			t.Errorf("%d sections and exercises in %s", n, text)
		}
		// The next time the cursor is where the reader is.
		h.press("G", "0")
		if l := h.m.contents.lines[h.m.contents.chosen]; l.lesson != h.m.index || l.block == 0 {
			t.Errorf("chosen: lesson %d, block %d", l.lesson, l.block)
		}
	})
}

// At every size number and name are there, every row fits, and each line can be
// seen when it is chosen.
func TestContentsFit(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		for _, w := range []int{40, 60, 80, 200} {
			for _, height := range []int{12, 24} {
				h := newHarness(t, w, height, nil)
				h.press("0", "g")
				for i := range h.m.contents.lines {
					marked := ""
					for _, r := range h.m.contents.rows() {
						if got := cells.Fit(r, h.m.contents.w).Width(); got != h.m.contents.w {
							t.Fatalf("%dx%d: a row of %d cells", w, height, got)
						}
						if strings.HasPrefix(r.Plain(), "▸ ") {
							marked = r.Plain()
						}
					}
					if marked == "" {
						t.Fatalf("%dx%d: line %d is not in sight", w, height, i)
					}
					if h.m.contents.lines[i].block == 0 {
						number, name, _ := strings.Cut(h.m.o.Lessons[h.m.contents.lines[i].lesson].Step, "-")
						if !strings.Contains(marked, number+"  "+name) {
							t.Errorf("%dx%d: %q lacks %s %s", w, height, marked, number, name)
						}
					}
					h.press("down")
				}
			}
		}
	})
}
