package exercisepane

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"example/wirebook/internal/check"
	"example/wirebook/internal/course"
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/judge"
)

// opened is a pane with exercises one to four, w cells wide and h rows high.
func opened(w, h int, passed ...string) *Pane {
	s := &course.Step{}
	for _, name := range []string{"one", "two", "three", "four"} {
		x := &exchange.Exchange{Name: name, Step: "01-socket", Why: strings.Repeat("because ", 40)}
		s.Exercises = append(s.Exercises, course.Exercise{Name: name, Title: "title " + name,
			Task: strings.Repeat("to be done ", 300), Hints: []string{"h1", "h2", "h3"}, Exchanges: []*exchange.Exchange{x}})
	}
	p := &Pane{}
	p.SetSize(w, h)
	p.Open(s, "go run .", passed, "02 post")
	return p
}

func result(p *Pane, i int, v check.Verdict) check.Result {
	r := check.Result{Exercise: &p.step.Exercises[i], Verdict: v}
	if v == check.Fail {
		r.Failure = &judge.Failure{Saw: "it differs", Got: []byte("x\n"), Rule: "the rule"}
	}
	return r
}

func text(p *Pane) string { return strings.Join(rowTexts(p.Rows()), "\n") }

// The first exercise that fails is shown, and where none is known to, the first
// that does not pass; once the reader has chosen, nothing else is.
func TestChoosing(t *testing.T) {
	p := opened(60, 30, "one")
	if got := p.Title(); got != "exercise 2 of 4: title two" {
		t.Errorf("opens at %s", got)
	}
	p.Checking()
	p.Add(result(p, 2, check.Fail))
	p.Toggle(ShowReference)
	p.Choose(1)
	if got := text(p); strings.Contains(got, "What the reference answers") || p.Title() != "exercise 4 of 4: title four" {
		t.Errorf("another exercise still shows the reference's bytes:\n%s", got)
	}
	p.Add(result(p, 0, check.Fail))
	if got := p.Title(); got != "exercise 4 of 4: title four" {
		t.Errorf("after a choice it went to %s", got)
	}
	p.Choose(9)
	p.ChooseNamed("no such one")
	if got := p.Title(); got != "exercise 4 of 4: title four" {
		t.Errorf("at the end n leads to %s", got)
	}
	p.Checking()
	p.Add(result(p, 1, check.Fail))
	if got := p.Title(); got != "exercise 1 of 4: title one" { // from the check before, until it is judged anew
		t.Errorf("a new check shows %s", got)
	}
}

// A hint opens after a failing check, one level at a time; after the last one
// they close.
func TestHints(t *testing.T) {
	p := opened(60, 80)
	if p.MayHint() {
		t.Error("a hint before a check")
	}
	p.Add(result(p, 0, check.Fail))
	for _, want := range []int{1, 2, 3, 0, 1} {
		p.Hint()
		if got := strings.Count(text(p), "hint: "); got != want {
			t.Errorf("%d levels are open, want %d", got, want)
		}
	}
	p.Choose(1)
	p.Add(result(p, 1, check.Pass))
	if p.MayHint() {
		t.Error("a hint for what passes")
	}
}

// Paging shows every line under the marks.
func TestPagesVisitEveryLine(t *testing.T) {
	for _, h := range []int{8, 14, 30} {
		p := opened(40, h)
		p.Add(result(p, 0, check.Pass))
		p.Choose(0)
		_, below := p.parts()
		for next := 0; next < len(below); p.Page(1) {
			if p.top > next || p.top+p.below() == next {
				t.Fatalf("height %d: line %d of %d is not shown from line %d on", h, next, len(below), p.top)
			}
			next = p.top + p.below()
		}
		if got := p.HowFar(); !strings.HasSuffix(got, fmt.Sprintf("–%d of %d ", len(below), len(below))) {
			t.Errorf("at the end: %q", got)
		}
		if p.End(false); p.top != 0 {
			t.Errorf("the beginning is line %d", p.top)
		}
	}
}

// What a check found, in one line.
func TestOutcome(t *testing.T) {
	p := opened(60, 30)
	p.Checked([]check.Result{result(p, 0, check.Pass), result(p, 1, check.Fail)}, nil, time.Second)
	if got := p.Outcome().Text; got != "1 of 4 pass; next: title two (3 to look)" {
		t.Errorf("got %q", got)
	}
	p.Checked([]check.Result{result(p, 1, check.Pass), result(p, 2, check.Pass), result(p, 3, check.Pass)}, nil, time.Second)
	if got := p.Outcome().Text; got != "✓ all 4 pass: ] opens 02 post" {
		t.Errorf("got %q", got)
	}
	p.Checked(nil, errors.New("no listener"), time.Second)
	if got := p.Outcome().Text; got != "not checked: no listener (3 to look)" || len(p.Passes()) > 0 {
		t.Errorf("got %q, and %v pass", got, p.Passes())
	}
}

// An exercise that begins to pass stays in front, with how it failed before,
// until the reader goes on.
func TestPassStays(t *testing.T) {
	p := opened(60, 80)
	p.Add(result(p, 0, check.Fail))
	p.Checking()
	if p.Passed() || len(p.news()) > 0 {
		t.Errorf("before its verdict: passed %v, news %v", p.Passed(), rowTexts(p.news()))
	}
	p.Add(result(p, 0, check.Pass))
	p.Add(result(p, 1, check.Fail))
	p.Checked([]check.Result{result(p, 0, check.Pass), result(p, 1, check.Fail)}, nil, time.Second) // told twice
	if got := text(p); p.Title() != "exercise 1 of 4: title one" || !strings.Contains(got, "before  it differs") {
		t.Errorf("in front is %s:\n%s", p.Title(), got)
	}
	p.GoOn()
	if got := p.Title(); got != "exercise 2 of 4: title two" {
		t.Errorf("it goes on to %s", got)
	}
	// While the next check runs, the verdict is an old one, and it is no news.
	p.Choose(-1)
	p.Checking()
	if p.Passed() {
		t.Error("an old verdict is a pass")
	}
	p.Add(result(p, 0, check.Pass))
	if len(p.news()) > 0 {
		t.Errorf("news %v", rowTexts(p.news()))
	}
}

// What the reader has chosen meanwhile stays in front.
func TestChosenWhileChecking(t *testing.T) {
	p := opened(60, 80)
	p.Add(result(p, 0, check.Fail))
	p.Checking()
	p.Choose(2)
	p.Add(result(p, 0, check.Pass))
	if got := p.Title(); got != "exercise 3 of 4: title three" {
		t.Errorf("in front is %s", got)
	}
}

// A check that was given up says nothing of the program; one that could not be
// made takes what passed on earlier days along.
func TestNoCheck(t *testing.T) {
	p := opened(60, 30, "one")
	p.Checked(nil, context.Canceled, time.Second)
	if !p.Judged() || len(p.Passes()) != 1 {
		t.Errorf("given up: judged %v, %v pass", p.Judged(), p.Passes())
	}
	p.Checked(nil, errors.New("no listener"), time.Second)
	if p.Judged() || len(p.Passes()) != 0 {
		t.Errorf("not made: judged %v, %v pass", p.Judged(), p.Passes())
	}
}

// Two lines of a page are on the next one too, and 300 lines are compared.
func TestLimits(t *testing.T) {
	p := opened(40, 20)
	if p.Page(1); p.top != p.below()-2 {
		t.Errorf("a page of %d lines goes to line %d", p.below(), p.top)
	}
	if n := len(visibleLines([]byte("HTTP/1.1 200 OK\r\n\r\n" + strings.Repeat("x\n", 400)))); n != 300 {
		t.Errorf("%d lines are compared", n)
	}
}
