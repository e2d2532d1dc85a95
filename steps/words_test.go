package steps

import (
	"errors"
	"os/exec"
	"strings"
	"testing"

	"example/wirebook/internal/course"
	"example/wirebook/internal/runner"
)

// TestStrayWord: an address without its -addr is refused. Ignored, it would
// lead to another server than the one that was meant.
func TestStrayWord(t *testing.T) {
	root, err := course.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{"01-socket", "01-socket/client", "01-socket/yes", "02-post",
		"03-tcpserver", "04-static", "05-cgi"} {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			program, err := runner.Build(t.Context(), root, "steps/"+folder)
			if err != nil {
				t.Fatal(err)
			}
			said, err := exec.CommandContext(t.Context(), program, "localhost:9123").CombinedOutput()
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() != 2 {
				t.Errorf("ended with %v, want exit status 2", err)
			}
			if text := string(said); strings.Count(text, "\n") != 1 ||
				!strings.Contains(text, `unexpected word "localhost:9123"`) {
				t.Errorf("said %q", text)
			}
		})
	}
}
