package visible

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// IsText says whether content is something to read, in whatever encoding: it
// holds no control byte but those that lay out text.
func IsText(b []byte) bool {
	for _, c := range b {
		if c < ' ' && c != '\t' && c != '\n' && c != '\f' && c != '\r' || c == 0x7f {
			return false
		}
	}
	return true
}

// Text makes what a program has printed safe to print again. Lines stay lines
// and printable characters of any script stay; all else, escape sequences
// above all, becomes what Bytes makes of it. A tab becomes four spaces.
func Text(output []byte) string {
	var b strings.Builder
	for line := range strings.Lines(string(output)) {
		text, end := strings.CutSuffix(line, "\n")
		text = strings.TrimSuffix(text, "\r")
		b.WriteString(printable(strings.ReplaceAll(text, "\t", "    ")))
		if end {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// printable keeps what can be printed; a line end cannot.
func printable(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		if r != utf8.RuneError && unicode.IsPrint(r) {
			b.WriteString(s[:size])
		} else {
			b.WriteString(Bytes([]byte(s[:size])))
		}
		s = s[size:]
	}
	return b.String()
}

// lineLimit is how long OneLine's line may be, in bytes.
const lineLimit = 160

// OneLine makes one line that is safe to print, and at most 160 bytes long, of
// any text.
func OneLine(s string) string {
	const more = "…"
	s = printable(s)
	if len(s) <= lineLimit {
		return s
	}
	cut := lineLimit - len(more)
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + more
}
