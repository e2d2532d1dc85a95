package command

import (
	"errors"
	"os"
	"slices"
	"strings"

	"example/wirebook/internal/course"
	"example/wirebook/internal/runner"
)

// A target is the server that a call names: one of a step's, or the program
// after "--".
type target struct {
	step    string
	server  course.Server
	program []string // nil where there was no "--"
}

// command is the runner's command for a target.
func (a *app) command(root string, t target) (runner.Command, error) {
	if t.program == nil {
		c, err := course.Command(a.ctx, root, t.step, t.server)
		c.StartTimeout = a.startTimeout
		return c, err
	}
	if len(t.program) == 0 {
		return runner.Command{}, &usageError{"nothing follows --: name a program, such as -- python3 my.py {port}", "check"}
	}
	here, err := os.Getwd()
	if err != nil {
		return runner.Command{}, err
	}
	return runner.Command{
		Name: course.Yours.Title(),
		Args: t.program,
		Dir:  course.WWW(root, t.step),
		Work: here, // so that "python3 my.py" is the my.py of the reader's shell
		Env:  []string{"HOST={host}", "PORT={port}", "ADDR={addr}", "DIR={dir}"},

		StartTimeout: a.startTimeout,
	}, nil
}

// words are what a call adds to name the target, where it is not your server.
func (t target) words() []string {
	switch {
	case t.program != nil:
		words := []string{"--"}
		for _, word := range t.program {
			words = append(words, shellWord(word))
		}
		return words
	case t.server != course.Yours:
		return []string{"--server", t.server.String()}
	}
	return nil
}

// advise says what to do about a server that does not come up: one of a step's
// takes its address from a flag, a program after "--" from wherever its command
// line says.
func (t target) advise(err error) error {
	var start *runner.StartError
	if !errors.As(err, &start) || start.Reason == runner.NoGo {
		return err
	}
	told := slices.ContainsFunc(t.program, func(s string) bool {
		return strings.Contains(s, "{port}") || strings.Contains(s, "{addr}")
	})
	switch {
	case t.program != nil && start.Reason != runner.NoProgram && !told:
		return &advisedError{err, "write {port} (or {addr}) where your program takes its port, or let it read the variable PORT"}
	case t.program != nil || t.server != course.Yours:
		return err
	case start.Reason == runner.Ended:
		return &advisedError{err, "the reason is in what it printed last; start it alone: go run ./" + course.Yours.Package(t.step)}
	case start.Reason == runner.NeverListened || start.Reason == runner.PortTaken:
		return &advisedError{err, "let it bind and listen on the address that the flag -addr names"}
	}
	return err
}
