package runner

import (
	"fmt"
	"strings"

	"example/wirebook/internal/visible"
)

// A Description is an error in words for people. All of it is safe to print.
type Description struct {
	Problem string // one line
	Output  string // what a compiler or a server printed of it: whole lines, ten at most
	Advice  string // what to do next, one line
}

// A Describer is an error that can say what to do about it: a BuildError, a
// StartError, or package course's Unavailable.
type Describer interface {
	error
	Describe() Description
}

// Describe says what is wrong, where the program was running or not, and what
// to do about it.
func (e *StartError) Describe() Description {
	return Description{e.Problem(), lastLines(e.Output), e.Advice}
}

// Describe says the same of a program that could not be built.
func (e *BuildError) Describe() Description {
	output := e.Output
	// go build's first line, "# example/wirebook/steps/…", names the package,
	// as the problem does.
	if strings.HasPrefix(output, "# ") {
		_, output, _ = strings.Cut(output, "\n")
	}
	d := Description{
		Problem: e.Pkg + " does not compile",
		Output:  firstLines(output),
		Advice:  "repair the first line named here, then run the command again",
	}
	if file, _ := e.Place(); file == "" {
		d.Problem = e.Pkg + " cannot be built"
		d.Advice = "this is the go command itself, not the program: it needs Go 1.25 or later and a folder for its cache (go env GOCACHE)"
	}
	return d
}

const (
	shownLines = 10  // enough for the reason, and the advice below stays in sight
	lineLimit  = 200 // of a line that somebody else printed, in characters
)

// lastLines makes the end of what a server printed safe to print.
func lastLines(printed string) string {
	lines := printableLines(printed)
	return strings.Join(lines[max(0, len(lines)-shownLines):], "")
}

// firstLines makes the beginning of what a compiler printed safe to print.
func firstLines(printed string) string {
	lines := printableLines(printed)
	if more := len(lines) - shownLines; more > 0 {
		return strings.Join(lines[:shownLines], "") + fmt.Sprintf("… and %d lines more\n", more)
	}
	return strings.Join(lines, "")
}

func printableLines(raw string) []string {
	var lines []string
	for line := range strings.Lines(strings.TrimRight(visible.Text([]byte(raw)), "\n ")) {
		line = strings.TrimRight(line, "\n ")
		if r := []rune(line); len(r) > lineLimit {
			line = string(r[:lineLimit]) + "…"
		}
		lines = append(lines, line+"\n")
	}
	return lines
}
