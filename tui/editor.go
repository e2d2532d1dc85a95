package tui

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/internal/course"
	"example/wirebook/tui/cells"
	"example/wirebook/tui/exercisepane"
)

// edit opens the learner's program in their editor, at the line that matters:
// where the compiler stopped, where it died, or the part that the check names.
func (m *Model) edit() tea.Cmd {
	path, getenv := course.Workfile(m.o.Root, m.step()), m.o.Getenv
	hint := m.exercise.LineHint()
	return func() tea.Msg {
		argv, err := editorCommand(getenv, path, max(findPlace(path, hint), 1))
		return editorFound{argv, err}
	}
}

func (m *Model) openEditor(msg editorFound) tea.Cmd {
	if msg.err != nil {
		m.say(cells.Bad, msg.err.Error())
		return nil
	}
	return tea.ExecProcess(exec.Command(msg.argv[0], msg.argv[1:]...), func(err error) tea.Msg {
		return editorClosed{err}
	})
}

// findPlace is the line of a file where a hint points, 0 if nowhere. A part of
// the program is found by the comment that names it.
func findPlace(path string, h exercisepane.LineHint) int {
	if h.Line > 0 || h.Text == "" {
		return h.Line
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return 0
	}
	return course.FindPart(data, h.Text).Line
}

// editorCommand is what to run: the reader's editor, with the line in the form
// that it understands.
func editorCommand(getenv func(string) string, path string, line int) ([]string, error) {
	words := strings.Fields(getenv("VISUAL"))
	if len(words) == 0 {
		words = strings.Fields(getenv("EDITOR"))
	}
	if len(words) == 0 {
		words = usualEditor()
	}
	if len(words) == 0 {
		return nil, errors.New("no editor: set EDITOR to the name of yours, or open " + path)
	}
	name := strings.TrimSuffix(filepath.Base(words[0]), ".exe")
	at := strconv.Itoa(line)
	switch name {
	case "vi", "vim", "nvim", "view", "nano", "pico", "emacs", "emacsclient", "micro", "kak", "joe", "ne", "mg", "ed":
		return append(words, "+"+at, path), nil
	case "hx", "helix", "zed", "subl":
		return append(words, path+":"+at), nil
	case "code", "codium", "cursor":
		// Without --wait these return at once, and the screen comes back
		// beside the editor's window: that is what one wants.
		return append(words, "--goto", path+":"+at), nil
	}
	return append(words, path), nil
}

func usualEditor() []string {
	names := []string{"vi", "nano"}
	if runtime.GOOS == "windows" {
		names = []string{"notepad"}
	}
	for _, name := range names {
		if _, err := exec.LookPath(name); err == nil {
			return []string{name}
		}
	}
	return nil
}
