package main

import (
	"strconv"
	"strings"
)

// A value is one name of a form with its value. A form is a list of them, not
// a map: a name may come twice, and the order is the form's.
type value struct {
	name, value string
}

// parseForm takes apart what a browser makes of a form: name=value, joined by
// & (WHATWG URL, application/x-www-form-urlencoded).
func parseForm(body string) []value {
	// decode the form
	var form []value
	for pair := range strings.SplitSeq(body, "&") {
		if pair == "" {
			continue
		}
		// The first = divides; any other belongs to the value.
		name, text, _ := strings.Cut(pair, "=")
		// Divide first, decode second: a %26 is an & inside a value.
		form = append(form, value{decode(name), decode(text)})
	}
	return form
}

// decode turns + into a space and %XX into the byte with that number. A %
// without two such digits stays as it is.
func decode(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '+':
			b.WriteByte(' ')
		case s[i] == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			n, _ := strconv.ParseUint(s[i+1:i+3], 16, 8)
			b.WriteByte(byte(n))
			i += 2
		default:
			b.WriteByte(s[i])
		}
	}
	// The page says that it is UTF-8; bytes that are not would break it.
	return strings.ToValidUTF8(b.String(), "\uFFFD")
}

func isHex(c byte) bool {
	return isDigit(c) || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
