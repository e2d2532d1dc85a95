// Package exercisepane shows a step's exercises: which pass, what is wrong with
// the one in front, its hints, the reference's bytes and the difference. It
// takes the results of a check in and gives rows out; it checks nothing itself.
package exercisepane

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"example/wirebook/internal/check"
	"example/wirebook/internal/course"
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/judge"
	"example/wirebook/internal/runner"
)

// A Part is what the lower half of the pane shows.
type Part int

const (
	showFailure Part = iota
	ShowReference
	ShowDiff
)

// A Pane shows the checks of a step's exercises and explains one of them: the
// first that fails, until the reader chooses another.
type Pane struct {
	step    *course.Step
	command string // "go run .", for the line that says how to send again
	w, h    int

	results map[string]check.Result // by exercise
	passed  map[string]bool         // known from earlier days, until checked again
	fresh   map[string]bool         // exercises that the check under way has judged
	before  []string                // what passed when it began
	source  map[string]course.Part  // exercise → the lines of the program that it is about
	next    string                  // the lesson after this one, "02 post"; empty after the last
	problem error                   // the program could not be judged at all
	took    time.Duration
	running bool

	working string // the exercise that was in front when the check began
	moment  *moment

	index  int
	picked bool // by the reader
	shown  Part
	hints  map[string]int // how many levels are open
	top    int
}

// Open shows a step's exercises; step may be nil. command is how the reader
// starts the workbook, passed names what passed on earlier days, and next is the
// lesson after this one, "02 post", empty after the last.
func (p *Pane) Open(step *course.Step, command string, passed []string, next string) {
	*p = Pane{step: step, command: command, next: next, w: p.w, h: p.h,
		results: map[string]check.Result{}, hints: map[string]int{}, passed: map[string]bool{}, fresh: map[string]bool{}}
	for _, name := range passed {
		p.passed[name] = true
	}
	p.before = p.Passes()
	p.chooseFirstOpen()
}

// SetSize says how much room there is, in cells.
func (p *Pane) SetSize(w, h int) { p.w, p.h = w, h }

// Count is how many exercises there are.
func (p *Pane) Count() int {
	if p.step == nil {
		return 0
	}
	return len(p.step.Exercises)
}

// current is the exercise that is explained; nil where the step has none.
func (p *Pane) current() *course.Exercise {
	if p.index >= p.Count() {
		return nil
	}
	return &p.step.Exercises[p.index]
}

// verdict of an exercise: of this session's last check, or an earlier pass.
func (p *Pane) verdict(name string) check.Verdict {
	if r, ok := p.results[name]; ok {
		return r.Verdict
	}
	if p.passed[name] {
		return check.Pass
	}
	return check.NotReached
}

// Title names the current exercise and says which of how many it is; empty where
// there is none.
func (p *Pane) Title() string {
	e := p.current()
	if e == nil {
		return ""
	}
	return fmt.Sprintf("exercise %d of %d: %s", p.index+1, p.Count(), e.Title)
}

// SetParts takes in the lines of the learner's program that its exercises are
// about, by their names. Those of parts that are not found are missing.
func (p *Pane) SetParts(parts map[string]course.Part) { p.source = parts }

// Failed says whether the last check found something wrong in the current
// exercise.
func (p *Pane) Failed() bool { return p.failure() != nil }

// Passed says whether the current exercise passes.
func (p *Pane) Passed() bool {
	e := p.current()
	return e != nil && p.verdict(e.Name) == check.Pass && p.settled(e.Name)
}

// failure of the current exercise, nil if it does not fail.
func (p *Pane) failure() *judge.Failure {
	e := p.current()
	if e == nil {
		return nil
	}
	return p.results[e.Name].Failure
}

// Exchange is the one that is sent for the current exercise: the one that
// fails, or the first.
func (p *Pane) Exchange() *exchange.Exchange {
	e := p.current()
	if e == nil || len(e.Exchanges) == 0 {
		return nil
	}
	if f := p.failure(); f != nil {
		i := slices.IndexFunc(e.Exchanges, func(x *exchange.Exchange) bool { return x.ID() == f.Exchange })
		if i >= 0 {
			return e.Exchanges[i]
		}
	}
	return e.Exchanges[0]
}

// Choose shows another exercise, by places further on.
func (p *Pane) Choose(by int) {
	p.index = min(max(p.index+by, 0), max(p.Count()-1, 0))
	p.picked, p.shown, p.top, p.moment = true, showFailure, 0, nil
	p.before = p.Passes() // what is new has been seen
}

// ChooseNamed shows the exercise of that name.
func (p *Pane) ChooseNamed(name string) {
	if p.step == nil {
		return
	}
	i := slices.IndexFunc(p.step.Exercises, func(e course.Exercise) bool { return e.Name == name })
	if i >= 0 {
		p.index = i
		p.Choose(0)
	}
}

// chooseFirstOpen goes to the first exercise that fails, or where none is known
// to fail, to the first that does not pass.
func (p *Pane) chooseFirstOpen() {
	for _, want := range []check.Verdict{check.Fail, check.Broken, check.NotReached} {
		for i := range p.Count() {
			if p.verdict(p.step.Exercises[i].Name) == want {
				if i != p.index {
					p.shown, p.top = showFailure, 0
				}
				p.index = i
				return
			}
		}
	}
}

// Checking takes in that a check has begun. The old verdicts stand, dimmed, until
// new ones replace them, so that the screen does not blink.
func (p *Pane) Checking() {
	p.running, p.problem, p.picked, p.moment = true, nil, false, nil
	if e := p.current(); e != nil {
		p.working = e.Name
	}
	p.before = p.Passes()
	clear(p.fresh)
}

// Add takes one result in and shows the first failure at once.
func (p *Pane) Add(r check.Result) {
	if r.Exercise == nil {
		return
	}
	p.notePass(r)
	p.results[r.Exercise.Name] = r
	p.fresh[r.Exercise.Name] = true
	delete(p.passed, r.Exercise.Name)
	p.autoChoose()
}

func (p *Pane) autoChoose() {
	if !p.picked && p.moment == nil {
		p.chooseFirstOpen()
	}
}

// Checked takes the whole outcome of a check in, or why there is none.
func (p *Pane) Checked(results []check.Result, err error, took time.Duration) {
	p.running, p.problem, p.took = false, err, took
	if errors.Is(err, context.Canceled) {
		p.problem = nil
	}
	for _, r := range results {
		if r.Exercise != nil {
			p.notePass(r)
			p.fresh[r.Exercise.Name] = true
			p.results[r.Exercise.Name] = r
		}
	}
	switch {
	case err == nil || p.problem == nil:
		p.autoChoose()
	case p.buildError() == nil:
		// What an older program did says nothing of one that does not run. One
		// that does not compile is about to be mended: its marks stay, dimmed.
		clear(p.results)
		clear(p.passed)
	}
}

// Judged says whether the last check could be made.
func (p *Pane) Judged() bool { return p.problem == nil }

// settled says whether a verdict is about the program as it is now.
func (p *Pane) settled(name string) bool {
	return p.problem == nil && (!p.running || p.fresh[name])
}

// Passes lists the exercises that pass.
func (p *Pane) Passes() []string {
	var names []string
	for i := range p.Count() {
		if name := p.step.Exercises[i].Name; p.verdict(name) == check.Pass {
			names = append(names, name)
		}
	}
	return names
}

// Toggle shows the reference's bytes or the difference, or the failure again.
func (p *Pane) Toggle(what Part) {
	p.top = 0
	if p.shown == what {
		what = showFailure
	}
	p.shown = what
}

// Back shows the failure again, and says whether something else was shown.
func (p *Pane) Back() bool {
	if p.shown == showFailure {
		return false
	}
	p.Toggle(p.shown)
	return true
}

// Verdicts are the exercises that were judged, "pass" or "fail", by their names.
func (p *Pane) Verdicts() map[string]string {
	words := map[string]string{}
	for i := range p.Count() {
		name := p.step.Exercises[i].Name
		if word, ok := verdictWords[p.verdict(name)]; ok {
			words[name] = word
		}
	}
	return words
}

// buildError is what the compiler said, nil when it was not that.
func (p *Pane) buildError() *runner.BuildError {
	var b *runner.BuildError
	if errors.As(p.problem, &b) {
		return b
	}
	return nil
}
