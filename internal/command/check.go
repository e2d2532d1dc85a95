package command

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"

	"example/wirebook/internal/check"
	"example/wirebook/internal/course"
	"example/wirebook/internal/judge"
)

var checkVerb = verb{
	name: "check", args: "STEP [EXERCISE] [--json] [--server S] [-- PROGRAM]",
	short: "judge your server, or any program, by the step's exercises",
	long: `Builds your server, starts it on a free port, plays every exercise's exchanges,
and explains the first difference. With EXERCISE only that one. --server judges
the notes' server or the reference instead. What follows -- is any program in any
language, started where you are; in it {addr} {host} {port} {dir} stand for what
was chosen ({dir} is the folder to serve), and ADDR HOST PORT DIR are in its
environment. --json prints every result with the bytes
sent and received in base64. Exit status: 0 all pass, 1 one fails, 2 the server
could not be judged.`,
	run: (*app).check,
}

func (a *app) check(args []string) error {
	t := target{server: course.Yours}
	words, program, err := parse("check", func(f *flag.FlagSet) {
		serverFlag(f, &t.server)
		a.jsonFlag(f)
	}, args)
	if err != nil {
		return err
	}
	if len(words) < 1 || len(words) > 2 {
		return &usageError{"check takes a step, and the name of an exercise if you like", "check"}
	}
	t.program = program
	if t.step, err = findStep(words[0], "check"); err != nil {
		return err
	}
	root, err := a.root()
	if err != nil {
		return err
	}
	step, err := course.Load(course.FS(root), t.step)
	if err != nil {
		return err
	}
	options, err := a.checkOptions(step, words[1:])
	if err != nil {
		return err
	}
	server, err := a.command(root, t)
	if err != nil {
		return err
	}
	results, err := check.Run(a.ctx, step, server, options)
	if err != nil {
		return t.advise(err)
	}
	if !a.json {
		check.Print(a.stdout, step, results, func(f *judge.Failure) string { return a.again(f, t) })
	} else if err := a.answer(check.NewReport(step, results)); err != nil && !isBrokenPipe(err) {
		return err
	}
	return verdict(results)
}

// checkOptions narrows the check to one exercise, and shows a person that
// something is happening: a silent server takes seconds to judge.
func (a *app) checkOptions(step *course.Step, words []string) (check.Options, error) {
	o := check.Options{Timeout: a.timeout}
	if len(step.Exercises) == 0 {
		return o, &advisedError{fmt.Errorf("step %s has no exercises yet", step.Name), a.seeList("")}
	}
	if len(words) == 1 {
		known := false
		for _, e := range step.Exercises {
			known = known || e.Name == words[0]
		}
		if !known {
			return o, &advisedError{fmt.Errorf("step %s has no exercise %q", step.Name, words[0]), a.seeList(step.Name)}
		}
		o.Only = words[0]
	}
	if f, ok := a.stderr.(*os.File); ok && !a.json && isTerminal(f) {
		done := 0
		o.Progress = func(check.Result) {
			done++
			// The cursor goes back at once, so that a message replaces the line.
			line := fmt.Sprintf("%d of %d checked", done, len(step.Exercises))
			fmt.Fprintf(f, "\r%s\r", line)
			if done == len(step.Exercises) || o.Only != "" {
				fmt.Fprintf(f, "%s\r", strings.Repeat(" ", len(line)))
			}
		}
	}
	return o, nil
}

// seeList is the advice after a name that is not there.
func (a *app) seeList(step string) string {
	return "see what there is: " + strings.TrimSpace(a.self+" list "+step)
}

// again is the command that replays a failure against the same server.
func (a *app) again(f *judge.Failure, t target) string {
	words := []string{a.self, "send", f.Exchange}
	if f.Cut > 0 {
		words = append(words, "--cut", strconv.Itoa(f.Cut))
	}
	return strings.Join(append(words, t.words()...), " ")
}

// verdict turns results into the exit code: failed where an exercise fails, an
// error where one could not be judged, which is never the learner's fault.
func verdict(results []check.Result) error {
	var broken error
	failed := false
	for _, r := range results {
		switch r.Verdict {
		case check.Fail:
			failed = true
		case check.Broken:
			broken = errors.Join(broken, fmt.Errorf("%s could not be judged: %w", r.Exercise.Name, r.Err))
		}
	}
	if broken != nil {
		return broken
	}
	if failed {
		return errFailed
	}
	return nil
}
