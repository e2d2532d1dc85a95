// Package course knows what the course consists of and where it lies: the
// steps, their exercises and exchanges, the three servers of each step and how
// each is started, and the one file that a learner edits. No other package
// knows the layout of a step's folder, save package docroot below steps/, which
// may import nothing of ours.
//
// It judges nothing, starts nothing and draws nothing: see check, runner and
// session.
package course

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
)

// FS is the file system that Load and Names read: the folder steps of the clone
// at root. Package steps holds the same files, as they were built in.
func FS(root string) fs.FS { return os.DirFS(filepath.Join(root, "steps")) }

// WWW is the folder that a step's servers serve, in the clone at root.
func WWW(root, step string) string { return filepath.Join(root, "steps", step, "www") }

// ExerciseFolder is the folder that holds the learner's program of a step.
func ExerciseFolder(root, step string) string {
	return filepath.Join(root, "steps", step, "exercise")
}

// folderName is what a step's folder is called, and a lesson's file but for its
// extension.
var folderName = regexp.MustCompile(`^\d\d-[a-z0-9]+$`)

// Names lists the steps of a file system rooted at steps/, in their order.
func Names(fsys fs.FS) ([]string, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && folderName.MatchString(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// Find returns the step that a person means who types "01", "1", "socket" or
// "01-socket", out of the names of all.
func Find(names []string, word string) (name string, ok bool) {
	for _, name := range names {
		number, title := name[:2], name[3:]
		if word == name || word == number || word == title || "0"+word == number {
			return name, true
		}
	}
	return "", false
}
