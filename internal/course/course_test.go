package course

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestNamesAndFind(t *testing.T) {
	names, err := Names(fstest.MapFS{
		"02-post/main.go": {}, "01-socket/main.go": {}, "steps.go": {}, "03-Bad/x": {}, "notes/x": {}, "04-file": {},
	})
	if err != nil || strings.Join(names, " ") != "01-socket 02-post" {
		t.Fatalf("names %v, %v", names, err)
	}
	for word, want := range map[string]string{
		"01": "01-socket", "1": "01-socket", "socket": "01-socket", "01-socket": "01-socket", "2": "02-post",
		"": "", "0": "", "sock": "", "-": "", "3": "", "001": "",
	} {
		if got, ok := Find(names, word); got != want || ok != (want != "") {
			t.Errorf("%q: found %q, %v; want %q", word, got, ok, want)
		}
	}
}

func TestParseServer(t *testing.T) {
	for word, want := range map[string]Server{"notes": Notes, "reference": Reference, "yours": Yours} {
		if got, ok := ParseServer(word); !ok || got != want || got.String() != word {
			t.Errorf("%s: got %v, %v", word, got, ok)
		}
	}
	for _, word := range []string{"", "Notes", "the reference"} {
		if got, ok := ParseServer(word); ok {
			t.Errorf("%q is %v", word, got)
		}
	}
}

// Each server has a program of its own in the step's folder, and the reference
// its libraries, too.
func TestSourceFolders(t *testing.T) {
	root, err := Root(".")
	if err != nil {
		t.Fatal(err)
	}
	for server, want := range map[Server]string{
		Notes:     "steps/01-socket/testdata/skeleton",
		Reference: "steps/01-socket",
		Yours:     "steps/01-socket/exercise",
	} {
		got := server.SourceFolders(root, "01-socket")
		if got[0] != want || got[0] != server.Package("01-socket") {
			t.Errorf("%v: %v, want %s first", server, got, want)
		}
		if libraries := slices.Contains(got, "steps/01-socket/socket"); libraries != (server == Reference) || !libraries && len(got) > 1 {
			t.Errorf("%v: %v", server, got)
		}
		for _, not := range []string{"www", "exercise", "verify", "testdata", "exchanges"} {
			if slices.Contains(got[1:], "steps/01-socket/"+not) {
				t.Errorf("%v shows %s", server, not)
			}
		}
	}
	if got, want := Workfile(root, "01-socket"), filepath.Join(root, "steps", "01-socket", "exercise", "main.go"); got != want {
		t.Errorf("the learner's file is %s, want %s", got, want)
	}
	if !HasExercise(root, "01-socket") || HasExercise(root, "05-cgi") {
		t.Error("01 has an exercise and 05 has none")
	}
}

// Yours is built, and told where to listen and what to serve.
func TestCommand(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles a program")
	}
	root, err := Root(".")
	if err != nil {
		t.Fatal(err)
	}
	c, err := Command(t.Context(), root, "01-socket", Yours)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(c.Args[1:], " "); got != "-addr {addr} -dir {dir}" || c.Name != "your server" || c.Dir != WWW(root, "01-socket") || c.Copy {
		t.Errorf("command %+v", c)
	}
}
