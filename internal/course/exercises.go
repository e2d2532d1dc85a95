package course

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"example/wirebook/internal/exchange"
)

// An Exercise is one task: one flaw of the notes to repair, or one thing to
// make. They stand in the step's exercises.txtar, in order.
type Exercise struct {
	Name    string   // the section's name, the key in commands and files: "line-ends"
	Title   string   // "end lines with CR LF"
	Task    string   // what to do, a paragraph
	Look    string   // subgoal name in the program: "write the head"
	Notes   []string // errors of the notes: "E3"; may be empty
	Minutes int      // about how long it takes
	Hints   []string // look, rule, worked: three, line breaks kept

	Exchanges []*exchange.Exchange // those that judge it: Load finds them
}

// ParseExercises reads an exercises file: a txtar section for each exercise, in
// the order in which they are to be done, each made of "key: value" lines like
// the head of an exchange. Errors name the file and the line.
func ParseExercises(name string, data []byte) ([]Exercise, error) {
	sections, err := exchange.ParseSections(name, data)
	if err != nil {
		return nil, err
	}
	var all []Exercise
	for _, s := range sections {
		if slices.ContainsFunc(all, func(e Exercise) bool { return e.Name == s.Name }) {
			return nil, errorAt(name, s.Line, "exercise given twice: %s", s.Name)
		}
		e, err := parseExercise(name, s)
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

func parseExercise(file string, s exchange.Section) (Exercise, error) {
	e := Exercise{Name: s.Name, Hints: make([]string, 3)}
	for _, entry := range s.Entries {
		value := entry.Sentence()
		if value == "" {
			return e, errorAt(file, entry.Line, "no value: %s", entry.Key)
		}
		switch entry.Key {
		case "title":
			e.Title = value
		case "task":
			e.Task = value
		case "look":
			e.Look = value
		case "notes":
			e.Notes = strings.Fields(value)
			for _, n := range e.Notes {
				if !exchange.IsNote(n) {
					return e, errorAt(file, entry.Line, "not an error of the notes: %s", n)
				}
			}
		case "minutes":
			var err error
			if e.Minutes, err = strconv.Atoi(value); err != nil || e.Minutes < 1 {
				return e, errorAt(file, entry.Line, "minutes: not a number from 1: %s", value)
			}
		case "hint1", "hint2", "hint3":
			e.Hints[entry.Key[4]-'1'] = entry.Text()
		default:
			return e, errorAt(file, entry.Line, "unknown key: %s", entry.Key)
		}
	}
	for _, key := range []string{"title", "task", "look", "minutes", "hint1", "hint2", "hint3"} {
		if !slices.ContainsFunc(s.Entries, func(e exchange.Entry) bool { return e.Key == key }) {
			return e, errorAt(file, s.Line, "%s: no %s", s.Name, key)
		}
	}
	return e, nil
}

func errorAt(file string, line int, format string, args ...any) error {
	return fmt.Errorf("course: %s:%d: %s", path.Base(file), line, fmt.Sprintf(format, args...))
}
