package sourcepane

import (
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"example/wirebook/internal/course"
	"example/wirebook/tui/cells"
)

func TestReadSources(t *testing.T) {
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"main.go": "package main\n", "other.go": "package main\n", "conn.go": "package main\n", "main_test.go": "package main\n",
		"socket/socket.go": "package socket\n", "verify/verify.go": "package verify\n",
		"large.go":         strings.Repeat("\n", 1<<20+1),
		"exercise/main.go": "package main // yours\n", "testdata/skeleton/main.go": "package main // notes\n",
	} {
		files["steps/01-socket/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	root := t.TempDir()
	if err := os.CopyFS(root, files); err != nil {
		t.Fatal(err)
	}
	for v, want := range map[course.Server]string{
		course.Notes:     "steps/01-socket/testdata/skeleton/main.go",
		course.Reference: "steps/01-socket/main.go steps/01-socket/conn.go steps/01-socket/other.go steps/01-socket/socket/socket.go",
		course.Yours:     "steps/01-socket/exercise/main.go",
	} {
		files, err := Read(t.Context(), root, Key{"01-socket", v})
		var names []string
		for _, f := range files {
			names = append(names, f.Name)
		}
		if got := strings.Join(names, " "); err != nil || got != want {
			t.Errorf("%v: %s %v, want %s", v, got, err, want)
		}
	}
	if _, err := Read(t.Context(), root, Key{"02-post", course.Yours}); err == nil {
		t.Error("no source is no error")
	}
}

// Where Python's own server is the notes' one, the pane says what runs.
func TestPythonsSource(t *testing.T) {
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("there is no Python 3 here, so that the notes' server of step 04 is not available")
	}
	files, err := Read(t.Context(), t.TempDir(), Key{"04-static", course.Notes})
	if err != nil || len(files) != 1 || !strings.Contains(files[0].Text, "\npython3 -m http.server --bind HOST PORT\n") {
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

// Another server's source begins at its top; the same one again keeps the place.
// Comments, keywords and literals have tones of their own.
func TestTones(t *testing.T) {
	rows := goRows([]byte("return \"s\" // c\nx"))
	want := []cells.Row{
		{{Text: "return", Tone: cells.Keyword}, {Text: " "}, {Text: `"s"`, Tone: cells.Literal}, {Text: " "}, {Text: "// c", Tone: cells.Comment}},
		{{Text: "x"}},
	}
	if !reflect.DeepEqual(rows, want) {
		t.Errorf("got %+v", rows)
	}
}

func TestSet(t *testing.T) {
	long := strings.Repeat("// a line that is longer than the pane is wide, by far\n", 90)
	files := []File{NewFile("a.go", []byte(long)), NewFile("b.go", []byte(long))}
	p := &Pane{}
	p.SetSize(40, 12)
	p.Set(Key{"01-socket", course.Notes}, files, nil)
	p.NextFile(1)
	p.ScrollBy(20)
	p.Shift(8)
	p.Set(Key{"01-socket", course.Notes}, files, nil)
	if p.File().Name != "b.go" || p.top != 20 || p.left != 8 {
		t.Errorf("the same source: %s from line %d, column %d", p.File().Name, p.top, p.left)
	}
	p.Set(Key{"01-socket", course.Yours}, files, nil)
	if p.File().Name != "a.go" || p.top != 0 || p.left != 0 {
		t.Errorf("another source: %s from line %d, column %d", p.File().Name, p.top, p.left)
	}
	p.ScrollBy(20)
	p.Shift(8)
	if p.NextFile(1); p.File().Name != "b.go" || p.top != 0 || p.left != 0 {
		t.Errorf("another file: %s from line %d, column %d", p.File().Name, p.top, p.left)
	}
	if p.Set(p.key, files[:1], nil); p.File() == nil || p.File().Name != "a.go" {
		t.Errorf("the second file has gone: %v", p.File())
	}
	p.Set(Key{"01-socket", course.Reference}, files[:1], nil)
	p.NextFile(1)
	if p.Shift(1000); p.File().Name != "a.go" || p.left != 160 {
		t.Errorf("file %s, column %d", p.File().Name, p.left)
	}
	for next := 0; next < 90; p.Page(1) {
		if p.top > next || p.top+p.h-2 == next {
			t.Fatalf("line %d is not shown from line %d on", next, p.top)
		}
		next = p.top + p.h - 2
	}
}
