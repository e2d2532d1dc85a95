package tui

import "strings"

// A search is the text that / asks for. Its places are marked while it is
// typed; its line stays when it ends, so that the next / goes on from there.
type search struct {
	typing bool
	text   string
	line   int  // where it stands now
	missed bool // it stands nowhere
}

// holds compares without regard to case.
func holds(line, text string) bool {
	return strings.Contains(strings.ToLower(line), strings.ToLower(text))
}

// findLine looks at n lines once each, from one of them on and round the end,
// and returns the first that is a match, or -1.
func findLine(n, from, dir int, match func(int) bool) int {
	for k := range n {
		i := ((from+dir*k)%n + n) % n
		if match(i) {
			return i
		}
	}
	return -1
}

// markText marks where a text stands in a row, across its runs.
func markText(r row, text string) row {
	text = strings.ToLower(text)
	var out row
	rest := strings.ToLower(r.plain())
	hits := map[int]bool{} // byte offsets
	for off := 0; ; {
		i := strings.Index(rest[off:], text)
		if i < 0 {
			break
		}
		for k := range len(text) {
			hits[off+i+k] = true
		}
		off += i + len(text)
	}
	if len(hits) == 0 || len(rest) != len(r.plain()) {
		return r
	}
	at := 0
	for _, x := range r {
		start := 0
		for i := 1; i <= len(x.text); i++ {
			if i == len(x.text) || hits[at+i] != hits[at+start] {
				part := x
				part.text = x.text[start:i]
				if hits[at+start] {
					part.tone |= marked
				}
				out = append(out, part)
				start = i
			}
		}
		at += len(x.text)
	}
	return out
}
