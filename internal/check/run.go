package check

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"time"

	"example/wirebook/internal/course"
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/judge"
	"example/wirebook/internal/play"
	"example/wirebook/internal/runner"
)

// Options for Run; the zero value checks every exercise.
type Options struct {
	Only     string                   // one exercise's name
	Stop     bool                     // stop after the first failure
	Patience time.Duration            // for one answer; 0 means play.DefaultTimeout
	Progress func(r Result)           // called as each result is known
	Dial     func(addr string) string // tests and the tap may redirect; nil means none
}

// Run starts the server and judges it: one server for all exercises, and a
// fresh one after an exchange that has ended or silenced it. A server that was
// silent for two exercises and never sent a byte gets a second at most for each
// of the others. The results are in the exercises' order. What an exercise that was not reached would have been
// is never guessed.
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
	b := bench{command: server, options: o, patience: o.Patience}
	defer b.clear()
	for i := range results {
		r := &results[i]
		began := time.Now()
		err := b.exercise(ctx, r)
		r.Took = time.Since(began)
		b.tire()
		if err != nil {
			return results, err
		}
		if o.Progress != nil {
			o.Progress(*r)
		}
		if o.Stop && r.Verdict == Fail {
			break
		}
	}
	return results, b.clear()
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

// A bench is where a server stands to be judged.
type bench struct {
	command runner.Command
	options Options
	server  *runner.Process // nil when there is none that could answer

	patience time.Duration // for one answer; 0 means play.DefaultTimeout
	answered bool          // some byte has come by now
	silences int           // exercises that have waited for an answer in vain
	waited   bool          // this one has
}

const (
	vainWaits     = 2           // silent exercises that are waited for in full
	shortPatience = time.Second // for each one after those
)

// tire shortens the patience with a server that has not sent one byte: it has
// had its time, and each exercise more would cost the learner as much again. A
// server that has ever answered keeps all of it.
func (b *bench) tire() {
	if b.waited {
		b.silences++
	}
	b.waited = false
	if b.silences >= vainWaits && !b.answered {
		b.patience = min(cmp.Or(b.patience, play.DefaultTimeout), shortPatience)
	}
}

// exercise plays an exercise's exchanges until one fails, and notes the outcome
// in r. Its error ends the run.
func (b *bench) exercise(ctx context.Context, r *Result) error {
	for _, x := range r.Exercise.Exchanges {
		cuts := []int{0} // uncut
		if x.Cuts {
			// In ascending order, so that the first to fail is the smallest.
			cuts = append(cuts, x.CutPoints()...)
		}
		for _, cut := range cuts {
			t, died, err := b.play(ctx, x, cut)
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
			if died != nil {
				r.Died = died
			}
			if f := judge.Judged(x, t); f != nil {
				explain(f, r.Exercise, b.command.Name, died)
				r.Verdict, r.Failure = Fail, f
				return nil
			}
		}
	}
	r.Verdict = Pass
	return nil
}

// supply sees to it that a server is there.
func (b *bench) supply(ctx context.Context) error {
	if b.server != nil {
		select {
		case <-b.server.Done(): // it ended after its last answer
			b.server = nil
		default:
			return nil
		}
	}
	var err error
	b.server, err = runner.Start(ctx, b.command)
	return err
}

// deathWatch is how long a server that no longer answers may take to end. It is
// the time in which a panic is printed, generous for a busy machine.
const deathWatch = 2 * time.Second

// play plays an exchange, and says how the server ended if that ended it. A
// server that neither answers nor ends is put away too: whoever comes next
// would be judged by its silence.
func (b *bench) play(ctx context.Context, x *exchange.Exchange, cut int) (t *play.Transcript, died *runner.Exit, err error) {
	if err := b.supply(ctx); err != nil {
		return nil, nil, err
	}
	p := play.Player{Dial: b.dial, Timeout: b.patience, Cut: cut, NoProbe: true}
	if t, err = p.Play(ctx, x); err != nil {
		return nil, nil, err
	}
	b.waited = b.waited || silent(t)
	b.answered = b.answered || got(t)
	// To ask a silent server whether it still answers would double the wait
	// for the verdict, so that is done only where it decides it.
	if silent(t) && !judgesAlive(x) {
		return t, nil, b.clear()
	}
	p.Cut, p.NoProbe = 0, false
	afterwards, err := p.Play(ctx, &exchange.Exchange{Step: x.Step, Name: x.Name})
	if err != nil {
		return nil, nil, err
	}
	t.Alive, t.Probe = afterwards.Alive, afterwards.Probe
	b.answered = b.answered || t.Alive
	if t.Alive {
		return t, nil, nil
	}
	watch := time.NewTimer(deathWatch)
	defer watch.Stop()
	select {
	case <-b.server.Done():
		died = b.server.Exit()
	case <-watch.C:
	case <-ctx.Done():
	}
	return t, died, b.clear()
}

// silent reports whether an answer was awaited in vain.
func silent(t *play.Transcript) bool {
	return slices.ContainsFunc(t.Turns, func(turn play.Turn) bool {
		return turn.End == play.Silent
	})
}

// got reports whether the server has sent anything.
func got(t *play.Transcript) bool {
	return slices.ContainsFunc(t.Turns, func(turn play.Turn) bool { return len(turn.Got) > 0 })
}

func judgesAlive(x *exchange.Exchange) bool {
	return slices.Contains(x.Judges, exchange.Judgement{Aspect: exchange.Alive})
}

func (b *bench) dial(ctx context.Context) (net.Conn, error) {
	addr := b.server.Addr()
	if b.options.Dial != nil {
		addr = b.options.Dial(addr)
	}
	var d net.Dialer
	return d.DialContext(ctx, "tcp", addr)
}

// clear puts the server away.
func (b *bench) clear() error {
	if b.server == nil {
		return nil
	}
	server := b.server
	b.server = nil
	return server.Stop()
}

// explain adds to a failure what only the check knows: which part of the
// program the exercise is about, and how the server ended.
func explain(f *judge.Failure, e *course.Exercise, name string, died *runner.Exit) {
	f.Look = e.Look
	if died != nil {
		f.Saw = strings.TrimSuffix(f.Saw, ".") + "; " + died.Sentence(cmp.Or(name, "your server"))
	}
}
