package runner

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"example/wirebook/internal/visible"
)

// ending says how a process ended: its status, and the reason as far as its
// last output gives one. Without a status (a process that was never waited for)
// there is nothing to say.
func ending(state *os.ProcessState, output []byte, stopped bool) string {
	switch {
	case stopped:
		return "stopped"
	case state == nil:
		return "ended"
	}
	how := state.String() // "signal: killed", "exit status 2"
	if code := state.ExitCode(); code >= 0 {
		how = "exit " + strconv.Itoa(code)
	}
	if why := lastWords(string(output)); why != "" {
		how += ": " + why
	}
	return visible.OneLine(how)
}

// lastWords finds why a program ended: a Go panic or a Python exception with
// its place in the program, or else the last line that it printed.
func lastWords(output string) string {
	lines := strings.Split(strings.TrimRight(output, "\r\n \t"), "\n")
	for i := len(lines) - 1; i >= 0; i-- {
		lines[i] = strings.TrimRight(lines[i], "\r")
		if why, ok := panicLine(lines[i]); ok {
			return at(why, goFrame(lines[i+1:]))
		}
	}
	last := lines[len(lines)-1]
	for i := len(lines) - 1; i >= 0; i-- {
		if strings.HasPrefix(lines[i], "Traceback (most recent call last)") {
			return at(last, pythonFrame(lines[i+1:]))
		}
	}
	return last
}

func at(why, place string) string {
	if place == "" {
		return why
	}
	return why + ", " + place
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

// goFrame finds the place in the learner's program: the first frame of package
// main, which may lie below frames of the standard library. A frame is two
// lines, "main.parse(...)" and "\t/home/x/main.go:41 +0x1d".
func goFrame(lines []string) string {
	for i, line := range lines {
		if !strings.HasPrefix(line, "main.") || i+1 == len(lines) {
			continue
		}
		file, _, _ := strings.Cut(strings.TrimSpace(lines[i+1]), " +0x") // its path may hold spaces
		return filepath.Base(filepath.FromSlash(file))
	}
	return ""
}

// A traceback's frames read `  File "/home/x/my.py", line 14, in parse`.
var pythonFile = regexp.MustCompile(`^  File "(.+)", line (\d+)`)

// pythonFrame finds the last frame that is not in Python's own library.
func pythonFrame(lines []string) string {
	var place string
	for _, line := range lines {
		m := pythonFile.FindStringSubmatch(line)
		if m == nil || strings.Contains(m[1], "/lib/python") || strings.HasPrefix(m[1], "<") {
			continue
		}
		place = filepath.Base(m[1]) + ":" + m[2]
	}
	return place
}
