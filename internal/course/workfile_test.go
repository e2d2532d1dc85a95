package course

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

const pristine = "package main\n\nfunc main() {}\n"

// folder lays out one step with the given learner's file.
func folder(t *testing.T, mine string) string {
	t.Helper()
	root := t.TempDir()
	for path, text := range map[string]string{
		Skeleton(root, "01-socket"): pristine,
		Workfile(root, "01-socket"): mine,
	} {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestTouched(t *testing.T) {
	for _, tt := range []struct {
		name, mine string
		want       bool
	}{
		{"untouched", pristine, false},
		{"checked out with CR LF", "package main\r\n\r\nfunc main() {}\r\n", false},
		{"edited", pristine + "// mine\n", true},
		{"emptied", "", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Touched(folder(t, tt.mine), "01-socket")
			if err != nil || got != tt.want {
				t.Errorf("Touched = %v, %v; want %v", got, err, tt.want)
			}
		})
	}
}

func TestResetKeepsWhatWasWritten(t *testing.T) {
	root := folder(t, "first try\n")
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	first, err := Reset(root, "01-socket", now)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(Workfile(root, "01-socket"), []byte("second try\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	second, err := Reset(root, "01-socket", now)
	if err != nil || second == first {
		t.Fatalf("the second backup is %q, %v; the first was %q", second, err, first)
	}
	for path, want := range map[string]string{
		first: "first try\n", second: "second try\n", Workfile(root, "01-socket"): pristine,
	} {
		if got, err := os.ReadFile(path); err != nil || string(got) != want {
			t.Errorf("%s holds %q, %v; want %q", path, got, err, want)
		}
	}
}

func TestResetOfAnUntouchedExerciseKeepsNothing(t *testing.T) {
	root := folder(t, pristine)
	if backup, err := Reset(root, "01-socket", time.Now()); err != nil || backup != "" {
		t.Errorf("Reset = %q, %v; want no backup", backup, err)
	}
}

func TestResetSaysWhatIsMissing(t *testing.T) {
	if _, err := Reset(t.TempDir(), "01-socket", time.Now()); err == nil {
		t.Error("Reset without a skeleton: no error")
	}
}
