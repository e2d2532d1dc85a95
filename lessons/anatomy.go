package lessons

import (
	"bytes"
	"strings"
)

// A part is a stretch of a message's bytes in one role, as run is of a flow.
type part struct {
	end  int // offset after its last byte
	role Role
}

// anatomy names the parts of what one side said: HTTP messages, or bytes that
// were taken for one. The parts cover every byte once; content has the role
// BodyBytes. It guesses for the reader's eyes and decides nothing: a request
// without a length has no content, so that the next request shows as one; all
// that follows a response's head is its content.
func anatomy(b []byte, response bool) []part {
	a := anatomist{bytes: b}
	for a.at < len(b) {
		if response {
			a.emptyLines()
			if bytes.HasPrefix(b[a.at:], []byte("HTTP/")) {
				a.message(names{VersionText, StatusCode, ReasonText})
			}
			a.mark(len(b)-a.at, BodyBytes)
			break
		}
		a.emptyLines()
		fields := a.message(names{Method, Target, VersionText})
		if strings.Contains(fields, "content-length") || strings.Contains(fields, "transfer-encoding") {
			a.mark(len(b)-a.at, BodyBytes)
		}
	}
	return a.parts
}

// names are the roles of a start line's three words.
type names [3]Role

type anatomist struct {
	bytes []byte
	at    int
	parts []part
}

func (a *anatomist) mark(n int, role Role) {
	if n > 0 {
		a.at += n
		a.parts = append(a.parts, part{end: a.at, role: role})
	}
}

// emptyLines marks what stands before a start line; the notes' picture begins
// so.
func (a *anatomist) emptyLines() {
	for {
		line, end := cutLine(a.bytes[a.at:])
		if len(line) > 0 || end == 0 {
			return
		}
		a.mark(end, LineEnd)
	}
}

// message marks one head, up to and with its empty line, and returns the names
// of its fields in lower case.
func (a *anatomist) message(words names) (fields string) {
	line, end := cutLine(a.bytes[a.at:])
	if !a.startLine(line, words) {
		a.mark(len(line), Body)
	}
	a.mark(end, LineEnd)
	for end > 0 && a.at < len(a.bytes) {
		line, end = cutLine(a.bytes[a.at:])
		if len(line) == 0 {
			a.mark(end, LineEnd)
			break
		}
		if name := bytes.IndexByte(line, ':'); name < 0 {
			a.mark(len(line), Body)
		} else {
			fields += strings.ToLower(string(line[:name])) + "\n"
			a.mark(name, FieldName)
			a.mark(1, Body)
			a.mark(len(line)-name-1, FieldValue)
		}
		a.mark(end, LineEnd)
	}
	return fields
}

// startLine marks three words; the last may hold spaces. It leaves a line alone
// that has no version where one belongs.
func (a *anatomist) startLine(line []byte, roles names) bool {
	words := bytes.SplitN(line, []byte(" "), 3)
	version := words[len(words)-1]
	if roles[0] == VersionText {
		version = words[0]
	}
	short := min(len(version), len("HTTP/"))
	if len(words) < 2 || string(version[:short]) != "HTTP/"[:short] && len(words) == 3 {
		return false
	}
	for i, word := range words {
		if i > 0 {
			a.mark(1, Body)
		}
		a.mark(len(word), roles[i])
	}
	return true
}

// cutLine returns the first line of b and the length of its end: CR LF, LF
// alone, or none.
func cutLine(b []byte) (line []byte, end int) {
	i := bytes.IndexByte(b, '\n')
	switch {
	case i < 0:
		return b, 0
	case i > 0 && b[i-1] == '\r':
		return b[:i-1], 2
	}
	return b[:i], 1
}
