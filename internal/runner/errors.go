package runner

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"example/wirebook/internal/visible"
)

// A StartError says why a server did not come up, and what to do about it.
type StartError struct {
	Name   string // the command's name
	Reason Reason
	Detail string // offending value: an exit status, a program's name
	Output string // the last of what it printed, raw
	Advice string // lower case, one line: what to do
}

// A Reason classifies a StartError.
type Reason int

// The reasons.
const (
	NoGo          Reason = iota // no Go toolchain on PATH
	NoProgram                   // the program cannot be started
	Ended                       // it ended before it listened
	NeverListened               // it runs but does not listen in time
	PortTaken                   // somebody else has the port
)

// Problem says in one line, for people, what went wrong. It is safe to print.
func (e *StartError) Problem() string {
	what := map[Reason]string{
		NoGo:          "there is no go command",
		NoProgram:     "the program cannot be started",
		Ended:         "it ended before it listened",
		NeverListened: "it runs but does not listen",
		PortTaken:     "its port is taken",
	}[e.Reason]
	if e.Detail != "" {
		what += ": " + e.Detail
	}
	return e.Name + ": " + what
}

func (e *StartError) Error() string { return "runner: start: " + e.Problem() }

func cannotStart(c Command, detail string) *StartError {
	return &StartError{
		Name:   c.Name,
		Reason: NoProgram,
		Detail: visible.OneLine(detail),
		Advice: "check the command: its name, its folder, and that it may be run",
	}
}

// endedEarly explains the end of a server that never listened.
func (p *Process) endedEarly() *StartError {
	text, _ := p.log.last()
	e := &StartError{
		Name:   p.name,
		Reason: Ended,
		Detail: p.exit.String(),
		Output: string(text),
		Advice: "start it by hand with the same arguments and read what it prints",
	}
	if saysPortTaken(string(text)) {
		e.Reason = PortTaken
		e.Advice = "let it listen on the address that it is given: {addr} or {port}"
	}
	return e
}

// portTaken is what the steps' own programs say, for people, in its place.
var portTaken = regexp.MustCompile(`port \d+ is taken`)

// saysPortTaken knows the message of Unix (EADDRINUSE), of Windows and of Node.
func saysPortTaken(output string) bool {
	output = strings.ToLower(output)
	for _, message := range []string{
		"address already in use", "only one usage of each socket address", "eaddrinuse",
	} {
		if strings.Contains(output, message) {
			return true
		}
	}
	return portTaken.MatchString(output)
}

func (p *Process) neverListened(limit time.Duration, instead string) *StartError {
	text, _ := p.log.last()
	e := &StartError{
		Name:   p.name,
		Reason: NeverListened,
		Detail: fmt.Sprintf("nothing on %s after %v", p.addr, limit),
		Output: string(text),
		Advice: "see that it calls bind and listen with the address that it is given",
	}
	if instead != "" {
		e.Detail = fmt.Sprintf("%s, not on %s", instead, p.addr)
		e.Advice = "let it listen on the address that it is given: {addr} or {port}"
	}
	return e
}

// A BuildError holds what the compiler said, at most 64 KiB.
type BuildError struct {
	Pkg    string
	Output string // raw
}

// First is the compiler's first complaint, "main.go:41:2: undefined: x", safe
// to print.
func (e *BuildError) First() string {
	var first string
	for line := range strings.Lines(e.Output) {
		line = strings.TrimSpace(line)
		// A line "# example/wirebook/…" names the package that is built.
		if line != "" && !strings.HasPrefix(line, "#") {
			first = line
			break
		}
	}
	return visible.OneLine(first)
}

// complaint is how the compiler begins a line about a program.
var complaint = regexp.MustCompile(`(?m)^(.+\.go):(\d+):`)

// Place is where the compiler's first complaint about a line of a program
// points: "main.go" and the line's number. What the go command says on its own
// account (no cache folder, too old for this go.mod, a toolchain that it cannot
// fetch) names no place.
func (e *BuildError) Place() (file string, line int) {
	if m := complaint.FindStringSubmatch(e.Output); m != nil {
		return place(m[1], m[2])
	}
	return "", 0
}

func (e *BuildError) Error() string {
	return "runner: build: " + e.Pkg + ": " + e.First()
}
