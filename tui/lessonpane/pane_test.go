package lessonpane

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"example/wirebook/lessons"
	"example/wirebook/steps"
	"example/wirebook/tui/cells"
)

// stepFiles is a step with one exchange.
var stepFiles = fstest.MapFS{
	"01-socket/exchanges/page.txtar": {Data: []byte("title: the page\nwhy: A browser asks with a request line, fields and an empty line.\n-- request --\nGET / HTTP/1.1\nHost: localhost:8000\n\n-- response --\nHTTP/1.1 200 OK\nContent-Length: 3\n\nYes^D\n-- close --\n")},
}

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

func openedPane(t *testing.T, w, h int) *Pane {
	t.Helper()
	p := &Pane{}
	p.SetSize(w, h)
	p.Open(longLesson(t), 0, lessons.State{Answers: map[string]int{}}, nil)
	return p
}

// A resize keeps the block that is being read at the top of the window.
func TestResizeKeepsThePlace(t *testing.T) {
	p := openedPane(t, 78, 19)
	for _, at := range []int{0, 40, 111, 200} {
		p.scrollTo(at)
		want := p.Place()
		for _, size := range []struct{ w, h int }{{48, 26}, {118, 19}, {30, 5}, {58, 50}, {78, 19}} {
			p.SetSize(size.w, size.h)
			if got := p.Place(); got != want && p.top+p.h < len(p.lines) {
				t.Errorf("from line %d: at %dx%d block %d is on top, not %d", at, size.w, size.h, got, want)
			}
		}
	}
}

// The place of yesterday is the place of today, whichever comes first, the
// lesson or the window's size.
func TestOpensWhereOneLeft(t *testing.T) {
	l := longLesson(t)
	p := &Pane{}
	p.Open(l, 40, lessons.State{}, nil)
	p.SetSize(70, 20)
	if p.Place() != 40 {
		t.Errorf("opens at block %d", p.Place())
	}
	p.Open(l, 50, lessons.State{}, nil)
	if p.Place() != 50 {
		t.Errorf("opens at block %d", p.Place())
	}
	p.Open(l, len(l.Blocks)+7, lessons.State{}, nil) // the lesson was longer then
	if len(p.Rows("")) == 0 {
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
			p.Next()
		}
		for i, s := range seen {
			if !s {
				t.Fatalf("height %d: line %d was never on the screen: %q", h, i, painted(p.lines[i]).Plain())
			}
		}
		for i := range p.lesson.Blocks {
			if p.isStop(i) && !visited[i] {
				t.Errorf("height %d: block %d never had the focus", h, i)
			}
		}
		for range 400 {
			p.Previous()
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
		p.ScrollBy(1)
	}
	if p.Percent() != 100 {
		t.Errorf("at the end: %d %%", p.Percent())
	}
}

func TestSection(t *testing.T) {
	p := openedPane(t, 60, 12)
	if title, n, of := p.Section(); title != "" || n != 0 || of != 12 {
		t.Errorf("at the top: %q %d of %d", title, n, of)
	}
	p.scrollTo(len(p.lines))
	if title, n, of := p.Section(); title != "Part 12" || n != 12 || of != 12 {
		t.Errorf("at the end: %q %d of %d", title, n, of)
	}
}

// In the real lessons too: wherever one scrolls, what is hidden is said once for
// each question, and the cursor is on nothing hidden.
func TestSpoilersInTheCourse(t *testing.T) {
	all, err := lessons.Load(lessons.FS, steps.FS)
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, l := range all {
		p := &Pane{}
		p.SetSize(58, 19)
		p.Open(l, 0, lessons.State{}, nil)
		for p.top < p.clampTop(len(p.lines)) {
			hidden := map[int]bool{}
			for _, line := range p.inWindow() {
				if q := p.hiddenBy(line.Block); q >= 0 && len(line.Spans) > 0 {
					hidden[q] = true
				}
			}
			shown := strings.Count(strings.Join(rowTexts(p.Rows("")), "\n"), spoilerText)
			if shown != len(hidden) || p.Focused() != nil && p.hiddenBy(p.state.Focus) >= 0 {
				t.Fatalf("%s from line %d: %d questions hide something, %d say so; cursor on block %d", l.Step, p.top, len(hidden), shown, p.state.Focus)
			}
			seen += shown
			p.ScrollBy(1)
		}
	}
	if seen == 0 {
		t.Error("no lesson hides anything: this test looks at nothing")
	}
}

func rowTexts(rows []cells.Row) []string {
	var texts []string
	for _, r := range rows {
		texts = append(texts, r.Plain())
	}
	return texts
}

func TestEveryRoleHasATone(t *testing.T) {
	for r := lessons.Body; r.String() != "unknown role"; r++ {
		if _, ok := tones[r]; !ok {
			t.Errorf("the role %q has no tone", r)
		}
	}
}
