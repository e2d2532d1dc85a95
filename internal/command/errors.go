package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"example/wirebook/internal/runner"
	"example/wirebook/internal/visible"
)

// A usageError is about the words of the call; the message names the help page.
type usageError struct {
	text string
	verb string
}

func (e *usageError) Error() string { return e.text }

// An advisedError carries what to do next.
type advisedError struct {
	err    error
	advice string
}

func (e *advisedError) Error() string { return e.err.Error() }
func (e *advisedError) Unwrap() error { return e.err }

// errFailed ends a command whose findings are already printed.
var errFailed = errors.New("failed")

// A description is a runner.Description as --json prints it in the place of a
// result.
type description struct {
	Problem string `json:"error"`
	Output  string `json:"output,omitempty"`
	Advice  string `json:"advice,omitempty"`
}

// report tells an error and returns the exit code.
func (a *app) report(err error) int {
	switch {
	case err == nil, isBrokenPipe(err):
		return exitOK // whoever read the output has seen enough of it
	case errors.Is(err, errFailed):
		return exitFailed
	}
	d := a.describe(err)
	fmt.Fprintf(a.stderr, "wirebook: %s\n%s", d.Problem, indent(d.Output))
	if d.Advice != "" {
		fmt.Fprintf(a.stderr, "  %s\n", d.Advice)
	}
	// Whoever reads the JSON reads one value, also when there is no result; on
	// one line, as run's events are. A check that printed its report has told
	// what is wrong in there.
	if a.json && !a.answered {
		json.NewEncoder(a.stdout).Encode(d)
	}
	return exitUsage
}

// answer prints the one JSON value of a call.
func (a *app) answer(value any) error {
	a.answered = true
	enc := json.NewEncoder(a.stdout)
	enc.SetIndent("", "  ")
	return enc.Encode(value)
}

// describe puts an error into words for people.
func (a *app) describe(err error) description {
	var (
		usage   *usageError
		advised *advisedError
		known   runner.Describer
	)
	switch {
	case errors.Is(err, context.Canceled):
		return description{Problem: "stopped before it was done"}
	case errors.As(err, &usage):
		return description{Problem: usage.text, Advice: "for help: " + strings.TrimSpace(a.self+" help "+usage.verb)}
	case errors.As(err, &advised):
		d := a.describe(advised.err)
		d.Advice = advised.advice
		return d
	case errors.As(err, &known):
		return description(known.Describe())
	}
	d := description{Problem: strings.TrimSpace(strings.ReplaceAll(visible.Text([]byte(err.Error())), "\n", "; "))}
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		d.Advice = "make that place writable, or work on a copy of the clone in a folder of yours"
	}
	return d
}
