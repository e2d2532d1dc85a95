package tui

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"example/wirebook/internal/check"
	"example/wirebook/internal/course"
	"example/wirebook/internal/runner"
	"example/wirebook/tui/cells"
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
	p := &exercisePane{}
	p.open(steps["01-socket"], "go run .", nil)
	if got := findPlace(file, p.lineHint()); got != 4 {
		t.Errorf("by its name: line %d, want 4", got)
	}
	r := check.Result{Exercise: &p.step.Exercises[0], Verdict: check.Fail, Died: "exit 2: index out of range, main.go:41"}
	p.results["line-ends"] = r
	if got := findPlace(file, p.lineHint()); got != 41 {
		t.Errorf("by its death: line %d, want 41", got)
	}
	p.end(nil, fmt.Errorf("wrapped: %w", &runner.BuildError{Pkg: "x", Output: "# x\n./main.go:12:3: undefined: y\n"}), 0)
	if got := findPlace(file, p.lineHint()); got != 12 {
		t.Errorf("by the compiler: line %d, want 12", got)
	}
	if got := findPlace(file, lineHint{text: "no such part"}); got != 0 {
		t.Errorf("nowhere: line %d, want 0", got)
	}
}

func TestReadSources(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"main.go": "package main\n", "other.go": "package main\n", "main_test.go": "package main\n",
		"socket/socket.go": "package socket\n", "verify/verify.go": "package verify\n",
		"exercise/main.go": "package main // yours\n", "testdata/skeleton/main.go": "package main // notes\n",
	} {
		mustWrite(t, filepath.Join(root, "steps", "01-socket", name), text)
	}
	for v, want := range map[course.Server]string{
		course.Notes:     "steps/01-socket/testdata/skeleton/main.go",
		course.Reference: "steps/01-socket/main.go steps/01-socket/other.go steps/01-socket/socket/socket.go",
		course.Yours:     "steps/01-socket/exercise/main.go",
	} {
		files, err := readSources(t.Context(), root, sourceKey{"01-socket", v})
		var names []string
		for _, f := range files {
			names = append(names, f.name)
		}
		if got := strings.Join(names, " "); err != nil || got != want {
			t.Errorf("%v: %s %v, want %s", v, got, err, want)
		}
	}
	if _, err := readSources(t.Context(), root, sourceKey{"02-post", course.Yours}); err == nil {
		t.Error("no source is no error")
	}
}

// Where Python's own server is the notes' one, the pane says what runs.
func TestPythonsSource(t *testing.T) {
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("there is no Python 3 here, so that the notes' server of step 04 is not available")
	}
	files, err := readSources(t.Context(), t.TempDir(), sourceKey{"04-static", course.Notes})
	if err != nil || len(files) != 1 || !strings.Contains(files[0].text, "\npython3 -m http.server --bind HOST PORT\n") {
		t.Errorf("got %+v, %v", files, err)
	}
}

// Painting changes no letter of the source.
func TestGoRows(t *testing.T) {
	_, self, _, _ := runtime.Caller(0)
	files, _ := filepath.Glob(filepath.Join(filepath.Dir(self), "*.go"))
	sources := []string{"", "\n", "package x", "x := `a\r\nb` // c\r\n/* d\ne */\n", "not go § \x00 at all {{{ '"}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, string(text))
	}
	for _, s := range sources {
		var lines []string
		for _, r := range goRows([]byte(s)) {
			lines = append(lines, r.Plain())
		}
		want := strings.Split(strings.TrimSuffix(s, "\n"), "\n")
		for i := range want {
			want[i] = cells.Safe(strings.ReplaceAll(strings.TrimSuffix(want[i], "\r"), "\t", "    "))
		}
		if !reflect.DeepEqual(lines, want) && !(len(want) == 1 && want[0] == "" && len(lines) <= 1) {
			t.Errorf("%.40q: got %q", s, lines[:min(5, len(lines))])
		}
	}
}

func TestSourcePane(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, 80, 24, nil)
		dir := filepath.Join(d.m.o.Root, "steps", "01-socket")
		mustWrite(t, filepath.Join(dir, "main.go"), "package main\n\n// the end of it\nfunc main() {}\n"+strings.Repeat("// more\n", 90))
		mustWrite(t, filepath.Join(dir, "b.go"), "package main // second file\n")
		d.press("v", "4")
		d.wantScreen("steps/01-socket/main.go", "func main()", "file 1 of 2")
		d.press("G")
		d.wantScreen("94 of 94")
		d.press("/")
		for _, c := range "END" {
			d.press(string(c))
		}
		d.press("esc")
		d.wantScreen("// the end of it")
		d.press("n", "right")
		d.wantScreen("main // second file", "b.go")
		d.press("v")
		d.wantScreen(`step 01-socket has no server "yours"; choose another server`)
	})
}

func TestLineDiff(t *testing.T) {
	var got strings.Builder
	for _, l := range lineDiff([]string{"a", "b", "c", "d"}, []string{"a", "x", "c", "d", "y"}) {
		got.WriteString(string(l.mark) + l.text + " ")
	}
	if want := " a -b +x  c  d +y "; got.String() != want {
		t.Errorf("got %q, want %q", got.String(), want)
	}
	if n := len(lineDiff(nil, []string{"a"})); n != 1 {
		t.Errorf("against nothing: %d lines", n)
	}
}

func TestDoesNotCompile(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, 100, 30, nil)
		d.failed = fmt.Errorf("check: %w", &runner.BuildError{Pkg: "steps/01-socket/exercise", Output: "# pkg\nsteps/01-socket/exercise/main.go:7:2: undefined: x\n"})
		d.press("c")
		d.wantScreen("your server does not compile", "main.go:7:2: undefined: x", "(3 to look)")
		d.press("3")
		d.wantScreen("Your server does not compile.", "main.go:7:2: undefined:", "e opens it")
		d.failed = &runner.StartError{Name: "your server", Reason: runner.NeverListened, Detail: "10 s", Output: "loop\nloop\n", Advice: "call listen, and accept in a loop"}
		d.press("c")
		d.wantScreen("loop", "call listen, and accept in a loop")
		d.failed = errors.New("x")
	})
}
