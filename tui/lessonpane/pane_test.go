package lessonpane

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"example/wirebook/internal/progress"
	"example/wirebook/internal/reading"
	"example/wirebook/lessons"
	"example/wirebook/steps"
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

func done(block int) *progress.Lesson {
	var p progress.Progress
	l := p.Of("01-socket")
	l.Block = block
	return l
}

func opened(t *testing.T, l *lessons.Lesson, w, h int) *Pane {
	t.Helper()
	p := &Pane{}
	p.SetSize(w, h)
	p.Open(l, done(0), "")
	return p
}

// loaded is the lessons that ship; reading does not change them.
var loaded = sync.OnceValues(func() ([]*lessons.Lesson, error) { return lessons.Load(lessons.FS, steps.FS) })

func course(t *testing.T) []*lessons.Lesson {
	t.Helper()
	all, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// A resize keeps the block that is being read at the top of the window, and the
// part of it.
func TestResizeKeepsThePlace(t *testing.T) {
	p := opened(t, longLesson(t), 78, 19)
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
	p.SetSize(30, 5)
	first, last := p.extent(3)
	p.scrollTo(last)
	if p.SetSize(31, 5); last-first < 2 || p.top == first {
		t.Errorf("the last line of a block was on top, now the first (%d to %d)", first, last)
	}
}

// The place of yesterday is the place of today, whichever comes first, the
// lesson or the window's size.
func TestOpensWhereOneLeft(t *testing.T) {
	l := longLesson(t)
	p := &Pane{}
	p.Open(l, done(40), "")
	p.SetSize(70, 20)
	if p.Place() != 40 {
		t.Errorf("opens at block %d", p.Place())
	}
	p.Open(l, done(50), "")
	if p.Place() != 50 {
		t.Errorf("opens at block %d", p.Place())
	}
	p.Open(l, done(len(l.Blocks)+7), "") // the lesson was longer then
	if len(p.Rows("")) == 0 {
		t.Error("shows nothing")
	}
}

// do what the forward key asks for, as the model would.
func do(p *Pane) (end bool) {
	switch b := p.Front(); p.Next() {
	case reading.Send:
		p.WasSent(b.Exchange.ID())
	case reading.Answer:
		p.Answer()
		p.WasSent(b.Exchange.ID())
	case reading.Practise:
		p.reader.Done.Passed = append(p.reader.Done.Passed, b.Name)
	case reading.ReadOn:
		p.Forward()
	case reading.Leave:
		return true
	}
	return false
}

// In the lessons that there are, the forward key leads to the end. What it asks
// for is wholly on the screen, no line is passed over, and each press changes
// something.
func TestForward(t *testing.T) {
	for _, size := range []struct{ w, h int }{{78, 19}, {58, 36}, {38, 8}} {
		for _, l := range append(course(t), longLesson(t)) {
			p := opened(t, l, size.w, size.h)
			keys := 0
			for ; keys < 2000; keys++ {
				here := fmt.Sprint(p.top, p.reader.Block, p.Next(), len(p.lines), p.reader.Done)
				bottom, lines := p.bottom(), len(p.lines)
				if m := p.Next(); m != reading.ReadOn && m != reading.Leave && !p.wholeInSight(p.reader.Block) {
					t.Fatalf("%s: block %d is asked for and not whole in the window", l.Step, p.reader.Block)
				}
				if !p.inSight(p.reader.Block) {
					t.Fatalf("%s: block %d is in front and out of sight", l.Step, p.reader.Block)
				}
				if do(p) {
					break
				}
				if fmt.Sprint(p.top, p.reader.Block, p.Next(), len(p.lines), p.reader.Done) == here {
					t.Fatalf("%s, %dx%d: a dead key at line %d of %d, block %d", l.Step, size.w, size.h, p.top, len(p.lines), p.reader.Block)
				}
				if len(p.lines) == lines && p.top > bottom {
					t.Fatalf("%s: from line %d to %d, past what was never seen", l.Step, bottom, p.top)
				}
			}
			if left := p.ExercisesLeft(); keys == 2000 || len(left) > 0 || p.bottom() < len(p.lines) {
				t.Errorf("%s: after %d keys at line %d of %d, exercises left: %v", l.Step, keys, p.bottom(), len(p.lines), left)
			}
			for _, b := range l.Blocks {
				if b.Question != nil && len(p.reader.Done.Answers) == 0 {
					t.Errorf("%s: question %s was never asked", l.Step, b.Name)
				}
			}
		}
	}
}

// n goes from block to block, and page by page through one that is higher than
// the window; in the end it comes to the last line, and p back to the first.
func TestStepSkipsNothing(t *testing.T) {
	for _, h := range []int{5, 19, 40} {
		p := opened(t, longLesson(t), 60, h)
		seen := make([]bool, len(p.lines))
		for range 400 {
			for i := p.top; i < p.bottom(); i++ {
				seen[i] = true
			}
			if !p.inSight(p.reader.Block) {
				t.Fatalf("height %d: block %d is in front and out of sight", h, p.reader.Block)
			}
			p.Step(1)
		}
		for i, s := range seen {
			if !s && len(p.lines[i].Spans) > 0 {
				t.Fatalf("height %d: line %d was never on the screen: %q", h, i, painted(p.lines[i]).Plain())
			}
		}
		for range 400 {
			p.Step(-1)
		}
		if p.top != 0 {
			t.Errorf("height %d: p leads back to line %d", h, p.top)
		}
	}
}

// Paging visits every line; the block in front is always one that can be seen.
func TestPagesVisitEveryLine(t *testing.T) {
	for _, h := range []int{3, 12, 40} {
		p := opened(t, longLesson(t), 60, h)
		for next := 0; next < len(p.lines); p.Page(1) {
			if p.top > next {
				t.Fatalf("height %d: line %d was passed over", h, next)
			}
			if next == p.bottom() {
				t.Fatalf("height %d: stops at line %d of %d", h, next, len(p.lines))
			}
			if next = p.bottom(); !p.inSight(p.reader.Block) {
				t.Fatalf("height %d, line %d: block %d is in front and out of sight", h, p.top, p.reader.Block)
			}
		}
		if p.Percent() != 100 {
			t.Errorf("at the end: %d %%", p.Percent())
		}
		p.End(false)
		if p.top != 0 {
			t.Errorf("height %d: the beginning is line %d", h, p.top)
		}
	}
}

func TestSection(t *testing.T) {
	p := opened(t, longLesson(t), 60, 12)
	if title, n, of := p.Section(); title != "" || n != 0 || of != 12 {
		t.Errorf("at the top: %q %d of %d", title, n, of)
	}
	p.End(true)
	if title, n, of := p.Section(); title != "Part 12" || n != 12 || of != 12 {
		t.Errorf("at the end: %q %d of %d", title, n, of)
	}
}

// In the lessons that there are, one line stands for what each open question
// hides, and nothing of it is shown.
func TestFold(t *testing.T) {
	questions := 0
	for _, l := range course(t) {
		p := opened(t, l, 58, 19)
		folds := map[int]int{}
		for _, line := range p.lines {
			q := p.reader.HiddenBy(line.Block)
			if text := painted(line).Plain(); q >= 0 && text == foldText {
				folds[q]++
			} else if q >= 0 && text != "" {
				t.Errorf("%s: block %d is hidden and shows %q", l.Step, line.Block, text)
			}
		}
		for q, n := range folds {
			if questions++; n != 1 {
				t.Errorf("%s: %d lines for what block %d hides", l.Step, n, q)
			}
		}
	}
	if questions == 0 {
		t.Error("no lesson hides anything: this test looks at nothing")
	}
}

// The mark stands beside the block in front and nowhere else.
func TestMark(t *testing.T) {
	p := opened(t, longLesson(t), 60, 20)
	p.Step(1)
	p.Step(1)
	var marked []string
	for _, r := range p.Rows("") {
		if strings.HasPrefix(r.Plain(), "▌") {
			marked = append(marked, r.Plain())
		}
	}
	if got := strings.Join(marked, "\n"); len(marked) != 2 || !strings.HasPrefix(got, "▌Line 1.0") {
		t.Errorf("marked:\n%s", got)
	}
}

func TestEveryRoleHasATone(t *testing.T) {
	for r := lessons.Body; r.String() != "unknown role"; r++ {
		if _, ok := tones[r]; !ok {
			t.Errorf("the role %q has no tone", r)
		}
	}
}

// Choices that are out of sight come into the window before one can be chosen.
func TestChoicesInSight(t *testing.T) {
	asked := 0
	for _, l := range course(t) {
		for b := range l.Blocks {
			if l.Blocks[b].Question == nil {
				continue
			}
			p := opened(t, l, 58, 19)
			first, last := p.extent(b)
			if last-first+1 > p.h || p.clampTop(first-p.h+2) != first-p.h+2 {
				continue
			}
			asked++
			p.top = first - p.h + 2 // its first two lines are in sight
			p.setFront(b)
			if p.Next() != reading.ReadOn {
				t.Errorf("%s: the forward key does %v where the choices are out of sight", l.Step, p.Next())
			}
			if p.Down(1); p.state.Choice != 0 || !p.wholeInSight(b) {
				t.Errorf("%s: choice %d, in sight %v", l.Step, p.state.Choice, p.wholeInSight(b))
			}
			if p.Down(1); p.state.Choice != 1 || p.Next() != reading.Answer {
				t.Errorf("%s: choice %d, and the forward key does %v", l.Step, p.state.Choice, p.Next())
			}
		}
	}
	if asked == 0 {
		t.Error("no question: this test looks at nothing")
	}
}

// A click chooses the choice it is on, in all of its rows, and puts its question
// in front. What a question hides cannot be clicked on.
func TestClick(t *testing.T) {
	clicked, hidden := 0, 0
	for _, l := range course(t) {
		for b := range l.Blocks {
			q := l.Blocks[b].Question
			if q == nil {
				continue
			}
			p := opened(t, l, 38, 60) // choices take several rows
			p.setFront(b)
			p.show(b)
			p.setFront(0)
			first, last := p.extent(b)
			option := -1
			for i := first; i <= min(last, p.bottom()-1); i++ {
				if strings.Contains(painted(p.lines[i]).Plain(), "( ) ") {
					option++
				}
				p.setFront(0)
				p.Click(i - p.top)
				if option >= 0 {
					p.state.Choice = len(q.Options) - 1 - option
				}
				p.Click(i - p.top)
				if p.reader.Block != b || option >= 0 && p.state.Choice != option {
					t.Errorf("%s: a click on %q leads to choice %d of block %d, want %d of %d", l.Step, painted(p.lines[i]).Plain(), p.state.Choice, p.reader.Block, option, b)
				}
				clicked++
			}
			for y := range p.h {
				if p.top+y < p.bottom() && p.reader.HiddenBy(p.lines[p.top+y].Block) >= 0 {
					hidden++
					if p.Click(y); p.reader.HiddenBy(p.reader.Block) >= 0 {
						t.Fatalf("%s: block %d is hidden and in front", l.Step, p.reader.Block)
					}
				}
			}
			p.Click(-1)
			p.Click(p.h)
		}
	}
	if clicked == 0 || hidden == 0 {
		t.Errorf("%d rows of questions, %d hidden ones: this test looks at nothing", clicked, hidden)
	}
}

// Two lines of a page are on the next one too; what is found stands in the upper
// third of the window.
func TestPageAndFind(t *testing.T) {
	p := opened(t, longLesson(t), 78, 19)
	if p.Page(1); p.top != 17 {
		t.Errorf("a page goes to line %d", p.top)
	}
	if line := p.Find("Line 6.4", 0, 1); line < 0 || p.top != line-6 {
		t.Errorf("found on line %d, the window begins at %d", line, p.top)
	}
}

// Back in a block that is higher than the window goes through it first.
func TestStepInALongBlock(t *testing.T) {
	p := opened(t, longLesson(t), 30, 4)
	first, last := p.extent(3)
	p.setFront(3)
	p.top = last
	if last-first < 3 {
		t.Fatalf("a block of %d lines is not higher than the window", last-first+1)
	}
	if p.Step(-1); p.reader.Block != 3 || p.top >= last || p.top < first {
		t.Errorf("block %d from line %d is in front; block 3 has lines %d to %d", p.reader.Block, p.top, first, last)
	}
}

// A question that was passed over can still be answered while it is in front;
// the choice in another question is the first one; what the wire has decided is
// drawn at once.
func TestQuestion(t *testing.T) {
	for _, l := range course(t) {
		for b := range l.Blocks {
			q := l.Blocks[b].Question
			if q == nil {
				continue
			}
			p := opened(t, l, 78, 60)
			p.GoTo(b)
			p.Down(1)
			if p.state.Choice != 1 {
				t.Fatalf("choice %d", p.state.Choice)
			}
			p.PassOver()
			if got := p.Next(); got != reading.Answer {
				t.Errorf("passed over: the forward key does %v", got)
			}
			p.Answer()
			before := fmt.Sprint(p.Rows(""))
			if p.Decide(q.Name, 0); fmt.Sprint(p.Rows("")) == before {
				t.Error("the answer is not drawn")
			}
			if p.setFront(b - 1); p.state.Choice != 0 {
				t.Errorf("choice %d in another block", p.state.Choice)
			}
			return
		}
	}
	t.Error("no question: this test looks at nothing")
}
