// Package command is the wirebook command line: it reads arguments, calls the
// packages that do the work, and prints what they return. Output rules: data
// goes to standard output, messages to standard error; a message is a lower
// case line, the few lines of output that prove it, and what to do next. With
// --json standard output is one JSON value (for run: one a line), also when
// the command fails. Bytes that a server or a learner's program wrote are made
// visible before they are printed.
//
// However a command ends, nothing that it started is left running.
package command

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"example/wirebook/internal/course"
	"example/wirebook/internal/runner"
)

// Exit codes, the same for every command.
const (
	exitOK     = 0 // done; for check: every exercise passes
	exitFailed = 1 // check: an exercise fails; send: the answer differs
	exitUsage  = 2 // wrong arguments, or the command could not do its work
)

// An app is one invocation.
type app struct {
	ctx    context.Context
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	self   string // how the reader starts us: "go run ." or "wirebook"

	timeout      time.Duration // for one answer; 0 means play.DefaultTimeout
	json         bool          // the call asks for JSON
	answered     bool          // the JSON value is printed
	lines        chan string   // lines of stdin, once ask needs them
	startTimeout time.Duration // how long a server may take to listen; 0 means the runner's limit
}

// A verb is one command.
type verb struct {
	name  string
	args  string // for the usage line
	short string // one line for the list of commands
	long  string // more, for "help NAME"
	run   func(a *app, args []string) error
}

func verbs() []verb {
	return []verb{
		openVerb, listVerb, runVerb, sendVerb, checkVerb, resetVerb, versionVerb,
	}
}

// Main runs one command and returns the exit code.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	return runMain(args, &app{stdin: stdin, stdout: stdout, stderr: stderr})
}

func runMain(args []string, a *app) int {
	ctx, stop := signal.NotifyContext(context.Background(), endings()...)
	defer stop()
	// A write to a reader who has gone must be an error that is dealt with: by
	// default it kills the process, and the servers' folders stay behind.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	defer runner.Clean()
	a.ctx, a.self = ctx, selfName(os.Executable)
	return a.main(args)
}

// endings are the signals that ask the program to end: Ctrl-C, kill, and a
// terminal that is closed, unless nohup has said to outlive that.
func endings() []os.Signal {
	all := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		all = append(all, syscall.SIGHUP)
	}
	return all
}

func (a *app) main(args []string) int {
	out := &output{Writer: a.stdout}
	a.stdout = out
	code := a.call(args)
	if out.err != nil && !isBrokenPipe(out.err) {
		fmt.Fprintf(a.stderr, "wirebook: cannot print: %v\n", out.err)
		return exitUsage
	}
	return code
}

func (a *app) call(args []string) int {
	own := args // without the words of a program that is to be judged
	if i := slices.Index(args, "--"); i >= 0 {
		own = args[:i]
	}
	a.json = slices.Contains(own, "--json") || slices.Contains(own, "-json")
	if len(own) > 0 && isHelpFlag(own[0]) {
		return a.help(nil)
	}
	if len(own) > 0 && (own[0] == "--version" || own[0] == "-version") {
		return a.report(versionVerb.run(a, own[1:]))
	}
	asksHelp := slices.ContainsFunc(own, isHelpFlag)
	name := "open"
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		name, args = args[0], args[1:]
	}
	if name == "help" {
		return a.help(args)
	}
	for _, v := range verbs() {
		if v.name != name {
			continue
		}
		if asksHelp {
			return a.help([]string{name})
		}
		return a.report(v.run(a, args))
	}
	return a.report(&usageError{text: fmt.Sprintf("there is no command %q", name), verb: ""})
}

func isHelpFlag(s string) bool { return s == "-h" || s == "-help" || s == "--help" }

// selfName says how the reader started the program. `go run` builds into a
// temporary folder whose name begins with go-build.
func selfName(executable func() (string, error)) string {
	path, err := executable()
	if err == nil && strings.Contains(filepath.ToSlash(path), "/go-build") {
		return "go run ."
	}
	return "wirebook"
}

// root finds the clone that the command works on.
func (a *app) root() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	root, err := course.Root(dir)
	if err != nil {
		return "", &advisedError{err, "go to your clone of wirebook (the folder with go.mod and steps/) and run it there"}
	}
	return root, nil
}
