package course

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"example/wirebook/internal/runner"
)

func TestMain(m *testing.M) {
	code := m.Run()
	runner.Clean()
	os.Exit(code)
}

func TestUnavailable(t *testing.T) {
	root := t.TempDir()
	t.Setenv("PATH", t.TempDir()) // no Python
	for _, tc := range []struct {
		step   string
		server Server
		want   string
	}{
		{"04-static", Yours, `step 04-static has no server "yours"`},
		{"98-none", Notes, `step 98-none has no server "notes"`},
		{"04-static", Notes, "there is no Python 3 here"},
		{"05-cgi", Notes, "there is no Python 3 here"},
	} {
		_, err := Command(t.Context(), root, tc.step, tc.server)
		var missing *Unavailable
		if !errors.As(err, &missing) || !strings.Contains(missing.Problem, tc.want) || missing.Advice == "" || missing.Describe() != (runner.Description{Problem: missing.Problem, Advice: missing.Advice}) {
			t.Errorf("%s %v: got %v, want %q", tc.step, tc.server, err, tc.want)
		}
	}
}

// Which Python there is decides what the notes' server of the last steps is.
func TestPythonVersions(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the stand-in for Python is a shell script")
	}
	bin := t.TempDir()
	t.Setenv("PATH", bin)
	for _, tc := range []struct {
		says string
		step string
		want string // in the arguments, or in the problem
	}{
		{"Python 3.11.7", "04-static", "-m http.server --bind {host} {port}"},
		{"Python 3.14.0rc1", "05-cgi", "--bind {host} --cgi {port}"},
		{"Python 3.15.0", "04-static", "-m http.server --bind {host} {port}"},
		{"Python 3.15.0", "05-cgi", "3.14 was the last that did"},
		{"Python 3.7.9", "04-static", "needs Python 3.8, and this is 3.7"},
		{"Python 2.7.18", "04-static", "there is no Python 3 here"},
	} {
		script := "#!/bin/sh\necho " + tc.says + "\n"
		if err := os.WriteFile(filepath.Join(bin, "python3"), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
		c, err := Command(t.Context(), t.TempDir(), tc.step, Notes)
		got := strings.Join(c.Args, " ")
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, tc.want) {
			t.Errorf("%s, %s: got %q, want %q", tc.says, tc.step, got, tc.want)
		}
	}
}
