package httpserver

import (
	"fmt"
	"path"
	"strconv"
	"strings"
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

// unquote decodes each %XX into a byte, once: "%252e" gives "%2e". A percent
// sign without two digits stands for itself.
func unquote(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			c, err := strconv.ParseUint(s[i+1:i+3], 16, 8)
			if err == nil {
				b.WriteByte(byte(c))
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// quote encodes a file name for a link, byte by byte. The slash stays.
func quote(name string) string {
	return percentEncode(name, func(c byte) bool {
		return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || isDigit(c) ||
			strings.IndexByte("-._~/", c) >= 0 // RFC 3986, 2.3
	})
}

// percentEncode replaces each byte that is not plain by %XX.
func percentEncode(s string, plain func(byte) bool) string {
	var b strings.Builder
	for i := range len(s) {
		if plain(s[i]) {
			b.WriteByte(s[i])
		} else {
			fmt.Fprintf(&b, "%%%02X", s[i])
		}
	}
	return b.String()
}
