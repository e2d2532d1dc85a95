package course

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Workfile is the one file of a step that a learner edits, in the clone at root.
func Workfile(root, step string) string {
	return filepath.Join(ExerciseFolder(root, step), "main.go")
}

// Skeleton is the pristine copy of it.
func Skeleton(root, step string) string {
	return filepath.Join(root, filepath.FromSlash(Notes.Package(step)), "main.go")
}

// HasExercise says whether the step has an exercise at all.
func HasExercise(root, step string) bool {
	_, err := os.Stat(Skeleton(root, step))
	return err == nil
}

// Touched says whether the learner's file differs from the pristine one. A
// checkout that turned LF into CR LF is not a difference.
func Touched(root, step string) (bool, error) {
	mine, err := os.ReadFile(Workfile(root, step))
	if err != nil {
		return false, fmt.Errorf("course: read: %w", err)
	}
	pristine, err := os.ReadFile(Skeleton(root, step))
	if err != nil {
		return false, fmt.Errorf("course: read: %w", err)
	}
	return !bytes.Equal(unixLines(mine), unixLines(pristine)), nil
}

// Reset puts the pristine file back and returns where it kept the learner's,
// beside it. Nothing is kept when there was nothing to lose.
func Reset(root, step string, now time.Time) (backup string, err error) {
	pristine, err := os.ReadFile(Skeleton(root, step))
	if err != nil {
		return "", fmt.Errorf("course: reset: %w", err)
	}
	path := Workfile(root, step)
	mine, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return "", fmt.Errorf("course: reset: %w", err)
	case !bytes.Equal(unixLines(mine), unixLines(pristine)):
		if backup, err = keep(path, mine, now); err != nil {
			return "", fmt.Errorf("course: keep a copy: %w", err)
		}
	}
	if err := os.WriteFile(path, pristine, 0o644); err != nil {
		return backup, fmt.Errorf("course: reset: %w", err)
	}
	return backup, nil
}

// keep writes a copy under a name that is not taken: two resets within one
// second must not overwrite each other.
func keep(path string, data []byte, now time.Time) (string, error) {
	base := path + ".bak-" + now.Format("20060102-150405")
	for n := 1; ; n++ {
		name := base
		if n > 1 {
			name = fmt.Sprintf("%s-%d", base, n)
		}
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = f.Write(data)
		return name, errors.Join(err, f.Close())
	}
}

func unixLines(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")) }
