// Package progress is what the workbook remembers of a reader: the lesson and
// the place in it, the answers to its questions, the exchanges that were sent,
// the exercises that pass. It is one small JSON file, made to be read and
// mended by hand.
//
// Several workbooks may be open at once. Each save reads the file again under a
// lock and adds only what its own reader has changed, so that none undoes what
// another one kept. Fields that this program does not know, of a later version
// of it, stay as they are.
//
// The package draws nothing, and it does not say what counts as done.
package progress

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// version is the file's format. A later one may have more fields; those that
// are here keep their meaning.
const version = 1

// A Progress is all that is remembered.
type Progress struct {
	Version int                `json:"version"`
	Lesson  string             `json:"lesson"` // the one that is open: "01-socket"
	Lessons map[string]*Lesson `json:"lessons"`
}

// A Lesson is what is remembered of one lesson. Predictions, exchanges and
// exercises go by their names.
type Lesson struct {
	Block   int             `json:"block"`             // the place: the block at the window's top
	Answers map[string]int  `json:"answers,omitempty"` // prediction → the option that was chosen, from 0
	Decided map[string]int  `json:"decided,omitempty"` // prediction → the option that the wire showed to be right
	ReadOn  map[string]bool `json:"readOn,omitempty"`  // predictions passed over without an answer
	Sent    map[string]bool `json:"sent,omitempty"`    // exchanges that have been sent
	Passed  []string        `json:"passed,omitempty"`  // exercises that pass
}

// Of returns what is remembered of a lesson, made if need be; its maps can be
// written to.
func (p *Progress) Of(step string) *Lesson {
	if p.Lessons == nil {
		p.Lessons = map[string]*Lesson{}
	}
	l := p.Lessons[step]
	if l == nil {
		l = &Lesson{}
		p.Lessons[step] = l
	}
	if l.Answers == nil {
		l.Answers = map[string]int{}
	}
	if l.Decided == nil {
		l.Decided = map[string]int{}
	}
	if l.ReadOn == nil {
		l.ReadOn = map[string]bool{}
	}
	if l.Sent == nil {
		l.Sent = map[string]bool{}
	}
	return l
}

// Clone is a copy that shares nothing with p: a Save can go on in another
// goroutine while the reader goes on, too.
func (p Progress) Clone() Progress {
	all := make(map[string]*Lesson, len(p.Lessons))
	for step, l := range p.Lessons {
		if l == nil {
			continue
		}
		all[step] = &Lesson{
			Block: l.Block, Answers: maps.Clone(l.Answers), Decided: maps.Clone(l.Decided),
			ReadOn: maps.Clone(l.ReadOn), Sent: maps.Clone(l.Sent), Passed: slices.Clone(l.Passed),
		}
	}
	p.Lessons = all
	return p
}

// Path is where progress is kept: the file that the environment's
// WIREBOOK_STATE names, or one in the user's folder for such things; empty
// where the system names no such folder.
func Path(getenv func(string) string) string {
	if path := getenv("WIREBOOK_STATE"); path != "" {
		return path
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "wirebook", "progress.json")
}
