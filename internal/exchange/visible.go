package exchange

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Visible makes bytes from the wire into text that is safe to print: every byte
// has its own glyphs and two different byte strings never look the same.
// Printable ASCII stands for itself; control bytes become control pictures
// (␍ ␊ ␉ ␀ … ␡); every byte from 0x80 up becomes ‹E9›. Nothing in the result
// can move a cursor, change a colour or swallow what follows it.
func Visible(b []byte) string {
	var s strings.Builder
	for _, c := range b {
		switch {
		case c < ' ':
			s.WriteRune('␀' + rune(c))
		case c == 0x7f:
			s.WriteRune('␡')
		case c >= utf8.RuneSelf:
			fmt.Fprintf(&s, "‹%02X›", c)
		default:
			s.WriteByte(c)
		}
	}
	return s.String()
}

// visibleLine is Visible for a line: its last blanks, which could not be told
// from none at all, are ␠ each. The line end may be there or not.
func visibleLine(line []byte) string {
	text := bytes.TrimRight(line, "\r\n")
	kept := bytes.TrimRight(text, " ")
	return Visible(kept) + strings.Repeat("␠", len(text)-len(kept)) + Visible(line[len(text):])
}

// Column is where byte n of b begins in Visible(b), counted in cells from 0:
// how far a caret stands in. n may be len(b), the place after the last byte.
func Column(b []byte, n int) int {
	column := 0
	for _, c := range b[:n] {
		column += cells(c)
	}
	return column
}

// cells is how many cells Visible gives a byte. Control pictures are one cell
// wide, as every terminal's width table has them.
func cells(c byte) int {
	if c >= utf8.RuneSelf {
		return len("<E9>")
	}
	return 1
}
