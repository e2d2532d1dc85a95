package message

import "bytes"

// A parser lays spans on the bytes of a line. It refuses nothing: what is wrong
// becomes a finding. Each decision needs the bytes up to the one after a span
// and no later ones, so that spans stay where they are while more bytes come.
type parser struct {
	dir   Dir
	b     []byte // up to the end of the line, or of what has come of it
	pos   int
	spans []Span // of the message at hand
}

// put lays a span from the position to end, if there is anything between.
func (p *parser) put(kind SpanKind, end int, finding string) {
	if end > p.pos {
		p.spans = append(p.spans, Span{kind, p.pos, end - p.pos, finding})
		p.pos = end
	}
}

// putWord is put for a word of a start line. Nothing is held against a word
// while its end is not in sight.
func (p *parser) putWord(kind SpanKind, end int, finding string) {
	if end == len(p.b) {
		finding = ""
	}
	p.put(kind, end, finding)
}

// grow lays one span over all that is left, or makes the last one longer.
func (p *parser) grow(kind SpanKind, finding string) {
	last := len(p.spans) - 1
	if last >= 0 && p.spans[last].Kind == kind {
		p.spans[last].Len += len(p.b) - p.pos
		p.pos = len(p.b)
		return
	}
	p.put(kind, len(p.b), finding)
}

// out tells whether the bytes are used up.
func (p *parser) out() bool { return p.pos == len(p.b) }

// atLineEnd tells whether the position is at a CR or LF.
func (p *parser) atLineEnd() bool {
	return !p.out() && (p.b[p.pos] == '\r' || p.b[p.pos] == '\n')
}

// upToLineEnd is where the next CR or LF stands, or the end of the bytes.
func (p *parser) upToLineEnd() int {
	if i := bytes.IndexAny(p.b[p.pos:], "\r\n"); i >= 0 {
		return p.pos + i
	}
	return len(p.b)
}

// run is where a stretch of bytes that satisfy f ends.
func (p *parser) run(f func(byte) bool) int {
	end := p.pos
	for end < len(p.b) && f(p.b[end]) {
		end++
	}
	return end
}

const (
	findBareLF = "This line ends in LF alone; CR LF is due (RFC 9112, 2.2)."
	findLoneCR = "A CR without LF is no line end; a strict reader refuses the message (RFC 9112, 2.2)."
)

// lineEnd takes CR LF, or LF alone, as a span of the given kind and reports
// whether the line is over. A CR that is followed by something else is a span
// of its own, and the line goes on behind it. The position must be at a CR or
// LF.
func (p *parser) lineEnd(kind SpanKind, finding string) bool {
	next := p.pos + 1
	switch {
	case p.b[p.pos] == '\n':
		if finding == "" {
			finding = findBareLF
		}
		p.put(kind, next, finding)
		return true
	case next == len(p.b): // an LF may follow
		p.put(kind, next, "")
		return false
	case p.b[next] == '\n':
		p.put(kind, next+1, finding)
		return true
	default:
		p.put(LoneCR, next, findLoneCR)
		return false
	}
}

// isSpace knows the white space that lenient readers accept between the words
// of a start line (RFC 9112, 3); only SP is right.
func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\v' || c == '\f' }

// isBlank knows the white space of fields: SP and HTAB.
func isBlank(c byte) bool { return c == ' ' || c == '\t' }

func isWord(c byte) bool { return !isSpace(c) && c != '\r' && c != '\n' }

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isToken knows the characters of methods and field names (RFC 9110, 5.6.2).
func isToken(c byte) bool {
	return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'z' ||
		bytes.IndexByte([]byte("!#$%&'*+-.^_`|~"), c) >= 0
}

// notToken is the first character of b that is not a token's, and whether
// there is one.
func notToken(b []byte) (byte, bool) {
	for _, c := range b {
		if !isToken(c) {
			return c, true
		}
	}
	return 0, false
}
