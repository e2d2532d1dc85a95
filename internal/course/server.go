package course

import (
	"os"
	"path"
	"path/filepath"
)

// A Server is one of the three servers that each step has.
type Server int

// The servers of a step.
const (
	Notes     Server = iota // the stage as the notes wrote it, flaws kept
	Reference               // the stage done right: steps/NN-name/main.go
	Yours                   // the learner's: steps/NN-name/exercise
)

var servers = []struct {
	word   string // in commands and files
	title  string // in sentences
	folder string // of its main package, below the step's
}{
	Notes:     {"notes", "the notes' server", "testdata/skeleton"},
	Reference: {"reference", "the reference", ""},
	Yours:     {"yours", "your server", "exercise"},
}

// String is the server's word in commands and files: "notes".
func (s Server) String() string { return servers[s].word }

// Title is what the server is called in a sentence: "the notes' server".
func (s Server) Title() string { return servers[s].title }

// ParseServer finds a server by its word.
func ParseServer(word string) (s Server, ok bool) {
	for i, known := range servers {
		if known.word == word {
			return Server(i), true
		}
	}
	return 0, false
}

// Package is the folder of the server's main package, from the module's root
// and with slashes: "steps/01-socket/exercise".
func (s Server) Package(step string) string {
	return path.Join("steps", step, servers[s].folder)
}

// SourceFolders are the folders of the server's program, likewise: the main
// package, and for the reference the step's own libraries after it.
func (s Server) SourceFolders(root, step string) []string {
	main := s.Package(step)
	folders := []string{main}
	if s != Reference {
		return folders
	}
	// A folder that cannot be read has no library to show.
	entries, _ := os.ReadDir(filepath.Join(root, filepath.FromSlash(main)))
	for _, e := range entries {
		switch e.Name() {
		case "exercise", "verify", "testdata", "exchanges", "www":
			continue
		}
		if e.IsDir() {
			folders = append(folders, path.Join(main, e.Name()))
		}
	}
	return folders
}
