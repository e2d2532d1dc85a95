package message

import "strconv"

const (
	findNoSize  = "A chunk begins with its size in hexadecimal digits; from here on nobody can tell where the content ends (RFC 9112, 7.1)."
	findBigSize = "A chunk size of more than 15 digits; from here on nobody can tell where the content ends (RFC 9112, 7.1)."
	findNoCRLF  = "The line end after the chunk before is missing; the size may be wrong (RFC 9112, 7.1)."
	findExt     = "An extension begins with a semicolon; nothing else may follow the size (RFC 9112, 7.1.1)."
)

// Chunked lays spans on chunked content and its trailers, from the first byte of
// b on, and tells whether it came to the end.
func Chunked(b []byte) (spans []Span, complete bool) {
	var s Splitter
	r := s.reader(ToClient)
	r.all = b
	r.begin()
	r.cur.Head.Framing, r.state = ByChunks, atChunkSize
	r.read()
	m := s.Messages()[0]
	return m.Spans, m.Complete
}

// chunkLine takes the line end after a chunk's data, or the line of the next
// chunk's size. A CR with something else behind it ends the data all the same.
func (r *reader) chunkLine() {
	finding := ""
	if r.state == afterChunk {
		if !r.atLineEnd() {
			finding = findNoCRLF
		} else if whole := r.lineEnd(ChunkEnd, ""); whole || r.out() {
			if whole {
				r.state = atChunkSize
			}
			return
		}
		r.state = atChunkSize
	}
	size, ok := r.chunkSize(finding)
	switch {
	case !ok || !r.chunkExt():
	case size == 0:
		r.state, r.fields = inTrailers, fields{}
	default:
		r.state, r.left = inChunk, size
		r.cur.Head.chunkLeft = size
	}
}

// chunkSize takes the hexadecimal digits. When there are none, or too many,
// everything that follows is out of step.
func (r *reader) chunkSize(finding string) (int64, bool) {
	end := r.run(isHex)
	digits := string(r.b[r.pos:end])
	if digits == "" {
		r.toRest(NotHTTP, findNoSize)
		return 0, false
	}
	size, err := strconv.ParseInt(digits, 16, 64)
	if err != nil || len(digits) > 15 {
		r.put(ChunkSize, end, findBigSize)
		r.toRest(NotHTTP, findBigSize)
		return 0, false
	}
	r.put(ChunkSize, end, finding)
	return size, true
}

// chunkExt takes what stands between a size and the end of its line, and
// reports whether the line is over.
func (p *parser) chunkExt() bool {
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
