package command

import (
	"fmt"

	"example/wirebook/internal/course"
	"example/wirebook/steps"
)

var listVerb = verb{
	name: "list", args: "[STEP] [--json]", short: "the steps, their exercises and exchanges",
	long: `Without a STEP: one line a step. With one: its exercises in order, then its
exchanges, each under the name that send and check take.`,
	run: (*app).list,
}

// A listedStep is one step in the output of list --json.
type listedStep struct {
	Step      string           `json:"step"`
	Touched   bool             `json:"touched"` // the exercise has been edited
	Exercises []listedExercise `json:"exercises"`
	Exchanges []listedExchange `json:"exchanges"`
}

type listedExercise struct {
	Name  string   `json:"name"`
	Title string   `json:"title"`
	Notes []string `json:"notes,omitempty"`
}

type listedExchange struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Why   string `json:"why"`
}

func (a *app) list(args []string) error {
	words, _, err := parse("list", a.jsonFlag, args)
	if err != nil {
		return err
	}
	names, err := course.Names(steps.FS)
	if err != nil {
		return err
	}
	if len(words) > 1 {
		return &usageError{"list takes one step", "list"}
	}
	one := len(words) == 1
	if one {
		name, err := findStep(words[0], "list")
		if err != nil {
			return err
		}
		names = []string{name}
	}
	listed := []listedStep{}
	for _, name := range names {
		step, err := course.Load(steps.FS, name)
		if err != nil {
			return err
		}
		listed = append(listed, a.listStep(step))
	}
	if a.json {
		return a.answer(listed)
	}
	for _, step := range listed {
		a.printListed(step, one)
	}
	return nil
}

func (a *app) listStep(step *course.Step) listedStep {
	l := listedStep{Step: step.Name, Exercises: []listedExercise{}, Exchanges: []listedExchange{}}
	if root, err := a.root(); err == nil && course.HasExercise(root, step.Name) {
		l.Touched, _ = course.Touched(root, step.Name)
	}
	for _, e := range step.Exercises {
		l.Exercises = append(l.Exercises, listedExercise{e.Name, e.Title, e.Notes})
	}
	for _, x := range step.Exchanges {
		l.Exchanges = append(l.Exchanges, listedExchange{x.ID(), x.Title, x.Why})
	}
	return l
}

func (a *app) printListed(s listedStep, whole bool) {
	state := ""
	if s.Touched {
		state = ", yours begun"
	}
	fmt.Fprintf(a.stdout, "%-14s %2d exercises, %2d exchanges%s\n", s.Step, len(s.Exercises), len(s.Exchanges), state)
	if !whole {
		return
	}
	if len(s.Exercises) > 0 {
		fmt.Fprintf(a.stdout, "\nexercises (%s check %s NAME)\n", a.self, s.Step[:2])
	}
	for i, e := range s.Exercises {
		fmt.Fprintf(a.stdout, "  %2d  %-18s %s\n", i+1, e.Name, e.Title)
	}
	fmt.Fprintf(a.stdout, "\nexchanges (%s send NAME)\n", a.self)
	for _, x := range s.Exchanges {
		fmt.Fprintf(a.stdout, "  %-22s %s\n", x.ID, x.Title)
	}
}
