package check

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"example/wirebook/internal/course"
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/judge"
	"example/wirebook/internal/play"
	"example/wirebook/internal/runner"
	"example/wirebook/internal/wire"
)

// Options for Run; the zero value checks every exercise.
type Options struct {
	Only     string         // one exercise's name
	Timeout  time.Duration  // for one response; 0 means play.DefaultTimeout
	Progress func(r Result) // called as each result is known
}

// Run starts the server and judges it: one server for all exercises, and a
// fresh one after an exchange that has ended or silenced it. A server that was
// silent for two exercises and never sent a byte gets a second at most for each
// of the others. The results are in the exercises' order. What an exercise that
// was not reached would have been is never guessed.
//
// The error is about starting the server (a *runner.StartError), the context,
// or a step with nothing to check; the results up to there come with it.
func Run(ctx context.Context, step *course.Step, server runner.Command, o Options) ([]Result, error) {
	exercises, err := chosen(step, o.Only)
	if err != nil {
		return nil, err
	}
	results := make([]Result, len(exercises))
	for i, e := range exercises {
		results[i].Exercise = e
	}
	server.Files = slices.Concat(server.Files, step.Files)
	h := newHarness(server, o.Timeout)
	defer h.stop()
	for i := range results {
		r := &results[i]
		began := time.Now()
		err := h.exercise(ctx, r)
		r.Took = time.Since(began)
		if err != nil {
			return results, err
		}
		if o.Progress != nil {
			o.Progress(*r)
		}
	}
	return results, h.stop()
}

// chosen returns the exercises to check. None at all is an error: a check that
// looks at nothing must not look like one that passed.
func chosen(step *course.Step, only string) ([]*course.Exercise, error) {
	if only != "" {
		if e := step.Exercise(only); e != nil {
			return []*course.Exercise{e}, nil
		}
		return nil, fmt.Errorf("check: run: %s has no exercise %q", step.Name, only)
	}
	if len(step.Exercises) == 0 {
		return nil, fmt.Errorf("check: run: %s has no exercises", step.Name)
	}
	all := make([]*course.Exercise, len(step.Exercises))
	for i := range all {
		all[i] = &step.Exercises[i]
	}
	return all, nil
}

// A harness starts, restarts and stops the server under test, and shortens the
// time that each response may take once the server has shown that it sends
// none.
type harness struct {
	command runner.Command
	server  *runner.Process // nil when there is none that could answer

	timeout  time.Duration // for one response
	answered bool          // some byte has come by now
	silences int           // exercises that have waited for a response in vain
}

// newHarness starts nothing yet. A timeout of 0 is play.DefaultTimeout.
func newHarness(c runner.Command, timeout time.Duration) *harness {
	return &harness{command: c, timeout: cmp.Or(timeout, play.DefaultTimeout)}
}

const (
	silencesInFull = 2               // silent exercises that are waited for in full
	shortTimeout   = time.Second     // for each one after those
	exitTimeout    = 2 * time.Second // for a server that no longer answers to end: a panic is printed first

	// A server that fails in one goroutine may answer in another until its
	// end, which is so long in coming at most.
	lateTimeout = 100 * time.Millisecond
)

// exercise plays an exercise's exchanges until one fails, and notes the outcome
// in r. Its error ends the run.
func (h *harness) exercise(ctx context.Context, r *Result) error {
	waited := false
	defer func() { h.count(waited) }()
	for _, x := range r.Exercise.Exchanges {
		cuts := []int{0} // uncut
		if x.Cuts {
			// In ascending order, so that the first to fail is the smallest.
			cuts = append(cuts, x.CutPoints()...)
		}
		for _, cut := range cuts {
			record := &wire.Recording{}
			t, died, err := h.play(ctx, x, cut, record)
			switch {
			case ctx.Err() != nil:
				return fmt.Errorf("check: run: %w", ctx.Err())
			case errors.As(err, new(*runner.StartError)):
				r.Verdict, r.Err = Broken, err
				return err
			case err != nil:
				r.Verdict, r.Err = Broken, err
				return nil
			}
			waited = waited || silent(t)
			if died != nil {
				r.Died = died
			}
			f := judge.Judged(x, t)
			if f != nil || cut == 0 {
				if r.Records == nil {
					r.Records = map[string][]wire.Event{}
				}
				r.Records[x.ID()] = record.Events()
			}
			if f != nil {
				f.Look = r.Exercise.Look
				if died != nil {
					f.Saw = strings.TrimSuffix(f.Saw, ".") + "; " + died.Sentence(cmp.Or(h.command.Name, "your server"))
				}
				r.Verdict, r.Failure = Fail, f
				return nil
			}
		}
	}
	r.Verdict = Pass
	return nil
}

// count counts an exercise that has waited for a response in vain. A server
// that has not sent one byte in two of them has had its time, and each exercise
// more would cost the learner as much again. One that has ever answered keeps
// all of it.
func (h *harness) count(waited bool) {
	if waited {
		h.silences++
	}
	if h.silences >= silencesInFull && !h.answered {
		h.timeout = min(h.timeout, shortTimeout)
	}
}

// play plays an exchange, and says how the server ended if that ended it. What
// passed is recorded, but for the question whether the server still answers. A
// server that neither answers nor ends is put away too, and so is one that hung
// up where a response was due: whoever comes next would be judged by its end.
func (h *harness) play(ctx context.Context, x *exchange.Exchange, cut int, record *wire.Recording) (t *play.Transcript, died *runner.Exit, err error) {
	if err := h.start(ctx); err != nil {
		return nil, nil, err
	}
	dial := play.Dial(h.server.Addr())
	p := play.Player{Dial: record.Dialer(dial, wire.Sender{Name: "check", Exchange: x.Title}), Timeout: h.timeout, Cut: cut, NoProbe: true}
	if t, err = p.Play(ctx, x); err != nil {
		return nil, nil, err
	}
	p.Dial = dial
	h.answered = h.answered || got(t)
	// To ask a silent server whether it still answers would double the wait
	// for the verdict, so that is done only where it decides it.
	if silent(t) && !judgesAlive(x) {
		return t, nil, h.stop()
	}
	if t.Alive, t.Probe, err = p.Probe(ctx); err != nil {
		return nil, nil, err
	}
	h.answered = h.answered || t.Alive
	unanswered := x.Awaits() && unanswered(t)
	switch {
	case !t.Alive:
		return t, h.awaitEnd(ctx, exitTimeout), h.stop()
	case !unanswered && !judgesAlive(x):
		return t, nil, nil
	}
	if died = h.awaitEnd(ctx, lateTimeout); died != nil {
		if t.Alive, t.Probe, err = p.Probe(ctx); err != nil {
			return nil, nil, err
		}
	}
	// One that hung up without its response may be about to end all the same:
	// that must not be the fault of the exchange after this one.
	if died != nil || unanswered {
		return t, died, h.stop()
	}
	return t, nil, nil
}

// awaitEnd waits for the server to end by itself, and says how it did; nil if
// it goes on.
func (h *harness) awaitEnd(ctx context.Context, limit time.Duration) *runner.Exit {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-h.server.Done():
		return h.server.Exit()
	case <-timer.C:
	case <-ctx.Done():
	}
	return nil
}

// silent says whether a response was awaited in vain.
func silent(t *play.Transcript) bool {
	return slices.ContainsFunc(t.Turns, func(turn play.Turn) bool { return turn.End == play.Silent })
}

// unanswered says whether the server ended a connection without a byte.
func unanswered(t *play.Transcript) bool {
	answered := map[int]bool{} // by connection
	for _, turn := range t.Turns {
		answered[turn.Conn] = answered[turn.Conn] || len(turn.Got) > 0
	}
	return slices.ContainsFunc(t.Turns, func(turn play.Turn) bool {
		return !answered[turn.Conn] && (turn.End == play.Closed || turn.End == play.WasReset)
	})
}

// got says whether the server has sent anything.
func got(t *play.Transcript) bool {
	return slices.ContainsFunc(t.Turns, func(turn play.Turn) bool { return len(turn.Got) > 0 })
}

func judgesAlive(x *exchange.Exchange) bool {
	return slices.Contains(x.Judges, exchange.Judgement{Aspect: exchange.Alive})
}

// start starts the server, unless one runs.
func (h *harness) start(ctx context.Context) (err error) {
	if h.server != nil {
		select {
		case <-h.server.Done(): // it ended after its last response
		default:
			return nil
		}
	}
	h.server, err = runner.Start(ctx, h.command)
	return err
}

// stop puts the server away.
func (h *harness) stop() error {
	if h.server == nil {
		return nil
	}
	server := h.server
	h.server = nil
	return server.Stop()
}
