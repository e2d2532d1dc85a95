package exchange

import (
	"slices"
	"strconv"
	"strings"
)

// A Task is one exercise as a step's exercises.txtar describes it: what to
// read, before any exchange judges.
type Task struct {
	Name    string   // the section's name: "line-ends"
	Title   string   // "end lines with CR LF"
	Task    string   // what to do, a paragraph
	Look    string   // subgoal name in the program: "write the head"
	Notes   []string // errors of the notes: "E3"; may be empty
	Minutes int      // about how long it takes
	Hints   []string // look, rule, worked: three, line breaks kept
}

// ParseExercises reads an exercises file: a txtar section for each exercise, in
// the order in which they are to be done, each made of "key: value" lines like
// the head of an exchange. Errors name the file and the line.
func ParseExercises(name string, data []byte) ([]Task, error) {
	a, err := split(data)
	if err != nil {
		return nil, fileError(name, err)
	}
	if head, err := entries(a.head, 1); err != nil {
		return nil, fileError(name, err)
	} else if len(head) > 0 {
		return nil, fileError(name, errorAt(head[0].line, "key before the first exercise: %s", head[0].key))
	}
	var tasks []Task
	for _, s := range a.sections {
		if slices.ContainsFunc(tasks, func(t Task) bool { return t.Name == s.name }) {
			return nil, fileError(name, errorAt(s.line, "exercise given twice: %s", s.name))
		}
		t, err := parseTask(s)
		if err != nil {
			return nil, fileError(name, err)
		}
		tasks = append(tasks, t)
	}
	return tasks, nil
}

func parseTask(s section) (Task, error) {
	t := Task{Name: s.name, Hints: make([]string, 3)}
	list, err := entries(s.lines, s.line+1)
	if err != nil {
		return t, err
	}
	for _, e := range list {
		if e.sentence() == "" {
			return t, errorAt(e.line, "no value: %s", e.key)
		}
		switch e.key {
		case "title":
			t.Title = e.sentence()
		case "task":
			t.Task = e.sentence()
		case "look":
			t.Look = e.sentence()
		case "notes":
			t.Notes = strings.Fields(e.sentence())
			for _, n := range t.Notes {
				if !isNote(n) {
					return t, errorAt(e.line, "not an error of the notes: %s", n)
				}
			}
		case "minutes":
			if t.Minutes, err = strconv.Atoi(e.sentence()); err != nil || t.Minutes < 1 {
				return t, errorAt(e.line, "minutes: not a number from 1: %s", e.sentence())
			}
		case "hint1", "hint2", "hint3":
			t.Hints[e.key[4]-'1'] = e.text()
		default:
			return t, errorAt(e.line, "unknown key: %s", e.key)
		}
	}
	for _, key := range []string{"title", "task", "look", "minutes", "hint1", "hint2", "hint3"} {
		if !slices.ContainsFunc(list, func(e entry) bool { return e.key == key }) {
			return t, errorAt(s.line, "%s: no %s", s.name, key)
		}
	}
	return t, nil
}
