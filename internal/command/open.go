package command

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/charmbracelet/x/term"

	"example/wirebook/internal/check"
	"example/wirebook/internal/course"
	"example/wirebook/internal/plain"
	"example/wirebook/internal/progress"
	"example/wirebook/internal/session"
	"example/wirebook/lessons"
	"example/wirebook/steps"
	"example/wirebook/tui"
)

var openVerb = verb{
	name: "open", args: "[STEP] [--plain]", short: "open the workbook (also without the word open)",
	long: `Opens the lesson of a step, or the page where you left. --plain prints the same
as text and asks line by line; it is chosen by itself where there is no terminal
that can draw (a pipe, TERM=dumb). Into a pipe the whole lesson is printed.`,
	run: (*app).open,
}

func (a *app) open(args []string) error {
	var asLines bool
	words, _, err := parse("open", func(f *flag.FlagSet) { f.BoolVar(&asLines, "plain", false, "") }, args)
	if err != nil {
		return err
	}
	if len(words) > 1 {
		return &usageError{"open takes one step", "open"}
	}
	book, err := lessons.Load(lessons.FS, steps.FS)
	if err != nil {
		return err
	}
	step := ""
	if len(words) == 1 {
		var names []string
		for _, l := range book {
			names = append(names, l.Step)
		}
		if step, err = find("lesson", names, words[0], "open"); err != nil {
			return err
		}
	}
	person := isTerminal(a.stdin) && isTerminal(a.stdout)
	if !person {
		return print(book, step, a.stdout)
	}
	root, err := a.root()
	if err != nil {
		return err
	}
	if asLines || os.Getenv("TERM") == "dumb" {
		return a.openPlain(root, book, step)
	}
	return tui.Run(a.ctx, tui.Options{Root: root, Lessons: book, Start: step, Command: a.self})
}

// print prints a whole lesson, the first one where none is named.
func print(book []*lessons.Lesson, step string, w io.Writer) error {
	const width = 72 // fits any terminal and any mail
	i := slices.IndexFunc(book, func(l *lessons.Lesson) bool { return l.Step == step })
	return lessons.Plain(book[max(i, 0)], w, width)
}

// openPlain opens the workbook for a person who reads lines.
func (a *app) openPlain(root string, book []*lessons.Lesson, start string) error {
	s, err := session.Open(root)
	if err != nil {
		return err
	}
	defer s.Close()
	plain.Run(a.ctx, plain.Options{
		Lessons: book, Start: start, Root: root, Command: a.self,
		Session: s, Events: s.Tap.Events(),
		Store: progress.NewStore(progress.Path(os.Getenv)),
		Step: func(name string) *course.Step {
			step, err := course.Load(course.FS(root), name)
			if err != nil {
				return nil // a page before the first step
			}
			return step
		},
		Check: func(ctx context.Context, name string) ([]check.Result, error) {
			step, err := course.Load(course.FS(root), name)
			if err != nil {
				return nil, err
			}
			server, err := a.command(root, target{step: name, server: course.Yours})
			if err != nil {
				return nil, err
			}
			return check.Run(ctx, step, server, check.Options{Timeout: a.timeout})
		},
		Advise: func(err error) string {
			d := a.describe(err)
			return strings.TrimRight(fmt.Sprintf("%s\n%s%s", d.Problem, indent(indent(d.Output)), d.Advice), "\n")
		},
		Ask: a.ask, Out: a.stdout,
	})
	return nil
}

// isTerminal says whether a stream is a terminal that a person sits at.
func isTerminal(stream any) bool {
	if o, ok := stream.(*output); ok {
		stream = o.Writer
	}
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(f.Fd())
}
