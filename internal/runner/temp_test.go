package runner

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// What a killed process has left is removed; what lives, or is not ours by its
// name, stays.
func TestSweep(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} {
		t.Setenv(name, dir)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	dead := cmd.Process.Pid
	own, err := tempFolder("build")
	if err != nil {
		t.Fatal(err)
	}
	stays := map[string]bool{
		filepath.Base(own):                             true,
		fmt.Sprintf("wirebook-build-%d-1", dead):       false,
		fmt.Sprintf("wirebook-www-%d-2", dead):         false,
		fmt.Sprintf("wirebook-www-%d-3", os.Getppid()): true,
		fmt.Sprintf("wirebook-notes-%d-4", dead):       true,
		fmt.Sprintf("wirebook-build-%d-5-more", dead):  true,
		fmt.Sprintf("another-build-%d-6", dead):        true,
		"wirebook-build-x-7":                           true,
	}
	for name := range stays {
		folder := filepath.Join(dir, name)
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "program"), nil, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	sweep()
	for name, want := range stays {
		if _, err := os.Stat(filepath.Join(dir, name)); (err == nil) != want {
			t.Errorf("%s: stays %v, want %v", name, err == nil, want)
		}
	}
}
