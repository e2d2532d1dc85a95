package command

import (
	"flag"
	"fmt"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"

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
	var plain bool
	words, _, err := parse("open", func(f *flag.FlagSet) { f.BoolVar(&plain, "plain", false, "") }, args)
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
		if step, err = lessonName(book, words[0]); err != nil {
			return &usageError{err.Error(), "open"}
		}
	}
	person := isTerminal(a.stdin) && isTerminal(a.stdout)
	if plain || !person || os.Getenv("TERM") == "dumb" {
		return a.openPlain(book, step, person)
	}
	root, err := a.root()
	if err != nil {
		return err
	}
	return tui.Run(a.ctx, tui.Options{Root: root, Lessons: book, Start: step, Command: a.self})
}

// lessonName finds a lesson by what a person types: "01", "1" or "socket".
func lessonName(book []*lessons.Lesson, word string) (string, error) {
	var names []string
	for _, l := range book {
		number, title, _ := strings.Cut(l.Step, "-")
		if word == l.Step || word == number || word == title || "0"+word == number {
			return l.Step, nil
		}
		names = append(names, l.Step)
	}
	return "", fmt.Errorf("there is no lesson %q; the lessons are %s", word, strings.Join(names, ", "))
}

// isTerminal says whether a stream is a terminal that a person sits at.
func isTerminal(stream any) bool {
	if o, ok := stream.(*output); ok {
		stream = o.Writer
	}
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(f.Fd())
}
