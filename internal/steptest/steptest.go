// Package steptest is what the tests of all steps share: building and starting
// a step's programs, replaying its exchange files byte for byte, and replaying
// recordings of Python's servers. It is imported by tests alone. Judging a
// learner's server is package check's work, not this one's.
package steptest

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"example/wirebook/internal/course"
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/judge"
	"example/wirebook/internal/play"
	"example/wirebook/internal/runner"
)

// Main is a step's TestMain: it runs the tests and removes what they built.
func Main(m *testing.M) {
	code := m.Run()
	runner.Clean()
	os.Exit(code)
}

// Root is the module's root folder.
func Root(t testing.TB) string {
	t.Helper()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	root, err := course.Root(here)
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// Build compiles a package, "steps/02-post", and returns the program's path.
func Build(t testing.TB, pkg string) string {
	t.Helper()
	program, err := runner.Build(t.Context(), Root(t), filepath.FromSlash(pkg))
	if err != nil {
		t.Fatal(err)
	}
	return program
}

// Start runs a step's program on a free port until the test ends.
func Start(t testing.TB, program, dir string, flags ...string) *runner.Process {
	t.Helper()
	dir, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	p, err := runner.Start(t.Context(), runner.Command{
		Name: filepath.Base(program),
		Args: append([]string{program, "-addr", "{addr}", "-dir", "{dir}"}, flags...),
		Dir:  dir,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Stop() })
	return p
}

// OpenCopy copies a folder to where every user may read it, for the test's life.
// Scripts of step 05 run as nobody when root runs the tests, and nobody may be
// shut out of the folder that the module stands in.
func OpenCopy(t testing.TB, dir string) string {
	t.Helper()
	to := t.TempDir()
	// TempDir's own parent is its maker's alone.
	for _, folder := range []string{filepath.Dir(to), to} {
		if err := os.Chmod(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

// Player plays exchanges against the server at addr.
func Player(addr string) *play.Player {
	return &play.Player{Dial: play.Dial(addr)}
}

// Exchanges reads a step's exchange files, those that only test among them.
func Exchanges(t testing.TB, name string) []*exchange.Exchange {
	t.Helper()
	step, err := course.Load(course.FS(Root(t)), name)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Concat(step.Exchanges, step.Tests)
}

// ReplayExact plays exchanges against a server and compares byte for byte, each
// as a subtest, and each cut of those that say "cuts: every".
func ReplayExact(t *testing.T, addr string, list []*exchange.Exchange) {
	t.Helper()
	for _, x := range list {
		t.Run(x.Name, func(t *testing.T) {
			cuts := []int{0}
			if x.Cuts {
				cuts = append(cuts, x.CutPoints()...)
			}
			for _, cut := range cuts {
				player := Player(addr)
				player.Cut = cut
				got, err := player.Play(t.Context(), x)
				if err != nil {
					t.Fatal(err)
				}
				if f := judge.Exact(x, got); f != nil {
					t.Fatalf("cut %d:\n%s", cut, f.Text())
				}
			}
		})
	}
}
