package course

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"example/wirebook/internal/exchange"
)

// A Step is what a step's folder says.
type Step struct {
	Name      string               // "01-socket"
	Exchanges []*exchange.Exchange // those that teach or judge, sorted by name
	Tests     []*exchange.Exchange // those that only test the reference
	Exercises []Exercise
	Files     []exchange.File // what its exchanges give to the server's folder
}

// Load reads a step from a file system rooted at steps/: its exchanges, and its
// exercises where it has some. Errors name the file at fault.
//
// Every exercise must be judged by an exchange and every judging exchange must
// belong to an exercise: one that nothing judges would pass always. No two
// exchanges of a step have one name, wherever they lie.
func Load(fsys fs.FS, name string) (*Step, error) {
	step := &Step{Name: name}
	if _, err := fs.Stat(fsys, name); err != nil {
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
	if step.Exchanges, err = step.load(fsys, "exchanges"); err != nil {
		return nil, fmt.Errorf("course: load: %w", err)
	}
	if step.Tests, err = step.load(fsys, "testdata/exchanges"); err != nil {
		return nil, fmt.Errorf("course: load: %w", err)
	}
	for _, e := range step.Exercises {
		if len(e.Exchanges) == 0 {
			return nil, fmt.Errorf("course: load: %s: no exchange judges %q", file, e.Name)
		}
	}
	return step, nil
}

// load reads the exchanges of one of the step's folders, sorted by name.
func (s *Step) load(fsys fs.FS, folder string) ([]*exchange.Exchange, error) {
	files, err := fs.Glob(fsys, path.Join(s.Name, folder, "*.txtar"))
	if err != nil {
		return nil, err
	}
	www, err := fs.Sub(fsys, path.Join(s.Name, "www"))
	if err != nil {
		return nil, err
	}
	var list []*exchange.Exchange
	for _, file := range files {
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, err
		}
		x, err := exchange.Parse(file, data, www)
		if err != nil {
			return nil, err
		}
		x.Step = s.Name
		if s.Exchange(x.Name) != nil {
			return nil, fmt.Errorf("%s: another exchange has this name", file)
		}
		if err := s.add(x); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		list = append(list, x)
	}
	return list, nil
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

// Exchange finds an exchange by its name, "page", or by its ID, "01/page",
// among those that only test, too. It returns nil where there is none.
func (s *Step) Exchange(name string) *exchange.Exchange {
	for _, x := range slices.Concat(s.Exchanges, s.Tests) {
		if x.Name == name || x.ID() == name {
			return x
		}
	}
	return nil
}
