package cells

import "strings"

// ContainsFold says whether a line contains a text, in whatever case.
func ContainsFold(line, text string) bool {
	return strings.Contains(strings.ToLower(line), strings.ToLower(text))
}

// FindLine looks at n lines once each, from one of them on and round the end, and
// returns the index of the first that matches, -1 for none. dir is 1 or -1.
func FindLine(n, from, dir int, match func(int) bool) int {
	for k := range n {
		i := ((from+dir*k)%n + n) % n
		if match(i) {
			return i
		}
	}
	return -1
}

// Mark returns a row in which every place of a text is marked, in whatever case
// and across runs.
func Mark(r Row, text string) Row {
	text = strings.ToLower(text)
	var out Row
	rest := strings.ToLower(r.Plain())
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
	if len(hits) == 0 || len(rest) != len(r.Plain()) {
		return r
	}
	at := 0
	for _, x := range r {
		start := 0
		for i := 1; i <= len(x.Text); i++ {
			if i == len(x.Text) || hits[at+i] != hits[at+start] {
				part := x
				part.Text = x.Text[start:i]
				if hits[at+start] {
					part.Tone |= Marked
				}
				out = append(out, part)
				start = i
			}
		}
		at += len(x.Text)
	}
	return out
}
