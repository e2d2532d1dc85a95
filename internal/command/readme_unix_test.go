//go:build unix

package command

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// myServer is the learner's own program of the README: it takes --port.
const myServer = `import http.server, sys
port = int(sys.argv[sys.argv.index("--port") + 1])
http.server.HTTPServer(("127.0.0.1", port), http.server.SimpleHTTPRequestHandler).serve_forever()
`

// TestREADMECommands makes every call that the README promises, in a fresh
// clone: the exercise is untouched there, so a check fails, and that is all
// that may.
func TestREADMECommands(t *testing.T) {
	_, text := readme(t)
	calls := readmeCommands(text)
	if len(calls) < 6 {
		t.Fatalf("only %d calls found", len(calls))
	}
	for _, args := range calls {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			t.Parallel()
			c := newClone(t, "clone")
			// The notes' server lets two clients wait: they are to fail, not to last.
			c.env = append(c.env, testTimeout+"=1s")
			if slices.Contains(args, "python3") {
				if _, err := exec.LookPath("python3"); err != nil {
					t.Skip("there is no Python here to judge a program of")
				}
				if err := os.WriteFile(filepath.Join(c.root, "my.py"), []byte(myServer), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if args[0] == "run" {
				r := c.start(t, args...)
				get(t, r.awaitTap(t))
				r.stdout.await(t, "GET / HTTP/1.1␍␊")
				if code := r.end(t, os.Interrupt); code != exitOK {
					t.Errorf("exit %d, %q", code, r.stderr)
				}
				return
			}
			code, stdout, stderr := c.call(t, args...)
			judges := args[0] == "check" || args[0] == "send"
			if code != exitOK && !(judges && code == exitFailed) || stdout == "" || stderr != "" {
				t.Errorf("exit %d\n%s%s", code, stdout, stderr)
			}
		})
	}
}
