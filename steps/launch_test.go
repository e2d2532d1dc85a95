package steps

import (
	"errors"
	"net"
	"os/exec"
	"strings"
	"testing"

	"example/wirebook/internal/course"
	"example/wirebook/internal/runner"
)

// refuses runs a step's program and checks that it ends at once, with that exit
// status and one line that begins so.
func refuses(t *testing.T, folder string, exit int, line string, args ...string) {
	t.Helper()
	root, err := course.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	program, err := runner.Build(t.Context(), root, "steps/"+folder)
	if err != nil {
		t.Fatal(err)
	}
	text, err := exec.CommandContext(t.Context(), program, args...).CombinedOutput()
	var ended *exec.ExitError
	if !errors.As(err, &ended) || ended.ExitCode() != exit {
		t.Errorf("ended with %v, want exit status %d", err, exit)
	}
	if strings.Count(string(text), "\n") != 1 || !strings.HasPrefix(string(text), line) {
		t.Errorf("wrote %q, want %q", text, line)
	}
}

// TestStrayWord: an address without its -addr is refused. Ignored, it would
// lead to another server than the one that was meant.
func TestStrayWord(t *testing.T) {
	for folder, prefix := range map[string]string{
		"01-socket": "", "01-socket/client": "client: ", "01-socket/yes": "",
		"02-post": "", "03-tcpserver": "", "04-static": "", "05-cgi": "",
	} {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			refuses(t, folder, 2, prefix+`unexpected word "localhost:9123"`, "localhost:9123")
		})
	}
}

// TestPortTaken: a port that another program has is one line with what to do.
func TestPortTaken(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	_, port, _ := net.SplitHostPort(l.Addr().String())
	line := "port " + port + " is taken, perhaps by your last run: " +
		"stop that one, or choose -addr 127.0.0.1:"
	for _, folder := range []string{"01-socket", "01-socket/yes", "02-post",
		"03-tcpserver", "04-static", "05-cgi"} {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			refuses(t, folder, 1, line, "-addr", l.Addr().String())
		})
	}
}
