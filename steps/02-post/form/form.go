// Package form decodes what a browser sends of an HTML form: names and values
// in one line, as application/x-www-form-urlencoded (WHATWG URL, 5.1). A query
// string is written in the same way. Python's is urllib.parse.parse_qsl. The
// package does not know multipart/form-data, which carries files.
package form

import (
	"strconv"
	"strings"
)

// A Pair is one name with its value, both decoded.
type Pair struct {
	Name, Value string
}

// Parse returns the pairs of an urlencoded text, in its order. A form is a list
// and not a map: a name may come twice. Nothing is refused: a % without two
// digits stays as it is, and bytes that are not UTF-8 become U+FFFD. Parse sets
// no limit: a caller that reads from strangers bounds the text.
func Parse(text string) []Pair {
	// decode the form
	var pairs []Pair
	for pair := range strings.SplitSeq(text, "&") {
		if pair == "" {
			continue
		}
		// The first = divides; any other belongs to the value.
		name, value, _ := strings.Cut(pair, "=")
		// Divide first, decode second: a %26 is an & inside a value.
		pairs = append(pairs, Pair{decode(name), decode(value)})
	}
	return pairs
}

// decode turns + into a space and %XX into the byte with that number.
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
	return strings.ToValidUTF8(b.String(), "\uFFFD")
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
