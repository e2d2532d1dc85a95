package course

import "strings"

// A Part is some lines of a learner's program that an exercise is about: the
// comment that names it, and what stands below. The zero value is none.
type Part struct {
	Line int      // the first one's number, from 1
	Text []string // without line ends
}

// partLines is how many lines of a part are shown at most.
const partLines = 12

// FindPart finds the part of a program that a comment with these words names,
// in whatever case. It ends with its function, or where another part is named
// as deep in the program, and after 12 lines at the latest.
func FindPart(source []byte, words string) Part {
	lines := strings.Split(strings.ReplaceAll(string(source), "\r\n", "\n"), "\n")
	for i, line := range lines {
		if !isLabel(line) || !strings.Contains(strings.ToLower(line), strings.ToLower(words)) {
			continue
		}
		end := i + 1
		for end < len(lines) && end < i+partLines && lines[end] != "}" &&
			!(isLabel(lines[end]) && !isLabel(lines[end-1]) && indentOf(lines[end]) <= indentOf(line)) {
			end++
		}
		for end > i+1 && strings.TrimSpace(lines[end-1]) == "" {
			end--
		}
		return Part{Line: i + 1, Text: lines[i:end]}
	}
	return Part{}
}

func isLabel(line string) bool { return strings.HasPrefix(strings.TrimSpace(line), "//") }

func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, "\t ")) }
