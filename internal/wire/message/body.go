package message

import "strconv"

const (
	findNoSize  = "A chunk begins with its size in hexadecimal digits; from here on nobody can tell where the content ends (RFC 9112, 7.1)."
	findBigSize = "A chunk size of more than 15 digits; from here on nobody can tell where the content ends (RFC 9112, 7.1)."
	findNoCRLF  = "The line end after the chunk before is missing; the size may be wrong (RFC 9112, 7.1)."
	findExt     = "An extension begins with a semicolon; nothing else may follow the size (RFC 9112, 7.1.1)."
)

// content takes up to n bytes of content and returns how many of them are
// still to come.
func (p *parser) content(n int64) int64 {
	here := int64(len(p.b) - p.pos)
	take := min(n, here)
	// Past the end of what is kept, only the count is left to go by.
	beyond := p.all - int64(len(p.b))
	p.put(Content, p.pos+int(take), "")
	return n - take - min(n-take, beyond)
}

// chunked takes chunked content with its trailers and reports whether it came
// to the end.
func (p *parser) chunked(h *Head) bool {
	note := ""
	for !p.out() {
		size, ok := p.chunkSize(note)
		if !ok || !p.chunkLine() {
			return false
		}
		if size == 0 {
			var trailers Head
			return p.fieldLines(&trailers, TrailerName, TrailerValue, nil)
		}
		if h.chunkLeft = p.content(size); h.chunkLeft > 0 || p.out() {
			return false
		}
		note = ""
		switch {
		case !p.atLineEnd():
			note = findNoCRLF
		case !p.chunkEnd():
			return false
		}
	}
	return false
}

// chunkSize takes the hexadecimal digits. When there are none, or too many,
// everything that follows is out of step.
func (p *parser) chunkSize(note string) (int64, bool) {
	end := p.run(isHex)
	digits := string(p.b[p.pos:end])
	if digits == "" {
		p.rest(NotHTTP, findNoSize)
		return 0, false
	}
	size, err := strconv.ParseInt(digits, 16, 64)
	if err != nil || len(digits) > 15 {
		p.put(ChunkSize, end, findBigSize)
		p.rest(NotHTTP, findBigSize)
		return 0, false
	}
	p.put(ChunkSize, end, note)
	return size, true
}

// chunkLine takes the rest of a size's line and reports whether it is over.
func (p *parser) chunkLine() bool {
	for !p.out() {
		if p.atLineEnd() {
			if p.lineEnd(LineEnd, "") {
				return true
			}
			continue
		}
		finding := ""
		if i := p.run(isBlank); i < len(p.b) && p.b[i] != ';' {
			finding = findExt
		}
		p.put(ChunkExt, p.upToLineEnd(), finding)
	}
	return false
}

// chunkEnd takes the line end after a chunk's data and reports whether it is
// whole. A CR with something else behind it ends the chunk all the same.
func (p *parser) chunkEnd() bool {
	return p.lineEnd(ChunkEnd, "") || !p.out()
}
