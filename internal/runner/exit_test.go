package runner

import (
	"bytes"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"

	"example/wirebook/internal/visible"
)

const goPanic = `listening on http://127.0.0.1:8000
panic: runtime error: index out of range [1] with length 1

goroutine 1 [running]:
strings.something(...)
	/usr/local/go/src/strings/strings.go:12 +0x1d
main.parse({0xc000012345, 0x2})
	/home/x/my clone/steps/01-socket/exercise/main.go:41 +0x1d
main.main()
	/home/x/my clone/steps/01-socket/exercise/main.go:20 +0x85
exit status 2
`

func TestLastWords(t *testing.T) {
	for _, tc := range []struct{ name, output, want string }{
		{"nothing", "", ""},
		{"blank", "\n \n", ""},
		{"a line", "one\nlisten: no such address\n", "listen: no such address"},
		{"only that it listens", "listening on http://127.0.0.1:8000\n", ""},
		{"Windows lines", "one\r\nlast\r\n", "last"},
		{"Go panic", goPanic, "index out of range [1] with length 1, main.go:41"},
		{"Go panic of the program", "panic: no page\n\ngoroutine 1 [running]:\nmain.main()\n\t/x/main.go:9 +0x1\n",
			"panic: no page, main.go:9"},
		{"Go panic elsewhere", "panic: later\n\ngoroutine 7 [running]:\nother.f()\n\t/x/f.go:9\n", "panic: later"},
		{"Go fatal error", "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive]:\nmain.main()\n\t/x/main.go:5 +0x1\n",
			"all goroutines are asleep - deadlock!, main.go:5"},
		{"Go panic cut short", "panic: later\ngoroutine 1 [running]:\nmain.main()", "panic: later"},
		{"Python", `Traceback (most recent call last):
  File "/home/x/s1.py", line 14, in <module>
    target = request.split()[1]
  File "/usr/lib/python3.11/socket.py", line 5, in x
    raise
IndexError: list index out of range
`, "IndexError: list index out of range, s1.py:14"},
		{"Python without a place", "Traceback (most recent call last):\n  File \"<stdin>\", line 1\nKeyError: 'x'\n", "KeyError: 'x'"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			e := lastWords(tc.output)
			if got := strings.TrimPrefix(e.reason(), ": "); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// Who was killed, or ended content, has no last words: what it printed last is a
// log. A panic is told all the same.
func TestNoLastWords(t *testing.T) {
	for _, tc := range []struct{ mode, want string }{
		{"exit", "exit 3: no such folder"},
		{"killed", "signal: killed"},
		{"content", "exit 0"},
	} {
		if tc.mode == "killed" && runtime.GOOS == "windows" {
			continue // there a killed process has an exit code
		}
		cmd := exec.Command(os.Args[0], "server", tc.mode)
		var words bytes.Buffer
		cmd.Stderr = &words
		cmd.Run()
		if got := newExit(cmd.ProcessState, words.Bytes(), false).String(); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.mode, got, tc.want)
		}
	}
}

func FuzzExit(f *testing.F) {
	f.Add(goPanic)
	f.Add("Traceback (most recent call last):\n  File \"a\", line 1\nx")
	f.Add("main.\n\t")
	f.Add("\x1b]0;title\a\x80\u202e")
	f.Fuzz(func(t *testing.T, output string) {
		e := newExit(nil, []byte(output), false)
		for _, part := range []string{e.Reason, e.File} {
			if part != visible.OneLine(part) {
				t.Errorf("not one safe line: %q", part)
			}
		}
		if (e.File == "") != (e.Line == 0) && e.Line != 0 {
			t.Errorf("line %d of no file", e.Line)
		}
	})
}
