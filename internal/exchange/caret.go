package exchange

import (
	"fmt"
	"strings"

	"example/wirebook/internal/visible"
)

// appendMessage adds a message, a line for each of its own, and a caret under
// the byte at; -1 means that none matters.
func appendMessage(lines []Line, kind LineKind, label string, message []byte, at int, want []byte) []Line {
	if len(message) == 0 {
		return append(lines, Line{kind, label, "nothing"})
	}
	rows := visible.Rows(message, ContentOffset(message), at)
	for i, row := range rows {
		lines = append(lines, Line{kind, label, row.Text})
		label = ""
		end := row.Off + row.Len
		if at >= row.Off && at < end || at == end && i == len(rows)-1 {
			column := visible.Column(message[row.Off:at], at-row.Off)
			lines = append(lines, Line{Kind: CaretLine, Text: strings.Repeat(" ", column) + Caret(message, at, want)})
		}
	}
	return lines
}

// Caret is the mark under a byte of a message with what it is, and what was due
// in its place: "^ byte 15: LF (hex 0a), due CR LF (hex 0d 0a)". at may be
// len(message): nothing came there.
func Caret(message []byte, at int, want []byte) string {
	text := "^ end"
	if at < len(message) {
		text = "^ byte " + visible.Thousands(at) + ": " + spell(message[at:at+1])
	}
	if len(want) > 0 {
		text += ", due " + spell(want)
	}
	return text
}

// spell names bytes for people who do not read hex, and has the hex beside it:
// "“2” (hex 32)".
func spell(b []byte) string {
	var names []string
	for i := 0; i < len(b); {
		n := 1
		switch c := b[i]; {
		case c == '\r':
			names = append(names, "CR")
		case c == '\n':
			names = append(names, "LF")
		case c == '\t':
			names = append(names, "tab")
		case c == ' ':
			names = append(names, "space")
		case c > ' ' && c < 0x7f:
			for i+n < len(b) && b[i+n] > ' ' && b[i+n] < 0x7f {
				n++
			}
			names = append(names, "“"+string(b[i:i+n])+"”")
		default:
			names = append(names, visible.Bytes(b[i:i+1]))
		}
		i += n
	}
	return fmt.Sprintf("%s (hex % x)", strings.Join(names, " "), b)
}
