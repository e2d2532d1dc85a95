package course

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"example/wirebook/internal/runner"
)

// An Unavailable error says that a step does not have one of its servers, here.
type Unavailable struct {
	Problem string // one line for people
	Advice  string // what to do, one line
}

func (e *Unavailable) Error() string { return "course: " + e.Problem }

// Describe says what is missing and what to do about it.
func (e *Unavailable) Describe() runner.Description {
	return runner.Description{Problem: e.Problem, Advice: e.Advice}
}

// Command is the runner's command for one of a step's servers, built and ready
// to start. Errors are of type *Unavailable, *runner.BuildError or
// *runner.StartError, or the context's.
func Command(ctx context.Context, root, step string, s Server) (runner.Command, error) {
	www := WWW(root, step)
	pkg := s.Package(step)
	if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(pkg), "main.go")); err != nil {
		if s == Notes && (step == "04-static" || step == "05-cgi") {
			return pythons(ctx, www, step == "05-cgi")
		}
		return runner.Command{}, &Unavailable{
			Problem: fmt.Sprintf("step %s has no server %q", step, s),
			Advice:  "choose another server",
		}
	}
	program, err := runner.Build(ctx, root, pkg)
	if err != nil {
		return runner.Command{}, err
	}
	c := runner.Command{
		Name: s.Title(),
		Args: []string{program, "-addr", "{addr}", "-dir", "{dir}"},
		Dir:  www,
		Copy: hasScripts(www) && needCopy(),
	}
	return c, nil
}

// hasScripts tells whether a folder has programs to run.
func hasScripts(www string) bool {
	_, err := os.Stat(filepath.Join(www, "cgi-bin"))
	return err == nil
}

// needCopy tells whether scripts will run as nobody. Root's own folders are
// often closed to that user, and a learner who works as root, as in a
// container, came to see scripts run.
func needCopy() bool { return os.Geteuid() == 0 }

// pythons is the command for Python's own server, which is what the notes
// arrive at in the last steps.
func pythons(ctx context.Context, www string, cgi bool) (runner.Command, error) {
	const advice = "choose the reference, which answers as Python does"
	minor, err := pythonMinor(ctx)
	if err != nil {
		return runner.Command{}, &Unavailable{
			Problem: "the notes' server of this step is Python's, and there is no Python 3 here",
			Advice:  "install Python 3.8 or later, or " + advice,
		}
	}
	if minor < 8 {
		return runner.Command{}, &Unavailable{
			Problem: fmt.Sprintf("the notes' server of this step needs Python 3.8, and this is 3.%d", minor),
			Advice:  "install Python 3.8 or later, or " + advice,
		}
	}
	if cgi && minor >= 15 {
		return runner.Command{}, &Unavailable{
			Problem: fmt.Sprintf("Python 3.%d runs no CGI programs any more: 3.14 was the last that did", minor),
			Advice:  advice,
		}
	}
	c := runner.Command{
		Name: Notes.Title(),
		Args: []string{"python3", "-m", "http.server", "--bind", "{host}"},
		Dir:  www,
		Copy: cgi && needCopy(),
	}
	if cgi {
		c.Args = append(c.Args, "--cgi")
	}
	c.Args = append(c.Args, "{port}")
	return c, nil
}

// pythonTimeout is how long Python may take to say its version.
const pythonTimeout = 10 * time.Second

// pythonMinor is the 11 of Python 3.11.
func pythonMinor(ctx context.Context) (minor int, err error) {
	ctx, cancel := context.WithTimeout(ctx, pythonTimeout)
	defer cancel()
	out, err := exec.CommandContext(ctx, "python3", "--version").Output()
	if err != nil {
		return 0, err
	}
	_, err = fmt.Sscanf(string(out), "Python 3.%d", &minor)
	return minor, err
}
