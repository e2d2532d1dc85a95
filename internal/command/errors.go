package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"example/wirebook/internal/course"
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

// A description is an error in words for people, and the value that --json prints
// in the place of a result. All of it is safe to print.
type description struct {
	Problem string `json:"error"`            // one line
	Output  string `json:"output,omitempty"` // the last lines of a compiler or a server
	Advice  string `json:"advice,omitempty"` // what to do, one line
}

// report tells an error and returns the exit code.
func (a *app) report(err error) int {
	switch {
	case err == nil, isBrokenPipe(err):
		return exitOK // whoever read the output has seen enough of it
	case errors.Is(err, errFailed):
		return exitFailed
	}
	m := a.explain(err)
	fmt.Fprintf(a.stderr, "wirebook: %s\n%s", m.Problem, indent(m.Output))
	if m.Advice != "" {
		fmt.Fprintf(a.stderr, "  %s\n", m.Advice)
	}
	// Whoever reads the JSON reads one value, also when there is no result; on
	// one line, as run's events are. A check that printed its report has told
	// what is wrong in there.
	if a.json && !a.answered {
		json.NewEncoder(a.stdout).Encode(m)
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

func (a *app) explain(err error) description {
	var (
		usage   *usageError
		advised *advisedError
		build   *runner.BuildError
		start   *runner.StartError
		missing *course.Unavailable
	)
	switch {
	case errors.Is(err, context.Canceled):
		return description{Problem: "stopped before it was done"}
	case errors.As(err, &usage):
		return description{Problem: usage.text, Advice: "for help: " + strings.TrimSpace(a.self+" help "+usage.verb)}
	case errors.As(err, &advised):
		m := a.explain(advised.err)
		m.Advice = advised.advice
		return m
	case errors.As(err, &build):
		return explainBuild(build)
	case errors.As(err, &start):
		return description{start.Problem(), lastLines(start.Output), start.Advice}
	case errors.As(err, &missing):
		return description{Problem: missing.Problem, Advice: missing.Advice}
	}
	m := description{Problem: strings.TrimSpace(strings.ReplaceAll(visible.Text([]byte(err.Error())), "\n", "; "))}
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		m.Advice = "make that place writable, or work on a copy of the clone in a folder of yours"
	}
	return m
}

func explainBuild(e *runner.BuildError) description {
	output := withoutPackageLine(e.Output)
	if file, _ := e.Place(); file == "" {
		return description{
			Problem: e.Pkg + " cannot be built",
			Output:  firstLines(output, shownLines),
			Advice:  "this is the go command itself, not the program: it needs Go 1.25 or later and a folder for its cache (go env GOCACHE)",
		}
	}
	return description{
		Problem: e.Pkg + " does not compile",
		Output:  firstLines(output, shownLines),
		Advice:  "repair the first line named here, then run the command again",
	}
}

// withoutPackageLine drops go build's "# example/wirebook/steps/…", which says
// what the message has said already.
func withoutPackageLine(output string) string {
	if strings.HasPrefix(output, "# ") {
		_, output, _ = strings.Cut(output, "\n")
	}
	return output
}
