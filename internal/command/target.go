package command

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example/wirebook/internal/course"
	"example/wirebook/internal/runner"
)

// target is the runner's command for what a call names: a version of the step,
// or any program after "--".
func (a *app) target(root, step string, v course.Server, program []string) (runner.Command, error) {
	if program == nil {
		c, err := course.Command(a.ctx, root, step, v)
		c.StartTimeout = a.startTimeout
		return c, err
	}
	if len(program) == 0 {
		return runner.Command{}, &usageError{"nothing follows --: name a program, such as -- python3 my.py {port}", "check"}
	}
	here, err := os.Getwd()
	if err != nil {
		return runner.Command{}, err
	}
	return runner.Command{
		Name: "your server",
		Args: program,
		Dir:  filepath.Join(root, "steps", step, "www"),
		Work: here, // so that "python3 my.py" is the my.py of the reader's shell
		Env:  []string{"HOST={host}", "PORT={port}", "ADDR={addr}", "DIR={dir}"},

		StartTimeout: a.startTimeout,
	}, nil
}

// adviseStart says what to do about a server that does not come up, in the
// words of the one who called: a version of a step takes its address from a
// flag, a program after "--" from wherever its command line says.
func adviseStart(err error, step string, v course.Server, program []string) error {
	var start *runner.StartError
	if !errors.As(err, &start) || start.Reason == runner.NoGo {
		return err
	}
	told := slices.ContainsFunc(program, func(s string) bool {
		return strings.Contains(s, "{port}") || strings.Contains(s, "{addr}")
	})
	switch {
	case program != nil && start.Reason != runner.NoProgram && !told:
		return &advisedError{err, "write {port} (or {addr}) where your program takes its port, or let it read the variable PORT"}
	case program != nil || v != course.Yours:
		return err
	case start.Reason == runner.Ended:
		return &advisedError{err, "the reason is in what it printed last; start it alone: go run ./steps/" + step + "/exercise"}
	case start.Reason == runner.NeverListened || start.Reason == runner.PortTaken:
		return &advisedError{err, "let it bind and listen on the address that the flag -addr names"}
	}
	return err
}
