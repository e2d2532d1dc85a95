package tui

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"example/wirebook/internal/progress"
	"example/wirebook/internal/screentest"
	"example/wirebook/lessons"
)

// longLesson has sections of prose far longer than a window, with an exchange
// in every third.
func longLesson(t *testing.T) *lessons.Lesson {
	t.Helper()
	var b strings.Builder
	b.WriteString("<!-- minutes: 5 -->\n# Long\n")
	for i := range 12 {
		fmt.Fprintf(&b, "\n## Part %d\n\n", i+1)
		for k := range 9 {
			fmt.Fprintf(&b, "Line %d.%d of a text that goes on for a while, so that it breaks in a narrow window and not in a wide one.\n\n", i+1, k)
		}
		if i%3 == 0 {
			b.WriteString("```exchange page request\n```\n")
		}
	}
	all, err := lessons.Load(fstest.MapFS{"01-socket.md": {Data: []byte(b.String())}}, stepFiles)
	if err != nil {
		t.Fatal(err)
	}
	return all[0]
}

func openedPane(t *testing.T, w, h int) *lessonPane {
	t.Helper()
	p := &lessonPane{}
	p.setSize(w, h)
	p.open(longLesson(t), 0, lessons.State{Answers: map[string]int{}}, nil)
	return p
}

// A resize keeps the block that is being read at the top of the window.
func TestResizeKeepsThePlace(t *testing.T) {
	p := openedPane(t, 78, 19)
	for _, at := range []int{0, 40, 111, 200} {
		p.scrollTo(at)
		want := p.place()
		for _, size := range []struct{ w, h int }{{48, 26}, {118, 19}, {30, 5}, {58, 50}, {78, 19}} {
			p.setSize(size.w, size.h)
			if got := p.place(); got != want && p.top+p.h < len(p.lines) {
				t.Errorf("from line %d: at %dx%d block %d is on top, not %d", at, size.w, size.h, got, want)
			}
		}
	}
}

// The place of yesterday is the place of today, whichever comes first, the
// lesson or the window's size.
func TestOpensWhereOneLeft(t *testing.T) {
	l := longLesson(t)
	p := &lessonPane{}
	p.open(l, 40, lessons.State{}, nil)
	p.setSize(70, 20)
	if p.place() != 40 {
		t.Errorf("opens at block %d", p.place())
	}
	p.open(l, 50, lessons.State{}, nil)
	if p.place() != 50 {
		t.Errorf("opens at block %d", p.place())
	}
	p.open(l, len(l.Blocks)+7, lessons.State{}, nil) // the lesson was longer then
	if len(p.rows("")) == 0 {
		t.Error("shows nothing")
	}
}

// n goes from block to block and never past text that was not on the screen;
// in the end it comes to the last line.
func TestNextSkipsNothing(t *testing.T) {
	for _, h := range []int{5, 19, 40} {
		p := openedPane(t, 60, h)
		seen := make([]bool, len(p.lines))
		visited := map[int]bool{}
		for range 400 {
			for i := p.top; i < min(p.top+p.h, len(p.lines)); i++ {
				seen[i] = true
			}
			visited[p.state.Focus] = true
			p.next()
		}
		for i, s := range seen {
			if !s {
				t.Fatalf("height %d: line %d was never on the screen: %q", h, i, lessonRow(p.lines[i]).Plain())
			}
		}
		for i := range p.lesson.Blocks {
			if p.isStop(i) && !visited[i] {
				t.Errorf("height %d: block %d never had the focus", h, i)
			}
		}
		for range 400 {
			p.previous()
		}
		if p.top != 0 {
			t.Errorf("height %d: p leads back to line %d", h, p.top)
		}
	}
}

// The keys act on a block that can be seen, or on none.
func TestFocusIsVisible(t *testing.T) {
	p := openedPane(t, 60, 12)
	for range len(p.lines) {
		if f := p.state.Focus; f >= 0 && !p.visible(f) {
			t.Fatalf("line %d: block %d has the focus and is out of sight", p.top, f)
		}
		p.scrollBy(1)
	}
	if p.percent() != 100 {
		t.Errorf("at the end: %d %%", p.percent())
	}
}

func TestSection(t *testing.T) {
	p := openedPane(t, 60, 12)
	if title, n, of := p.section(); title != "" || n != 0 || of != 12 {
		t.Errorf("at the top: %q %d of %d", title, n, of)
	}
	p.scrollTo(len(p.lines))
	if title, n, of := p.section(); title != "Part 12" || n != 12 || of != 12 {
		t.Errorf("at the end: %q %d of %d", title, n, of)
	}
}

// One frame, with a message of some size on the wire.
func BenchmarkFrame(b *testing.B) {
	all, steps := book(b)
	m := newModel(b.Context(), Options{Lessons: all, Steps: steps, Session: newFakeSession(), Getenv: func(string) string { return "dark" }, StatePath: b.TempDir() + "/p"})
	m.restore(progress.Progress{}, "", nil)
	m.w, m.h = 120, 40
	m.resize()
	m.wire.Add(screentest.Talk(1, "", screentest.GetPage, screentest.YesPage+strings.Repeat("text\n", 500)), 0, m.opened)
	for b.Loop() {
		m.View()
	}
}
