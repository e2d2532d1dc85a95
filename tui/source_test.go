package tui

import (
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"example/wirebook/internal/check"
	"example/wirebook/internal/runner"
	"example/wirebook/tui/exercisepane"
)

func TestEditorCommand(t *testing.T) {
	for _, tt := range []struct {
		env  map[string]string
		want []string
	}{
		{map[string]string{"EDITOR": "vim"}, []string{"vim", "+7", "main.go"}},
		{map[string]string{"EDITOR": "/usr/bin/nano -w"}, []string{"/usr/bin/nano", "-w", "+7", "main.go"}},
		{map[string]string{"EDITOR": "ed", "VISUAL": "code --wait"}, []string{"code", "--wait", "--goto", "main.go:7"}},
		{map[string]string{"EDITOR": "hx"}, []string{"hx", "main.go:7"}},
		{map[string]string{"EDITOR": "someeditor"}, []string{"someeditor", "main.go"}},
	} {
		got, err := editorCommand(func(k string) string { return tt.env[k] }, "main.go", 7)
		if err != nil || !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%v: %v %v, want %v", tt.env, got, err, tt.want)
		}
	}
	t.Setenv("PATH", "")
	if _, err := editorCommand(func(string) string { return "" }, "main.go", 7); err == nil || !strings.Contains(err.Error(), "EDITOR") {
		t.Errorf("without an editor: %v", err)
	}
}

// The editor opens where the compiler stopped, where the program died, or at
// the part that the check names.
func TestEditPlace(t *testing.T) {
	file := filepath.Join(t.TempDir(), "main.go")
	mustWrite(t, file, "package main\n\nfunc main() {\n\t// Write the head.\n}\n")
	_, steps := book(t)
	p := &exercisepane.Pane{}
	p.Open(steps["01-socket"], "go run .", nil, "")
	if got := findPlace(file, p.LineHint()); got != 4 {
		t.Errorf("by its name: line %d, want 4", got)
	}
	r := check.Result{Exercise: &steps["01-socket"].Exercises[0], Verdict: check.Fail, Died: &runner.Exit{Status: "exit 2", Reason: "index out of range", File: "main.go", Line: 41}}
	p.Add(r)
	if got := findPlace(file, p.LineHint()); got != 41 {
		t.Errorf("by its death: line %d, want 41", got)
	}
	p.Checked(nil, fmt.Errorf("wrapped: %w", &runner.BuildError{Pkg: "x", Output: "# x\n./main.go:12:3: undefined: y\n"}), 0)
	if got := findPlace(file, p.LineHint()); got != 12 {
		t.Errorf("by the compiler: line %d, want 12", got)
	}
	if got := findPlace(file, exercisepane.LineHint{Text: "no such part"}); got != 0 {
		t.Errorf("nowhere: line %d, want 0", got)
	}
}

func TestSourcePane(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 80, 24, nil)
		dir := filepath.Join(h.m.o.Root, "steps", "01-socket")
		mustWrite(t, filepath.Join(dir, "main.go"), "package main\n\n// the end of it\nfunc main() {}\n"+strings.Repeat("// more\n", 90))
		mustWrite(t, filepath.Join(dir, "b.go"), "package main // second file\n")
		h.press("v", "4")
		h.wantScreen("steps/01-socket/main.go", "func main()", "file 1 of 2")
		h.press("G")
		h.wantScreen("94 of 94")
		h.press("/")
		for _, c := range "END" {
			h.press(string(c))
		}
		h.press("esc")
		h.wantScreen("// the end of it")
		h.press("n", "right")
		h.wantScreen("main // second file", "b.go")
		h.press("v")
		h.wantScreen(`step 01-socket has no server "yours"; choose another server`)
	})
}

func TestDoesNotCompile(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 100, 30, nil)
		h.failed = fmt.Errorf("check: %w", &runner.BuildError{Pkg: "steps/01-socket/exercise", Output: "# pkg\nsteps/01-socket/exercise/main.go:7:2: undefined: x\n"})
		h.press("c")
		h.wantScreen("your server does not compile", "main.go:7:2: undefined: x", "(3 to look)")
		h.press("3")
		h.wantScreen("Your server does not compile.", "main.go:7:2: undefined:", "e opens it")
		h.failed = &runner.StartError{Name: "your server", Reason: runner.NeverListened, Detail: "10 s", Output: "loop\nloop\n", Advice: "call listen, and accept in a loop"}
		h.press("c")
		h.wantScreen("loop", "call listen, and accept in a loop")
		h.failed = errors.New("x")
	})
}
