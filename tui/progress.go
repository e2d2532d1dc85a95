package tui

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// Progress is what the workbook remembers of a reader. The file is JSON, made
// to be read and mended by hand.
type Progress struct {
	Lesson  string                     `json:"lesson"` // the one that is open
	Lessons map[string]*LessonProgress `json:"lessons"`
}

// LessonProgress is what it remembers of one lesson.
type LessonProgress struct {
	Block   int             `json:"block"`             // the place: the block at the window's top
	Answers map[string]int  `json:"answers,omitempty"` // prediction → chosen option, from 0
	Decided map[string]int  `json:"decided,omitempty"` // prediction → what the wire chose
	ReadOn  map[string]bool `json:"readOn,omitempty"`  // predictions passed over without an answer
	Passed  []string        `json:"passed,omitempty"`  // exercises that pass
}

// of returns a lesson's part, made if need be.
func (p *Progress) of(step string) *LessonProgress {
	if p.Lessons == nil {
		p.Lessons = map[string]*LessonProgress{}
	}
	if p.Lessons[step] == nil {
		p.Lessons[step] = &LessonProgress{}
	}
	l := p.Lessons[step]
	if l.Answers == nil {
		l.Answers = map[string]int{}
	}
	if l.Decided == nil {
		l.Decided = map[string]int{}
	}
	if l.ReadOn == nil {
		l.ReadOn = map[string]bool{}
	}
	return l
}

// A store is the progress file. Saves run beside each other and may overtake
// one another; numbers see to it that the newest stays.
type store struct {
	path   string
	mu     sync.Mutex
	newest int
}

// maxState bounds the progress file: a course's is a few kilobytes.
const maxState = 1 << 20

// read reads the file, if it is one: a device or a pipe may never end.
func (s *store) read() ([]byte, error) {
	info, err := os.Stat(s.path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no ordinary file", s.path)
	}
	if info.Size() > maxState {
		return nil, fmt.Errorf("%s is too large to be a progress file", s.path)
	}
	f, err := os.Open(s.path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxState))
}

// load reads the file. One that is missing or broken is an empty progress: a
// learner's lesson does not stop for it, and the next save writes a whole one.
// An error says that progress cannot be kept there.
func (s *store) load() (Progress, error) {
	var p Progress
	data, err := s.read()
	if err == nil && json.Unmarshal(data, &p) != nil {
		os.Rename(s.path, s.path+".broken") // kept, for whoever wants to mend it
		p = Progress{}
	}
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return p, err
}

// save writes the file whole or not at all. n counts the saves.
func (s *store) save(n int, data []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n < s.newest {
		return nil
	}
	s.newest = n
	if s.path == "" {
		return errors.New("no folder to keep it in: set WIREBOOK_STATE to a file's name")
	}
	if err := os.MkdirAll(filepath.Dir(s.path), 0o755); err != nil {
		return err
	}
	old, err := s.read()
	if err == nil && string(old) == string(data) {
		return nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(s.path), ".progress-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), s.path)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}

// encode makes the file's text.
func (p Progress) encode() []byte {
	data, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		panic(err) // maps, strings and numbers alone
	}
	return append(data, '\n')
}
