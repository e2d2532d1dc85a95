package runner

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"example/wirebook/internal/exchange"
)

// Printable makes text that is safe to print of what a compiler or a server
// has printed. Lines stay lines and printable characters of any script stay;
// all else, escape sequences above all, becomes what exchange.Visible makes of
// it. Tabs become four spaces.
func Printable(output []byte) string {
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

// printable is Printable for what must stay one line.
func printable(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		if r != utf8.RuneError && unicode.IsPrint(r) {
			b.WriteString(s[:size])
		} else {
			b.WriteString(exchange.Visible([]byte(s[:size])))
		}
		s = s[size:]
	}
	return b.String()
}

// lineLimit is how long a line for people may be, in bytes.
const lineLimit = 160

// oneLine makes a line that is safe to print, and not too long, of anything.
func oneLine(s string) string {
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
