package lessons

import (
	"embed"
	"fmt"
	"io/fs"
	"path"

	"example/wirebook/internal/course"
)

// FS holds the lessons that ship with the workbook, rooted at this folder.
//
//go:embed [0-9][0-9]-*.md
var FS embed.FS

// Load reads every lesson of fsys (rooted at lessons/), with exchanges, sources
// and exercises looked up in steps (rooted at steps/), in the order of their
// numbers. The first error ends it: it names a lesson's file and line, or is
// the one that course.Load reports for a step.
func Load(fsys, steps fs.FS) ([]*Lesson, error) {
	known, err := loadSteps(steps)
	if err != nil {
		return nil, err
	}
	files, err := fs.Glob(fsys, "[0-9][0-9]-*.md")
	if err != nil {
		return nil, fmt.Errorf("lessons: load: %w", err)
	}
	var all []*Lesson
	for _, file := range files {
		source, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, fmt.Errorf("lessons: load: %w", err)
		}
		l, err := Parse(path.Base(file), source, known, steps)
		if err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	return all, nil
}

func loadSteps(fsys fs.FS) ([]*course.Step, error) {
	names, err := course.Names(fsys)
	if err != nil {
		return nil, fmt.Errorf("lessons: load: %w", err)
	}
	var all []*course.Step
	for _, name := range names {
		s, err := course.Load(fsys, name)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}
