// Package visible turns bytes, counts and durations into text for people that
// is safe to print: nothing that it returns can move a cursor, change a colour
// or swallow what follows it. It knows nothing of HTTP and imports nothing of
// this module. Go's nearest relative is strconv.Quote, which marks what it
// escapes with characters that may stand in the text themselves.
package visible

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Bytes makes every byte visible. Two different byte strings never look the
// same: printable ASCII stands for itself, control bytes become control
// pictures (␍ ␊ ␉ ␀ … ␡), and every byte from 0x80 up becomes ‹E9›.
func Bytes(b []byte) string {
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

// Line is Bytes for a line, with or without its line end. Spaces at the end of
// its text, which nobody would see, are ␠ each; Bytes has no other use for
// that glyph.
func Line(line []byte) string {
	text := bytes.TrimRight(line, "\r\n")
	kept := bytes.TrimRight(text, " ")
	return Bytes(kept) + strings.Repeat("␠", len(text)-len(kept)) + Bytes(line[len(text):])
}

// ShortLine is Line of at most limit bytes, and how many are left out.
func ShortLine(line []byte, limit int) string {
	if len(line) <= limit {
		return Line(line)
	}
	return Bytes(line[:limit]) + more(len(line)-limit)
}

// more says how many bytes are left out.
func more(n int) string { return "… " + Count(n, "byte") + " more" }

// Start is the first limit bytes of b, and "…" if there are more.
func Start(b []byte, limit int) string {
	if len(b) <= limit {
		return Bytes(b)
	}
	return Bytes(b[:limit]) + "…"
}

// End is the last limit bytes of b, after "…" if there are more.
func End(b []byte, limit int) string {
	if len(b) <= limit {
		return Bytes(b)
	}
	return "…" + Bytes(b[len(b)-limit:])
}

// Column is where byte n of b begins in Bytes(b), counted in cells from 0: how
// far a caret stands in. n may be len(b), the place after the last byte.
func Column(b []byte, n int) int {
	column := 0
	for _, c := range b[:n] {
		column += cells(c)
	}
	return column
}

// cells is how many cells Bytes gives a byte. Control pictures are one cell
// wide, as every terminal's width table has them.
func cells(c byte) int {
	if c >= utf8.RuneSelf {
		return len("<E9>")
	}
	return 1
}
