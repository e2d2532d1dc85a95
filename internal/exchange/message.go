package exchange

import "bytes"

// ContentOffset is where a message's content begins, behind the empty line
// that ends its head; len(b) if its head never ends. An empty line before the
// first text ends nothing.
func ContentOffset(b []byte) int {
	for off := 0; off < len(b); {
		n := lineLen(b[off:])
		off += n
		if line := b[off-n : off]; string(line) == "\r\n" || string(line) == "\n" {
			if off > n {
				return off
			}
		}
	}
	return len(b)
}

// lineLen is the length of the first line of b with its line feed.
func lineLen(b []byte) int {
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		return i + 1
	}
	return len(b)
}
