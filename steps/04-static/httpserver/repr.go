package httpserver

import (
	"strings"
	"unicode/utf8"
)

// Repr writes bytes that a client sent the way Python's repr writes the
// Latin-1 text they stand for: in quotes, with everything invisible escaped.
// No control byte is left in it, so it may stand in a status line or a log.
// Bytes from 0xa1 up stay as they are, 0xad apart.
func Repr(s string) string {
	quote := byte('\'')
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		quote = '"'
	}
	b := make([]byte, 0, len(s)+2)
	b = append(b, quote)
	for i := range len(s) {
		switch c := s[i]; {
		case c == quote, c == '\\':
			b = append(b, '\\', c)
		case c == '\t':
			b = append(b, `\t`...)
		case c == '\n':
			b = append(b, `\n`...)
		case c == '\r':
			b = append(b, `\r`...)
		case isControl(c), c == 0xa0, c == 0xad: // 0xad: soft hyphen
			b = appendHex(b, c)
		default:
			b = append(b, c)
		}
	}
	return string(append(b, quote))
}

// isControl reports whether c is a control character of Latin-1: a terminal
// may obey those from 0x80 to 0x9f as it obeys ESC.
func isControl(c byte) bool { return c < 0x20 || c >= 0x7f && c < 0xa0 }

// appendHex appends \x and the two digits of c.
func appendHex(b []byte, c byte) []byte {
	const digits = "0123456789abcdef"
	return append(b, '\\', 'x', digits[c>>4], digits[c&15])
}

// latin1 reads bytes as Latin-1 and returns the same text as UTF-8.
func latin1(s string) string {
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		b = utf8.AppendRune(b, rune(s[i]))
	}
	return string(b)
}
