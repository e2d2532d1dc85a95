package exchange

import (
	"strconv"
	"strings"
)

// This reader finds its way through any answer that a beginner's server may
// send, so that one flaw does not hide the others. It is lenient where a client
// may be (RFC 9112, 2.2 and 4) and further: empty lines before the status line,
// LF alone, any version, any white space. What it forgives, the aspects judge.

// A framing says how the end of a message's content is known.
type framing int

const (
	byClose  framing = iota // until the server closes
	byLength                // Content-Length
	byChunks                // Transfer-Encoding: chunked
	noBody                  // a HEAD, 1xx, 204 or 304 answer has none
)

// A reading is what the lenient reader makes of an answer.
type reading struct {
	raw     []byte
	first   int // where the first status line begins, a 1xx answer's perhaps
	start   int // where the final answer's begins
	version string
	code    int // 0 if there is none
	codeAt  int // where it stands, or would
	lines   []headLine
	fields  []field
	bodyAt  int // where the content begins, -1 if the head never ends
	framing framing
	length  int    // byLength: the number of bytes promised
	body    []byte // content, transfer coding undone
	chunks  chunks // byChunks
	end     int    // where the message ends in raw
	whole   bool   // it has come to its end
}

// A headLine is one line of a head: text from at to textEnd, then a line end.
type headLine struct{ at, textEnd, end int }

// A field is one field line of a head. An empty name means that the line has no
// colon.
type field struct {
	name, value string
	at, valueAt int
}

// field returns the first field called name, in any case.
func (r *reading) field(name string) (field, bool) {
	for _, f := range r.fields {
		if strings.EqualFold(f.name, name) {
			return f, true
		}
	}
	return field{}, false
}

// rest is everything after a head that has ended, whatever the framing says.
func (r *reading) rest() []byte { return r.raw[r.bodyAt:] }

// readAnswer reads the first answer in b, with the 1xx answers before it.
// closed says that nothing follows b.
func readAnswer(b []byte, q asked, closed bool) *reading {
	r := readHead(b, 0)
	first := r.start
	for !q.interim && r.code >= 100 && r.code < 200 && r.bodyAt >= 0 {
		next := readHead(b, r.bodyAt)
		if next.start == len(b) && closed {
			break // an interim answer, and no other
		}
		r = next
	}
	r.first = first
	r.setFraming(q)
	r.setBody(closed)
	return r
}

// readHead reads a status line and the fields under it, from off on. What does
// not begin with HTTP has no head: all of it is content, up to the close.
func readHead(b []byte, off int) *reading {
	r := &reading{raw: b, start: len(b), codeAt: len(b), bodyAt: -1}
	for off < len(b) {
		n := lineLen(b[off:])
		if b[off+n-1] != '\n' && len(r.lines) == 0 && !mayBeStatus(b[off:]) {
			break
		}
		line := headLine{off, off + n, off + n}
		if b[off+n-1] == '\n' {
			line.textEnd--
			if n > 1 && b[line.textEnd-1] == '\r' {
				line.textEnd--
			}
		}
		off += n
		empty := line.textEnd == line.at
		switch {
		case empty && len(r.lines) == 0: // before the status line
			continue
		case len(r.lines) == 0:
			if !mayBeStatus(b[line.at:]) {
				r.start, r.bodyAt = line.at, line.at
				return r
			}
			r.setStatus(line)
		case empty:
			r.lines = append(r.lines, line)
			r.bodyAt = off
			return r
		default:
			r.setField(line)
		}
		r.lines = append(r.lines, line)
	}
	if len(r.lines) == 0 && off < len(b) {
		r.start, r.bodyAt = off, off
	}
	return r
}

// mayBeStatus says whether b begins like a status line, or is the beginning of
// one.
func mayBeStatus(b []byte) bool {
	n := min(len(b), len("HTTP"))
	return strings.EqualFold(string(b[:n]), "HTTP"[:n])
}

// setStatus reads the status line: a version, a code, and a phrase that no
// client needs.
func (r *reading) setStatus(line headLine) {
	r.start = line.at
	text := string(r.raw[line.at:line.textEnd])
	version, rest, _ := strings.Cut(strings.ReplaceAll(text, "\t", " "), " ")
	r.version = version
	r.codeAt = line.textEnd - len(strings.TrimLeft(rest, " "))
	word := leadingDigits(string(r.raw[r.codeAt:line.textEnd]))
	if len(word) == 3 {
		r.code, _ = strconv.Atoi(word)
	}
}

func leadingDigits(s string) string {
	return s[:len(s)-len(strings.TrimLeft(s, "0123456789"))]
}

// setField reads a field line. A line that begins with white space continues
// the value above it (obs-fold, RFC 9112, 5.2).
func (r *reading) setField(line headLine) {
	text := string(r.raw[line.at:line.textEnd])
	if strings.TrimLeft(text, " \t") != text && len(r.fields) > 0 {
		last := &r.fields[len(r.fields)-1]
		last.value = strings.TrimSpace(last.value + " " + strings.Trim(text, " \t"))
		return
	}
	name, value, ok := strings.Cut(text, ":")
	if !ok {
		r.fields = append(r.fields, field{value: text, at: line.at, valueAt: line.at})
		return
	}
	left := strings.TrimLeft(value, " \t")
	r.fields = append(r.fields, field{
		name:    strings.TrimRight(name, " \t"),
		value:   strings.TrimRight(left, " \t"),
		at:      line.at,
		valueAt: line.textEnd - len(left),
	})
}

// setFraming finds out how the content's end is known (RFC 9112, 6.3).
func (r *reading) setFraming(q asked) {
	coding, coded := r.field("Transfer-Encoding")
	length, counted := r.field("Content-Length")
	switch {
	case q.method == "HEAD", r.code >= 100 && r.code < 200, r.code == 204, r.code == 304:
		r.framing = noBody
	case coded && isChunked(coding.value):
		r.framing = byChunks
	case counted && r.setLength(length.value):
		r.framing = byLength
	}
}

// isChunked says whether chunked is the last of the transfer codings.
func isChunked(value string) bool {
	last := value[strings.LastIndexByte(value, ',')+1:]
	return strings.EqualFold(strings.TrimSpace(last), "chunked")
}

// setLength reads a Content-Length; what is not a number promises nothing.
func (r *reading) setLength(value string) bool {
	n, ok := parseLength(value)
	r.length = n
	return ok
}

// parseLength reads the value of a Content-Length. No answer here is longer
// than nine digits can say.
func parseLength(value string) (int, bool) {
	if value == "" || leadingDigits(value) != value {
		return 0, false
	}
	value = strings.TrimLeft(value, "0")
	if len(value) > 9 {
		return 1e9, true
	}
	n, _ := strconv.Atoi("0" + value)
	return n, true
}

// setBody takes the content, as far as it has come.
func (r *reading) setBody(closed bool) {
	r.end = len(r.raw)
	if r.bodyAt < 0 {
		r.whole = closed
		return
	}
	rest := r.raw[r.bodyAt:]
	switch r.framing {
	case noBody:
		r.end, r.whole = r.bodyAt, true
	case byLength:
		r.whole = len(rest) >= r.length
		r.body = rest[:min(r.length, len(rest))]
		r.end = r.bodyAt + len(r.body)
	case byChunks:
		r.chunks = readChunks(rest)
		r.body, r.end, r.whole = r.chunks.body, r.bodyAt+r.chunks.n, r.chunks.done
		if r.chunks.broken { // no chunked coding after all
			r.body, r.end, r.whole = rest, len(r.raw), closed
		}
	default:
		r.body, r.whole = rest, closed
	}
}
