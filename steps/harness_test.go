package steps

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example/wirebook/internal/check"
	"example/wirebook/internal/course"
	"example/wirebook/internal/runner"
)

// A harness is a step whose checks are graded.
type harness struct{ step *course.Step }

func load(t *testing.T, name string) harness {
	t.Helper()
	step, err := course.Load(os.DirFS("."), name)
	if err != nil {
		t.Fatal(err)
	}
	return harness{step}
}

// source is a program of the step's testdata.
func (h harness) source(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(h.step.Name, "testdata", name, "main.go"))
	if err != nil {
		t.Fatal(err)
	}
	return string(unixLines(data))
}

// grade builds a server and checks it.
func (h harness) grade(t *testing.T, source string, o check.Options) []check.Result {
	t.Helper()
	return h.run(t, h.build(t, source), o)
}

// build compiles a source in the place of the learner's file, without touching
// that: the compiler is told to read another file there.
func (h harness) build(t *testing.T, source string) string {
	t.Helper()
	dir := t.TempDir()
	main, program := filepath.Join(dir, "main.go"), filepath.Join(dir, "server.exe")
	if err := os.WriteFile(main, []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	yours, err := filepath.Abs(filepath.Join(h.step.Name, "exercise", "main.go"))
	if err != nil {
		t.Fatal(err)
	}
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{yours: main}})
	if err != nil {
		t.Fatal(err)
	}
	instead := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(instead, overlay, 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "go", "build", "-overlay", instead,
		"-o", program, "./"+h.step.Name+"/exercise")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}

// run checks a program.
func (h harness) run(t *testing.T, program string, o check.Options, args ...string) []check.Result {
	t.Helper()
	www, err := filepath.Abs(filepath.Join(h.step.Name, "www"))
	if err != nil {
		t.Fatal(err)
	}
	results, err := check.Run(t.Context(), h.step, runner.Command{
		Name: "the server",
		Args: slices.Concat([]string{program, "-addr", "{addr}", "-dir", "{dir}"}, args),
		Dir:  www,
	}, o)
	if err != nil {
		t.Fatal(err)
	}
	return results
}

func describe(r check.Result) string {
	text := fmt.Sprintf("%s: %s", r.Exercise.Name, r.Verdict)
	if r.Failure != nil {
		text += "\n" + r.Failure.Exchange + ": " + r.Failure.Text()
	}
	if r.Err != nil {
		text += ": " + r.Err.Error()
	}
	return text
}

// A flaw is a file of testdata/flaws: sections in pairs, old lines and the new
// lines that take their place. "skeleton" becomes "repaired" and "solution"
// becomes "broken".
type flaw struct{ texts map[string][]string }

// mostLines is how many lines a repair may change: more is no exercise but a
// project.
const mostLines = 10

func (h harness) flaw(t *testing.T, name string) flaw {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(h.step.Name, "testdata", "flaws", name+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	f := flaw{map[string][]string{}}
	var section string
	for line := range strings.Lines(string(unixLines(data))) {
		if name, found := strings.CutPrefix(line, "-- "); found {
			section = strings.TrimSuffix(name, " --\n")
			f.texts[section] = append(f.texts[section], "")
		} else if list := f.texts[section]; list != nil {
			list[len(list)-1] += line
		}
	}
	want := []string{"broken", "repaired", "skeleton", "solution"}
	if got := slices.Sorted(maps.Keys(f.texts)); !slices.Equal(got, want) {
		t.Fatalf("%s has the sections %q, want %q", name, got, want)
	}
	return f
}

// apply puts new lines in the place of old ones. Each must be there, once.
func (f flaw) apply(t *testing.T, source, from, to string) string {
	t.Helper()
	changed := 0
	for i, old := range f.texts[from] {
		if strings.Count("\n"+source, "\n"+old) != 1 {
			t.Fatalf("not in the %s once:\n%s", from, old)
		}
		source = strings.Replace(source, old, f.texts[to][i], 1)
		changed += differing(old, f.texts[to][i])
	}
	if changed > mostLines {
		t.Errorf("%d lines change, at most %d are bearable", changed, mostLines)
	}
	return source
}

// differing counts the lines of the longer text that the other has not.
func differing(a, b string) int {
	count := func(text, other string) int {
		n := 0
		for line := range strings.Lines(text) {
			if !strings.Contains(other, line) {
				n++
			}
		}
		return n
	}
	return max(count(a, b), count(b, a))
}
