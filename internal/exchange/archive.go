package exchange

import (
	"bytes"
	"fmt"
	"strings"
)

// maxFile is how large an exchange file or an exercises file may be.
const maxFile = 1 << 20

// An archive is a txtar file taken apart: the lines before the first marker,
// then the sections. No line holds its line end.
type archive struct {
	head     []string
	sections []section
}

// A section is what stands under one marker, "-- name --".
type section struct {
	name  string
	line  int // of the marker in the file, from 1; the text begins below it
	lines []string
}

// A lineError is what is wrong with one line of a file.
type lineError struct {
	line int
	text string
}

func (e *lineError) Error() string { return fmt.Sprintf("%d: %s", e.line, e.text) }

func errorAt(line int, format string, args ...any) error {
	return &lineError{line, fmt.Sprintf(format, args...)}
}

// split takes a txtar file apart. A checkout may have turned every line end of
// a text file into CR LF; such a file reads as if it had not. Any other control
// byte is refused, for an editor would not show it: the notation has a spelling
// for each.
func split(data []byte) (archive, error) {
	if len(data) > maxFile {
		return archive{}, errorAt(1, "file too large: %d bytes, at most %d", len(data), maxFile)
	}
	if n := bytes.Count(data, []byte("\n")); n > 0 && n == bytes.Count(data, []byte("\r\n")) {
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	}
	text := strings.TrimSuffix(string(data), "\n")
	var a archive
	for i, line := range strings.Split(text, "\n") {
		if at := strings.IndexFunc(line, isControl); at >= 0 {
			return archive{}, errorAt(i+1, "control byte %02x: write ^x%02X", line[at], line[at])
		}
		name, ok := marker(line)
		switch {
		case !ok && nearMarker(line):
			return archive{}, errorAt(i+1, "not a marker: %q: one space on either side of the name", line)
		case ok:
			a.sections = append(a.sections, section{name: name, line: i + 1})
		case len(a.sections) == 0:
			a.head = append(a.head, line)
		default:
			s := &a.sections[len(a.sections)-1]
			s.lines = append(s.lines, line)
		}
	}
	return a, nil
}

// marker returns the name in a line "-- name --".
func marker(line string) (name string, ok bool) {
	rest, ok := strings.CutPrefix(line, "-- ")
	if !ok {
		return "", false
	}
	if rest, ok = strings.CutSuffix(rest, " --"); !ok {
		return "", false
	}
	name = strings.TrimSpace(rest)
	return name, name != ""
}

// nearMarker says whether a line was meant as a marker and missed. Content
// that looks like one can be written with ^x2D for its first hyphen.
func nearMarker(line string) bool {
	if !strings.HasPrefix(line, "--") || !strings.HasSuffix(line, "--") {
		return false
	}
	switch strings.Trim(line, "- \t") {
	case "request", "request.raw", "response", "response.raw", "half-close", "reset", "close":
		return true
	}
	return false
}

// isControl says whether r is a control byte other than a tab.
func isControl(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }

// An Entry is one "key: value" of a head, with the lines that continue it.
type Entry struct {
	Key   string
	Line  int // in the file, from 1
	lines []string
}

// Sentence is the value as one line: how a wrapped sentence is meant.
func (e Entry) Sentence() string {
	var words []string
	for _, line := range e.lines {
		words = append(words, strings.Fields(line)...)
	}
	return strings.Join(words, " ")
}

// Text is the value with its line breaks kept: how an excerpt of a program is
// meant. A value that begins on the line after its key has no empty first line.
func (e Entry) Text() string {
	lines := e.lines
	if len(lines) > 1 && lines[0] == "" {
		lines = lines[1:]
	}
	return strings.Join(lines, "\n")
}

// entries reads "key: value" lines; first is the number of the first of them.
// Two spaces continue the value above, "#" begins a comment line, and an empty
// line counts only inside a value.
func entries(lines []string, first int) ([]Entry, error) {
	var list []Entry
	seen := map[string]bool{}
	empty := 0 // empty lines since the last one that was not
	for i, line := range lines {
		if strings.TrimSpace(line) == "" {
			empty++
			continue
		}
		n := first + i
		rest, continued := strings.CutPrefix(line, "  ")
		switch {
		case continued && len(list) == 0:
			return nil, errorAt(n, "nothing to continue: %q", line)
		case continued:
			e := &list[len(list)-1]
			for range empty {
				e.lines = append(e.lines, "")
			}
			e.lines = append(e.lines, strings.TrimRight(rest, " \t"))
		case strings.HasPrefix(line, "#"):
		default:
			key, value, ok := strings.Cut(line, ":")
			if !ok || key == "" || strings.ContainsAny(key, " \t") {
				return nil, errorAt(n, "not a key and a value: %q", line)
			}
			if seen[key] {
				return nil, errorAt(n, "key given twice: %s", key)
			}
			seen[key] = true
			list = append(list, Entry{key, n, []string{strings.TrimSpace(value)}})
		}
		empty = 0
	}
	return list, nil
}

// A Section is one section of a file that holds no exchange but is written in
// the same notation: a txtar archive whose sections are "key: value" lines,
// such as a step's exercises.
type Section struct {
	Name    string
	Line    int // of its marker in the file, from 1
	Entries []Entry
}

// ParseSections reads such a file. Nothing but comments may stand before the
// first section. Errors name the file and the line.
func ParseSections(name string, data []byte) ([]Section, error) {
	a, err := split(data)
	if err != nil {
		return nil, fileError(name, err)
	}
	if head, err := entries(a.head, 1); err != nil {
		return nil, fileError(name, err)
	} else if len(head) > 0 {
		return nil, fileError(name, errorAt(head[0].Line, "key before the first section: %s", head[0].Key))
	}
	var all []Section
	for _, s := range a.sections {
		list, err := entries(s.lines, s.line+1)
		if err != nil {
			return nil, fileError(name, err)
		}
		all = append(all, Section{s.name, s.line, list})
	}
	return all, nil
}
