package message

import (
	"bytes"
	"fmt"
	"strings"
)

// fieldLine takes a line of a head or of the trailers, and reports whether it
// was the empty line that ends them. names and values are the kinds of span to
// use.
func (r *reader) fieldLine(names, values SpanKind) (over bool) {
	for !r.out() {
		if !r.atLineEnd() {
			r.field(names, values)
		} else if r.lineEnd(EmptyLine, r.headFinding()) {
			return true
		}
	}
	return false
}

// headFinding is what the empty line after a whole head is the place to say.
func (r *reader) headFinding() string {
	if r.state != inFields || r.dir != ToServer {
		return ""
	}
	if len(r.fields.codings) > 0 && !IsChunked(r.fields.codings...) {
		return "The last coding of a request is chunked; without it the end of the content cannot be known (RFC 9112, 6.3)."
	}
	if r.fields.hosts == 0 && r.cur.Head.Version == "HTTP/1.1" {
		return "The head ends without a Host field; an HTTP/1.1 request has one (RFC 9112, 3.2)."
	}
	return ""
}

// field takes a line that is not empty.
func (r *reader) field(names, values SpanKind) {
	if isBlank(r.b[r.pos]) {
		finding := "The line begins with white space: it goes on with the field before; servers refuse that, or join the lines (RFC 9112, 5.2)."
		if r.fields.count == 0 {
			finding = "White space before the first field; a strict reader refuses the message (RFC 9112, 2.2)."
		}
		r.put(FieldSpace, r.run(isBlank), finding)
		r.fieldValue(values)
		return
	}
	for !r.out() {
		if r.atLineEnd() {
			r.lineEnd(LineEnd, "")
			continue
		}
		name, whole := r.fieldName(names)
		if !whole {
			continue
		}
		r.fields.add(name)
		finding := ""
		if name == "" {
			finding = "There is no field name before this colon (RFC 9112, 5)."
		}
		r.put(Colon, r.pos+1, finding)
		r.put(FieldSpace, r.run(isBlank), "")
		r.fieldValue(values)
	}
}

// fieldName takes what stands before a colon, and white space behind it. It
// reports whether it came to the colon.
func (p *parser) fieldName(kind SpanKind) (string, bool) {
	line := p.b[p.pos:p.upToLineEnd()]
	colon := bytes.IndexByte(line, ':')
	if colon < 0 {
		finding := ""
		if p.pos+len(line) < len(p.b) {
			finding = "There is no colon in this line; a field is a name, a colon and a value (RFC 9112, 5)."
		}
		p.put(kind, p.pos+len(line), finding)
		return "", false
	}
	name := bytes.TrimRight(line[:colon], " \t")
	finding := ""
	if c, bad := notToken(name); bad {
		finding = fmt.Sprintf("The character %s cannot stand in a field name (RFC 9110, 5.1).", quote(c))
	}
	end := p.pos + colon
	p.put(kind, p.pos+len(name), finding)
	p.put(FieldSpace, end, "White space before the colon; a server must refuse this request, for readers disagree on it (RFC 9112, 5.1).")
	return strings.ToLower(string(name)), true
}

// fieldValue takes the rest of a line.
func (r *reader) fieldValue(kind SpanKind) {
	for !r.out() {
		if r.atLineEnd() {
			r.lineEnd(LineEnd, "")
			continue
		}
		end := r.upToLineEnd()
		value := r.b[r.pos:end]
		if end < len(r.b) { // white space belongs to the value while it goes on
			value = bytes.TrimRight(value, " \t")
		}
		finding := valueFinding(value)
		if len(value) > 0 {
			r.fields.extend(value)
			if finding == "" && end < len(r.b) && kind == FieldValue {
				finding = r.fields.finding(r.cur.Head.Version)
			}
		}
		r.put(kind, r.pos+len(value), finding)
		r.put(FieldSpace, end, "")
	}
}

// valueFinding looks for bytes that no value may hold.
func valueFinding(value []byte) string {
	for _, c := range value {
		switch {
		case c == 0:
			return "A NUL byte; a value that holds one is refused (RFC 9110, 5.5)."
		case c < ' ' && c != '\t' || c == 0x7f:
			return fmt.Sprintf("The control byte %s cannot stand in a field value (RFC 9110, 5.5).", quote(c))
		}
	}
	return ""
}
