package runner

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"example/wirebook/internal/visible"
)

// An Exit is how a server's process ended. Its texts are safe to print.
type Exit struct {
	Stopped bool   // Stop ended it, and nothing else is said
	Status  string // "exit 2" or "signal: killed"
	Reason  string // from its standard error: a panic, an exception, its last words; or ""
	File    string // where in its program that was, "main.go"; or ""
	Line    int    // of File

	failed bool // Reason is a panic or an exception
}

// String says all of it in one line: "exit 2: index out of range [1] with length
// 1, main.go:41", or "stopped".
func (e *Exit) String() string {
	if e.Stopped {
		return "stopped"
	}
	return e.Status + e.reason()
}

// Sentence says it of the server called name: "your server ended (exit 2): index
// out of range [1] with length 1, main.go:41".
func (e *Exit) Sentence(name string) string {
	return name + " ended (" + e.Status + ")" + e.reason()
}

func (e *Exit) reason() string {
	text := e.Reason
	if text != "" {
		text = ": " + text
	}
	if e.File != "" {
		text += ", " + e.File + ":" + strconv.Itoa(e.Line)
	}
	return text
}

// newExit reads how a process ended off its state and what it printed last on
// standard error.
func newExit(state *os.ProcessState, output []byte, stopped bool) *Exit {
	if stopped {
		return &Exit{Stopped: true, Status: "stopped"}
	}
	e := lastWords(string(output))
	e.Reason, e.File = visible.OneLine(e.Reason), visible.OneLine(e.File)
	e.Status = state.String() // "signal: killed", "exit status 2"
	code := state.ExitCode()
	if code >= 0 {
		e.Status = "exit " + strconv.Itoa(code)
	}
	if code <= 0 && !e.failed { // killed, or content: that line is of a log
		e.Reason = ""
	}
	return &e
}

// lastWords finds why a program ended: a Go panic or a Python exception with
// its place in the program, or else the last line that it printed, unless that
// only says that it listens.
func lastWords(output string) Exit {
	lines := strings.Split(strings.TrimRight(output, "\r\n \t"), "\n")
	for i := len(lines) - 1; i >= 0; i-- {
		lines[i] = strings.TrimRight(lines[i], "\r")
		if why, ok := panicLine(lines[i]); ok {
			file, line := goFrame(lines[i+1:])
			return Exit{Reason: why, File: file, Line: line, failed: true}
		}
	}
	e := Exit{Reason: lines[len(lines)-1]}
	if strings.Contains(e.Reason, string(logLine)) {
		e.Reason = ""
	}
	for i := len(lines) - 1; i >= 0; i-- {
		if strings.HasPrefix(lines[i], "Traceback (most recent call last)") {
			e.File, e.Line = pythonFrame(lines[i+1:])
			e.failed = true
			break
		}
	}
	return e
}

// panicLine reads "panic: runtime error: index out of range [1] with length 1"
// and "fatal error: all goroutines are asleep - deadlock!". What the language
// itself found wrong stands alone; what a program panics with is named so.
func panicLine(line string) (why string, ok bool) {
	if why, ok := strings.CutPrefix(line, "panic: runtime error: "); ok {
		return why, true
	}
	if strings.HasPrefix(line, "panic: ") {
		return line, true
	}
	return strings.CutPrefix(line, "fatal error: ")
}

// A frame of a goroutine's stack is two lines, "main.parse(...)" and
// "\t/home/x/main.go:41 +0x1d". The file's path may hold spaces.
var goPlace = regexp.MustCompile(`^\s*(.+\.go):(\d+)( \+0x[0-9a-f]+)?$`)

// goFrame finds the place in the learner's program: the first frame of package
// main, which may lie below frames of the standard library.
func goFrame(lines []string) (file string, line int) {
	for i, function := range lines {
		if !strings.HasPrefix(function, "main.") || i+1 == len(lines) {
			continue
		}
		if m := goPlace.FindStringSubmatch(lines[i+1]); m != nil {
			return place(m[1], m[2])
		}
	}
	return "", 0
}

// A traceback's frames read `  File "/home/x/my.py", line 14, in parse`.
var pythonPlace = regexp.MustCompile(`^  File "(.+)", line (\d+)`)

// pythonFrame finds the last frame that is not in Python's own library.
func pythonFrame(lines []string) (file string, line int) {
	for _, text := range lines {
		m := pythonPlace.FindStringSubmatch(text)
		if m == nil || strings.Contains(m[1], "/lib/python") || strings.HasPrefix(m[1], "<") {
			continue
		}
		file, line = place(m[1], m[2])
	}
	return file, line
}

func place(path, number string) (file string, line int) {
	line, _ = strconv.Atoi(number) // digits; a number too large for int is the greatest
	return filepath.Base(filepath.FromSlash(path)), line
}
