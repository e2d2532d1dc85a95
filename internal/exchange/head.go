package exchange

import "strings"

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
