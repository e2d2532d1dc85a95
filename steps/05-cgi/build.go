package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"example/wirebook/steps/01-socket/docroot"
)

// buildForm builds the script in Go into a folder of its own. A compiled script
// is no text that could lie in www and run from there: the program depends on
// the machine, so each makes its own. With Go's build cache that takes less
// than a second.
//
// remove must be called in any case, when the server has ended.
func buildForm(ctx context.Context) (
	program string, remove func(), err error) {
	remove = func() {}
	source := filepath.Join(filepath.Dir(docroot.Find("05-cgi")), "formscript")
	if _, err := os.Stat(source); err != nil {
		return "", remove, err
	}
	dir, err := os.MkdirTemp("", "wirebook-form-")
	if err != nil {
		return "", remove, err
	}
	remove = func() { os.RemoveAll(dir) }
	// The user nobody, as whom root runs scripts, must get through to it.
	if err := os.Chmod(dir, 0o755); err != nil {
		return "", remove, err
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	program = filepath.Join(dir, "form.exe") // .exe is for Windows
	build := exec.CommandContext(ctx, "go", "build", "-o", program, ".")
	build.Dir = source
	if out, err := build.CombinedOutput(); err != nil {
		return "", remove, fmt.Errorf("go build: %w: %.500s", err, out)
	}
	return program, remove, os.Chmod(program, 0o755)
}
