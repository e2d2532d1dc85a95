package message

import "strings"

// statusLine takes "HTTP/1.1 200 OK" and its line end, and reports whether the
// line is over. Bytes that cannot be a response are left alone. The finding
// about the response as such, if there is one, stands on the version.
func (p *parser) statusLine(h *Head, finding string) bool {
	if !maybeAnswer(p.b[p.pos:]) {
		h.Foreign = true
		return false
	}
	words := 0
	for !p.out() {
		switch end := p.run(isWord); {
		case p.atLineEnd():
			if h.lineOver = p.lineEnd(LineEnd, h.statusFinding(words, p.spans)); h.lineOver {
				return true
			}
		case words == 0:
			h.Version = string(p.b[p.pos:end])
			p.putWord(Version, end, join(versionFinding(h.Version), finding))
			words = 1
		case words < 3 && end == p.pos:
			p.statusSpace(words)
		case words == 1:
			word := string(p.b[p.pos:end])
			h.Code = statusCode(word)
			p.putWord(StatusCode, end, codeFinding(h.Code))
			words = 2
		default:
			p.put(Reason, p.upToLineEnd(), "") // white space at its end belongs to it
			words = 3
		}
	}
	return false
}

// statusSpace takes the space after the version or after the code. An empty
// reason leaves its space behind (RFC 9112, 4).
func (p *parser) statusSpace(words int) {
	end := p.run(isSpace)
	finding := ""
	switch {
	case end-p.pos > 1:
		finding = "More than one space; one is due here (RFC 9112, 4)."
	case p.b[p.pos] != ' ':
		finding = "This is not a space; one space is due here (RFC 9112, 4)."
	case words == 1 && end < len(p.b) && !isWord(p.b[end]):
		finding = "The line ends before the status code (RFC 9112, 4)."
	}
	p.put(Space, end, finding)
}

func (h *Head) statusFinding(words int, spans []Span) string {
	switch {
	case words < 2:
		return "The line ends without a status code (RFC 9112, 4)."
	case words == 2 && spans[len(spans)-1].Kind == StatusCode:
		return "The space after the code is missing; it is due even when no reason follows (RFC 9112, 4)."
	}
	return ""
}

// maybeAnswer tells whether b begins with HTTP/, as far as it goes.
func maybeAnswer(b []byte) bool {
	const start = "HTTP/"
	n := min(len(b), len(start))
	return strings.EqualFold(string(b[:n]), start[:n])
}

// statusCode is the number of three digits, or 0.
func statusCode(word string) int {
	if len(word) != 3 || !isDigit(word[0]) || !isDigit(word[1]) || !isDigit(word[2]) {
		return 0
	}
	return int(word[0]-'0')*100 + int(word[1]-'0')*10 + int(word[2]-'0')
}

func codeFinding(code int) string {
	switch {
	case code == 0:
		return "A status code is three digits (RFC 9112, 4)."
	case code < 100 || code > 599:
		return "Status codes lie between 100 and 599 (RFC 9110, 15)."
	}
	return ""
}
