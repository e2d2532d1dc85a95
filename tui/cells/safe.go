package cells

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"example/wirebook/internal/visible"
	"github.com/charmbracelet/x/ansi"
)

// Safe returns a text that only prints: every text on the screen passes it,
// whatever its source. It leaves ordinary text alone, in any language, and makes
// visible what could move a cursor, change a colour, reorder a line or swallow
// what follows. Bytes from the wire have been made visible long before; here
// they are ASCII and a few control pictures already.
func Safe(s string) string {
	if harmless(s) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		n := utf8.RuneLen(r)
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], string(utf8.RuneError)) {
			n = 1 // not UTF-8: one byte at a time
			r = 0x80
		}
		if dangerous(r) {
			b.WriteString(visible.Bytes([]byte(s[i : i+n])))
		} else {
			b.WriteString(s[i : i+n])
		}
	}
	text := b.String()
	// Terminals count cells in two ways, by character and by what a reader
	// sees as one. Text on which they disagree would push the other pane away.
	if ansi.StringWidth(text) != ansi.StringWidthWc(text) {
		return plainASCII(text)
	}
	return text
}

func harmless(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] > 0x7e {
			return false
		}
	}
	return true
}

// dangerous says which characters never reach a terminal: controls (C0, DEL,
// C1), format characters (bidi, zero width), separators of lines, and variation
// selectors and marks that change the width of what stands before them.
func dangerous(r rune) bool {
	if r < 0x80 {
		return r < 0x20 || r == 0x7f
	}
	return !unicode.IsGraphic(r) || unicode.Is(unicode.Variation_Selector, r)
}

// plainASCII shows every byte outside ASCII by its number.
func plainASCII(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if s[i] < 0x80 {
			b.WriteByte(s[i])
		} else {
			b.WriteString(visible.Bytes([]byte{s[i]}))
		}
	}
	return b.String()
}
