package httpserver

import (
	"path"
	"strings"
	"unicode/utf8"
)

// TranslatePath turns the path of a target into the name of a file below the
// root: http.server's translate_path. The name is what [os.Root] wants, "." for
// the root itself. slash tells that the path ends in one, and so asks for a
// directory.
//
// "." and ".." are resolved as text and cannot climb above the root. What a
// link could do is left to os.Root, which follows none out of it.
func TranslatePath(target string) (name string, slash bool) {
	target, _, _ = splitTarget(target)
	slash = strings.HasSuffix(target, "/")
	// Rooted first, then cleaned: "/../x" becomes "/x".
	name = strings.TrimPrefix(path.Clean("/"+unquote(target)), "/")
	if name == "" {
		name = "."
	}
	return name, slash
}

// unquote decodes %XX into a file name's bytes, once: "%252e" gives "%2e".
//
// The rest is for one case that http.server meets: it decodes to text, and a
// file system holds bytes. A byte from 0x80 up that comes unencoded is read as
// Latin-1, and a byte of a file name that is no UTF-8 is written %ED%B2%80 to
// %ED%B3%BF, as if it were a code point from U+DC80 to U+DCFF; listings write
// such links. Anything else that is no UTF-8 names no file.
func unquote(s string) string {
	if plain(s) {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= utf8.RuneSelf:
			b = utf8.AppendRune(b, rune(c))
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			b = append(b, unhex(s[i+1])<<4|unhex(s[i+2]))
			i += 2
		default:
			b = append(b, c)
		}
	}
	return fileBytes(string(b))
}

// plain reports whether s stands for itself, as most paths do.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] == '%' || s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// fileBytes replaces what unquote has decoded by the bytes that a file system
// knows: see there.
func fileBytes(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if c, ok := escapedByte(s[i:]); ok {
			b = append(b, c)
			i += 3
			continue
		}
		b = utf8.AppendRune(b, r) // U+FFFD for what is no UTF-8
		i += size
	}
	return string(b)
}

// escapedByte reads the code point U+DC80 to U+DCFF at the start of s, which
// Go does not take for UTF-8, and returns the byte that it stands for.
func escapedByte(s string) (byte, bool) {
	if len(s) < 3 || s[0] != 0xed || s[1] != 0xb2 && s[1] != 0xb3 ||
		s[2]&0xc0 != 0x80 {
		return 0, false
	}
	return s[1]&1<<6 | s[2]&0x3f | 0x80, true
}

// quote encodes a file name for a link: Python's quote. The slash stays, and a
// byte that is no UTF-8 becomes a code point as unquote has it.
func quote(name string) string {
	const digits = "0123456789ABCDEF"
	b := make([]byte, 0, len(name))
	encode := func(c byte) { b = append(b, '%', digits[c>>4], digits[c&15]) }
	for i := 0; i < len(name); {
		r, size := utf8.DecodeRuneInString(name[i:])
		switch c := name[i]; {
		case r == utf8.RuneError && size == 1:
			encode(0xed)
			encode(0xb2 | c>>6&1)
			encode(c&0x3f | 0x80)
		case unreserved(c) || c == '/':
			b = append(b, c)
		default:
			for j := range size {
				encode(name[i+j])
			}
		}
		i += size
	}
	return string(b)
}

// unreserved reports the bytes that need no encoding (RFC 3986, 2.3).
func unreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' ||
		'0' <= c && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~'
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}
