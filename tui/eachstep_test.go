//go:build unix

package tui

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"example/wirebook/internal/course"
	"example/wirebook/internal/progress"
	"example/wirebook/internal/reading"
	"example/wirebook/internal/visible"
	"example/wirebook/lessons"
	"example/wirebook/steps"
)

const root = ".." // of the module

// Every step opens with its server running behind the tap. Its first exchange
// is sent by enter and answered, and 4 shows what has answered it; v goes on to
// the other servers and never to an end.
func TestEachStep(t *testing.T) {
	for _, step := range []string{"01-socket", "02-post", "03-tcpserver", "04-static", "05-cgi"} {
		t.Run(step, func(t *testing.T) {
			t.Parallel()
			var missing *course.Unavailable
			if pythons(step) {
				_, err := course.Command(t.Context(), root, step, course.Notes)
				errors.As(err, &missing)
			}
			walkStep(t, step, missing)
		})
	}
}

// Without Python the reference stands in for it, and one line says so.
func TestStepsWithoutPython(t *testing.T) {
	path, err := exec.LookPath("go")
	if err != nil {
		t.Skip("there is no Go toolchain on PATH to build the program with")
	}
	bin := t.TempDir()
	if err := os.Symlink(path, filepath.Join(bin, "go")); err != nil {
		t.Fatal(err)
	}
	for _, step := range []string{"04-static", "05-cgi"} {
		t.Run(step, func(t *testing.T) {
			t.Parallel()
			walkStep(t, step, &course.Unavailable{Problem: "the notes' server of this step is Python's"}, "PATH="+bin)
		})
	}
}

// pythons says whether the notes' server of a step is Python's own.
func pythons(step string) bool { return step >= "04" }

// walkStep opens a step and looks at all there is. missing says why there is no
// notes' server, nil where there is one.
func walkStep(t *testing.T, step string, missing *course.Unavailable, env ...string) {
	if _, err := fs.Stat(steps.FS, step+"/main.go"); err != nil {
		t.Skip("the step has no server yet")
	}
	if _, err := fs.Stat(lessons.FS, step+".md"); err != nil {
		t.Skip("the step has no lesson yet")
	}
	const w, h = 130, 40
	keys, box := wayToExchange(t, step, w, h)
	x := box.Exchange
	number, _, _ := strings.Cut(step, "-")
	s := openProgram(t, w, h, []string{"open", number}, env...)

	reference := "steps/" + step + "/main.go"
	source, said := "steps/"+step+"/testdata/skeleton/main.go", ""
	switch {
	case missing != nil:
		said, source = "the reference runs instead: "+missing.Problem, reference
		waitFor(t, s, said, "reference · running · http://localhost:")
	case pythons(step):
		source = "python3 -m http.server --bind HOST"
		fallthrough
	default:
		waitFor(t, s, "notes · running · http://localhost:", "⏎ ")
	}

	s.Type(keys)
	waitFor(t, s, "⏎ send ")
	s.Type("\r")
	line, _, _ := bytes.Cut(requestBytes(x), []byte("\r\n"))
	waitFor(t, s, `lesson "`+x.Title[:min(len(x.Title), 30)], "→ request", visible.Bytes(line[:min(len(line), 30)]), "← response")

	s.Type("4")
	if !box.AnyServer && box.Server == course.Reference && missing == nil {
		waitFor(t, s, reference) // the exchange had it started
	} else {
		waitFor(t, s, source)
		s.Type("v")
	}
	if missing != nil { // yours, the notes', and round to where one was
		waitFor(t, s, said, "reference · running", reference)
		return
	}
	waitFor(t, s, "reference · running", reference)
	s.Type("v")
	if _, err := os.Stat(filepath.Join(root, "steps", step, "exercise", "main.go")); err == nil {
		waitFor(t, s, "yours · running", "steps/"+step+"/exercise/main.go")
	} else {
		waitFor(t, s, "the notes' server again: ", "notes · running")
	}
}

// wayToExchange is the keys that lead to a lesson's first exchange that can be
// sent, in a window of some size, and its box.
func wayToExchange(t *testing.T, step string, w, h int) (string, *lessons.Block) {
	t.Helper()
	all, err := allLessons()
	if err != nil {
		t.Fatal(err)
	}
	m := newModel(t.Context(), Options{
		Lessons: all, Command: "go run .", Start: step, Session: newFakeSession(),
		StatePath: filepath.Join(t.TempDir(), "progress.json"),
	})
	m.restore(progress.Progress{}, "", nil)
	m.w, m.h = w, h
	m.resize()
	for n := range 60 {
		if m.lesson.Next() == reading.Send {
			return strings.Repeat("n", n), m.lesson.Front()
		}
		m.Update(keyPress("n"))
	}
	t.Fatalf("lesson %s has no exchange to send", step)
	return "", nil
}

// allLessons is all lessons that ship, loaded once: reading does not change them.
var allLessons = sync.OnceValues(func() ([]*lessons.Lesson, error) {
	return lessons.Load(lessons.FS, steps.FS)
})
