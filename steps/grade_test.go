package steps

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"example/wirebook/internal/check"
)

// These tests grade the graders: the checks of a step are let loose on servers
// of which we know what is wrong with them. All of them run with
// WIREBOOK_MUTANTS=1; otherwise a few, to keep the rest honest.

// silenceTimeout is how long a server that is known to be wrong may be silent.
const silenceTimeout = 1500 * time.Millisecond

func allMutants() bool { return os.Getenv("WIREBOOK_MUTANTS") == "1" }

// TestSkeleton: what a learner begins with fails every exercise. One that it
// passed would teach nothing.
func TestSkeleton(t *testing.T) {
	for _, step := range withExercises(t) {
		t.Run(step, func(t *testing.T) {
			t.Parallel()
			h := load(t, step)
			results := h.grade(t, h.source(t, "skeleton"), check.Options{Timeout: silenceTimeout})
			for _, r := range results {
				if r.Verdict != check.Fail {
					t.Errorf("%s: %s", r.Exercise.Name, r.Verdict)
				}
			}
		})
	}
}

// TestSolution passes every exercise: once, or WIREBOOK_SOAK times with all
// processors busy.
func TestSolution(t *testing.T) {
	runs := 1
	if soak := os.Getenv("WIREBOOK_SOAK"); soak != "" {
		var err error
		if runs, err = strconv.Atoi(soak); err != nil {
			t.Fatalf("WIREBOOK_SOAK: not a number: %q", soak)
		}
		keepBusy(t)
	}
	for _, step := range withExercises(t) {
		t.Run(step, func(t *testing.T) {
			t.Parallel()
			h := load(t, step)
			program := h.build(t, h.source(t, "solution"))
			for run := range runs {
				for _, r := range h.run(t, program, check.Options{}) {
					if r.Verdict != check.Pass {
						t.Fatalf("run %d: %s", run+1, describe(r))
					}
				}
			}
			if runs > 1 {
				t.Logf("%d runs passed", runs)
			}
		})
	}
}

// keepBusy gives every processor something else to do until the test ends.
func keepBusy(t *testing.T) {
	t.Helper()
	for range runtime.NumCPU() {
		cmd := exec.Command(os.Args[0], "-test.run=^TestBusy$")
		cmd.Env = append(os.Environ(), "WIREBOOK_BUSY=1")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			cmd.Process.Kill()
			cmd.Wait()
		})
	}
}

// TestBusy is what the processes of keepBusy run. It is a process and not a
// goroutine, since the goroutines of this test have work of their own.
func TestBusy(t *testing.T) {
	if os.Getenv("WIREBOOK_BUSY") != "1" {
		t.Skip("only TestSolution starts this, to keep the machine busy")
	}
	for end := time.Now().Add(2 * time.Hour); time.Now().Before(end); {
	}
}

// TestFlaws: each flaw is one exercise. Repaired alone in the skeleton it turns
// its own check green and no other; put back alone into the solution it turns
// its own check red and no other.
func TestFlaws(t *testing.T) {
	for _, step := range withExercises(t) {
		h := load(t, step)
		for i, e := range h.step.Exercises {
			flaw := h.flaw(t, e.Name)
			for _, way := range []struct{ from, to string }{
				{"skeleton", "repaired"},
				{"solution", "broken"},
			} {
				t.Run(step+"/"+e.Name+"/"+way.to, func(t *testing.T) {
					if !allMutants() && i != 1 {
						t.Skip("WIREBOOK_MUTANTS=1 runs it")
					}
					t.Parallel()
					source := flaw.apply(t, h.source(t, way.from), way.from, way.to)
					results := h.grade(t, source, check.Options{Timeout: silenceTimeout})
					for _, r := range results {
						want := check.Fail
						if (r.Exercise.Name == e.Name) == (way.to == "repaired") {
							want = check.Pass
						}
						if r.Verdict != want {
							t.Errorf("want %s: %s", want, describe(r))
						}
					}
				})
			}
		}
	}
}

// TestWrong: each plausible mistake fails the check that its first line names,
// with the words that it names:
//
//	// want: line-ends "the status line ends in LF alone"
func TestWrong(t *testing.T) {
	for _, step := range withExercises(t) {
		names, err := filepath.Glob(filepath.Join(step, "testdata", "wrong-*"))
		if err != nil {
			t.Fatal(err)
		}
		for i, name := range names {
			t.Run(step+"/"+filepath.Base(name), func(t *testing.T) {
				if !allMutants() && i != 1 {
					t.Skip("WIREBOOK_MUTANTS=1 runs it")
				}
				t.Parallel()
				h := load(t, step)
				source := h.source(t, filepath.Base(name))
				first, _, _ := strings.Cut(source, "\n")
				var exercise, text string
				if _, err := fmt.Sscanf(first, "// want: %s %q", &exercise, &text); err != nil {
					t.Fatalf("first line: %v: %s", err, first)
				}
				results := h.grade(t, source, check.Options{Only: exercise, Timeout: silenceTimeout})
				r := results[0]
				if r.Verdict != check.Fail || !strings.Contains(r.Failure.Saw, text) {
					t.Errorf("want a failure that says %q: %s", text, describe(r))
				}
			})
		}
	}
}

// TestVariants: none of the checks refuses a server that is right in its own
// way. testdata/variants is one program with a flag; it lists them itself.
func TestVariants(t *testing.T) {
	for _, step := range withExercises(t) {
		h := load(t, step)
		program := h.build(t, h.source(t, "variants"))
		list, err := exec.CommandContext(t.Context(), program, "-list").Output()
		if err != nil {
			t.Fatal(err)
		}
		for i, name := range strings.Fields(string(list)) {
			t.Run(step+"/"+name, func(t *testing.T) {
				if !allMutants() && i != 1 {
					t.Skip("WIREBOOK_MUTANTS=1 runs it")
				}
				t.Parallel()
				for _, r := range h.run(t, program, check.Options{}, "-variant", name) {
					if r.Verdict != check.Pass {
						t.Error(describe(r))
					}
				}
			})
		}
	}
}
