package course

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"

	"example/wirebook/internal/exchange"
)

// A Step is what a step's folder says.
type Step struct {
	Name      string // "01-socket"
	Exchanges []*exchange.Exchange
	Exercises []Exercise
	Files     []exchange.File // what its exchanges give to the server's folder
}

// Load reads a step from a file system rooted at steps/: its exchanges, and its
// exercises where it has some. Errors name the file at fault.
//
// Every exercise must be judged by an exchange and every judging exchange must
// belong to an exercise: one that nothing judges would pass always.
func Load(fsys fs.FS, name string) (*Step, error) {
	step := &Step{Name: name}
	if _, err := fs.Stat(fsys, name); err != nil {
		return nil, fmt.Errorf("course: load: %w", err)
	}
	var err error
	if step.Exchanges, err = exchange.ParseFS(fsys, name); err != nil {
		return nil, fmt.Errorf("course: load: %w", err)
	}
	file := path.Join(name, "exercises.txtar")
	data, err := fs.ReadFile(fsys, file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("course: load: %w", err)
	}
	if step.Exercises, err = ParseExercises(file, data); err != nil {
		return nil, fmt.Errorf("course: load: %w", err)
	}
	for _, x := range step.Exchanges {
		if err := step.add(x); err != nil {
			return nil, fmt.Errorf("course: load: %s/exchanges/%s.txtar: %w", name, x.Name, err)
		}
	}
	for _, e := range step.Exercises {
		if len(e.Exchanges) == 0 {
			return nil, fmt.Errorf("course: load: %s: no exchange judges %q", file, e.Name)
		}
	}
	return step, nil
}

// add gives an exchange to its exercise, and its files to the step.
func (s *Step) add(x *exchange.Exchange) error {
	for _, f := range x.Files {
		for _, other := range s.Files {
			if f.Name == other.Name && !bytes.Equal(f.Data, other.Data) {
				return fmt.Errorf("another exchange has a different file %q", f.Name)
			}
		}
		s.Files = append(s.Files, f)
	}
	if x.Exercise == "" {
		return nil
	}
	e := s.Exercise(x.Exercise)
	if e == nil {
		return fmt.Errorf("no exercise %q in exercises.txtar", x.Exercise)
	}
	e.Exchanges = append(e.Exchanges, x)
	return nil
}

// Exercise finds an exercise by its name, or returns nil.
func (s *Step) Exercise(name string) *Exercise {
	for i := range s.Exercises {
		if s.Exercises[i].Name == name {
			return &s.Exercises[i]
		}
	}
	return nil
}

// Exchange finds an exchange by its name, "page", or by its ID, "01/page". It
// returns nil where there is none.
func (s *Step) Exchange(name string) *exchange.Exchange {
	for _, x := range s.Exchanges {
		if x.Name == name || x.ID() == name {
			return x
		}
	}
	return nil
}
