package tui

import (
	"context"
	"errors"
	"slices"
	"time"

	"example/wirebook/internal/check"
	"example/wirebook/internal/course"
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/runner"
)

// What the lower part of the exercise pane shows.
type exerciseShown int

const (
	showFailure exerciseShown = iota
	showReference
	showDiff
)

// An exercisePane shows the checks of a step's exercises and explains one of
// them: the first that fails, until the reader chooses another.
type exercisePane struct {
	step    *course.Step
	command string // "go run .", for the line that says how to send again
	w, h    int

	results map[string]check.Result // by exercise
	passed  map[string]bool         // known from earlier days, until checked again
	fresh   map[string]bool         // exercises that the check under way has judged
	before  []string                // what passed when it began
	places  map[string]int          // exercise → line of the program to look at
	next    string                  // the lesson after this one, "02 post"; empty after the last
	problem error                   // the program could not be judged at all
	took    time.Duration
	running bool
	id      int // of the check that is under way, or of the last one
	cancel  context.CancelFunc

	index  int
	picked bool // by the reader
	shown  exerciseShown
	hints  map[string]int // how many levels are open
	top    int
}

// open shows a step's exercises; step may be nil.
func (p *exercisePane) open(step *course.Step, command string, passed []string) {
	if p.cancel != nil {
		p.cancel()
	}
	*p = exercisePane{step: step, command: command, w: p.w, h: p.h, id: p.id + 1,
		results: map[string]check.Result{}, hints: map[string]int{}, passed: map[string]bool{}, fresh: map[string]bool{}}
	for _, name := range passed {
		p.passed[name] = true
	}
	p.before = p.passes()
	p.chooseFirstOpen()
}

func (p *exercisePane) setSize(w, h int) { p.w, p.h = w, h }

func (p *exercisePane) count() int {
	if p.step == nil {
		return 0
	}
	return len(p.step.Exercises)
}

// current is the exercise that is explained; nil where the step has none.
func (p *exercisePane) current() *course.Exercise {
	if p.index >= p.count() {
		return nil
	}
	return &p.step.Exercises[p.index]
}

// verdict of an exercise: of this session's last check, or an earlier pass.
func (p *exercisePane) verdict(name string) check.Verdict {
	if r, ok := p.results[name]; ok {
		return r.Verdict
	}
	if p.passed[name] {
		return check.Pass
	}
	return check.NotReached
}

// failure of the current exercise, nil if it does not fail.
func (p *exercisePane) failure() *exchange.Failure {
	e := p.current()
	if e == nil {
		return nil
	}
	return p.results[e.Name].Failure
}

// exchange is the one that is sent for the current exercise: the one that
// fails, or the first.
func (p *exercisePane) exchange() *exchange.Exchange {
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

func (p *exercisePane) choose(by int) {
	p.index = min(max(p.index+by, 0), max(p.count()-1, 0))
	p.picked, p.shown, p.top = true, showFailure, 0
	p.before = p.passes() // what is new has been seen
}

func (p *exercisePane) chooseNamed(name string) {
	if p.step == nil {
		return
	}
	i := slices.IndexFunc(p.step.Exercises, func(e course.Exercise) bool { return e.Name == name })
	if i >= 0 {
		p.index = i
		p.choose(0)
	}
}

// chooseFirstOpen goes to the first exercise that fails, or where none is known
// to fail, to the first that does not pass.
func (p *exercisePane) chooseFirstOpen() {
	for _, want := range []check.Verdict{check.Fail, check.Broken, check.NotReached} {
		for i := range p.count() {
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

// begin a check. The old verdicts stand, dimmed, until new ones replace them, so
// that the screen does not blink.
func (p *exercisePane) begin() (id int) {
	if p.cancel != nil {
		p.cancel()
	}
	p.id++
	p.running, p.problem, p.picked = true, nil, false
	p.before = p.passes()
	clear(p.fresh)
	return p.id
}

// add takes one result in and shows the first failure at once.
func (p *exercisePane) add(r check.Result) {
	if r.Exercise == nil {
		return
	}
	p.results[r.Exercise.Name] = r
	p.fresh[r.Exercise.Name] = true
	delete(p.passed, r.Exercise.Name)
	p.autoChoose()
}

func (p *exercisePane) autoChoose() {
	if !p.picked {
		p.chooseFirstOpen()
	}
}

// end takes the whole outcome in.
func (p *exercisePane) end(results []check.Result, err error, took time.Duration) {
	p.running, p.problem, p.took = false, err, took
	if errors.Is(err, context.Canceled) {
		p.problem = nil
	}
	for _, r := range results {
		if r.Exercise != nil {
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

// settled says whether a verdict is about the program as it is now.
func (p *exercisePane) settled(name string) bool {
	return p.problem == nil && (!p.running || p.fresh[name])
}

// passes lists the exercises that pass.
func (p *exercisePane) passes() []string {
	var names []string
	for i := range p.count() {
		if name := p.step.Exercises[i].Name; p.verdict(name) == check.Pass {
			names = append(names, name)
		}
	}
	return names
}

// mayHint: a hint opens after a failing check, not before one has tried.
func (p *exercisePane) mayHint() bool {
	e := p.current()
	return e != nil && len(e.Hints) > 0 && p.results[e.Name].Verdict == check.Fail
}

// hint opens the next level; after the last one it closes them.
func (p *exercisePane) hint() {
	e := p.current()
	p.hints[e.Name] = (p.hints[e.Name] + 1) % (len(e.Hints) + 1)
	p.shown = showFailure
	p.top = farAway // the newest hint is the last line; drawing clamps it
}

func (p *exercisePane) toggle(what exerciseShown) {
	p.top = 0
	if p.shown == what {
		what = showFailure
	}
	p.shown = what
}

// buildError is what the compiler said, nil when it was not that.
func (p *exercisePane) buildError() *runner.BuildError {
	var b *runner.BuildError
	if errors.As(p.problem, &b) {
		return b
	}
	return nil
}
