package command

import (
	"flag"
	"fmt"
	"path/filepath"
	"time"

	"example/wirebook/internal/course"
)

var resetVerb = verb{
	name: "reset", args: "STEP [--yes] [--json]", short: "put the pristine exercise back; yours is kept beside it",
	long: `Asks first; --yes does not ask. What you wrote is kept as main.go.bak-DATE in
the same folder. --json prints what was done, and needs --yes: it cannot ask.`,
	run: (*app).reset,
}

// A resetReport is what reset --json prints.
type resetReport struct {
	Step   string `json:"step"`
	Reset  bool   `json:"reset"`            // false: it was pristine already
	Backup string `json:"backup,omitempty"` // file beside the exercise that holds what was written
}

func (a *app) reset(args []string) error {
	var yes bool
	words, _, err := parse("reset", func(f *flag.FlagSet) {
		f.BoolVar(&yes, "yes", false, "")
		a.jsonFlag(f)
	}, args)
	if err != nil {
		return err
	}
	if len(words) != 1 {
		return &usageError{"reset takes one step", "reset"}
	}
	step, err := findStep(words[0], "reset")
	if err != nil {
		return err
	}
	root, err := a.root()
	if err != nil {
		return err
	}
	if !course.HasExercise(root, step) {
		return &advisedError{fmt.Errorf("step %s has no exercise yet", step), "see what there is: " + a.self + " list"}
	}
	name, err := filepath.Rel(root, course.Workfile(root, step))
	if err != nil {
		return err
	}
	touched, err := course.Touched(root, step)
	if err == nil && !touched {
		return a.printReset(name, resetReport{Step: step})
	}
	if !yes {
		if a.json {
			return &usageError{"reset --json cannot ask: add --yes", "reset"}
		}
		answer, _ := a.ask(fmt.Sprintf("Put the pristine %s back? Yours is kept beside it. [y/N] ", name))
		if err := a.ctx.Err(); err != nil {
			return err
		}
		if answer != "y" && answer != "yes" {
			fmt.Fprintln(a.stdout, "left as it is")
			return nil
		}
	}
	backup, err := course.Reset(root, step, time.Now())
	if err != nil {
		return err
	}
	done := resetReport{Step: step, Reset: true}
	if backup != "" {
		done.Backup = filepath.Base(backup)
	}
	return a.printReset(name, done)
}

func (a *app) printReset(name string, done resetReport) error {
	switch {
	case a.json:
		return a.answer(done)
	case !done.Reset:
		fmt.Fprintf(a.stdout, "%s is as it was: nothing to do\n", name)
	default:
		fmt.Fprintf(a.stdout, "%s is pristine again\n", name)
	}
	if done.Backup != "" {
		fmt.Fprintf(a.stdout, "yours is kept as %s\n", done.Backup)
	}
	return nil
}
