package message

import (
	"bytes"
	"fmt"
	"strings"
)

// A Head is what a start line and its fields say.
type Head struct {
	Method, Target, Version string // of a request; Version of an answer too
	Code                    int    // of an answer, 0 if it is not three digits
	Framing                 Framing
	Foreign                 bool // not HTTP/1 at all

	fields    []field
	lineOver  bool  // the start line is over
	chunkLeft int64 // data bytes of the last chunk still to come
	simple    bool  // of a response: the request had no version, as in HTTP/0.9

	// seen is where the first field of each name stands that framing asks
	// about: a head of a hundred thousand fields must not be searched at each.
	seen map[string]int
}

// add begins a field and remembers where the first of the important ones is.
func (h *Head) add(name string) {
	switch name {
	case "host", "content-length", "transfer-encoding":
		if h.seen == nil {
			h.seen = make(map[string]int)
		}
		if _, ok := h.seen[name]; !ok {
			h.seen[name] = len(h.fields)
		}
	}
	h.fields = append(h.fields, field{name: name})
}

// A field has its name in lower case.
type field struct{ name, value string }

// Field is the first value of a field, and whether there is one. The name is in
// lower case.
func (h *Head) Field(name string) (string, bool) {
	for _, f := range h.fields {
		if f.name == name {
			return f.value, true
		}
	}
	return "", false
}

// all is every value of a field, as one list.
func (h *Head) all(name string) []string {
	var list []string
	for _, f := range h.fields {
		if f.name == name {
			list = append(list, f.value)
		}
	}
	return list
}

// fieldLines takes lines until the empty line, which it takes too, and reports
// whether it came to that. names and values are the kinds of span to use: a
// trailer's differ from a header's. check is asked what is wrong with the
// newest field.
func (p *parser) fieldLines(h *Head, names, values SpanKind, check func() string) bool {
	for !p.out() {
		if p.atLineEnd() {
			if p.lineEnd(EmptyLine, p.headFinding(h, names)) {
				return true
			}
			continue
		}
		if !p.fieldLine(h, names, values, check) {
			return false
		}
	}
	return false
}

// headFinding is what the empty line after a whole head is the place to say.
func (p *parser) headFinding(h *Head, names SpanKind) string {
	if names != FieldName || p.dir != ToServer {
		return ""
	}
	if _, coded := h.seen["transfer-encoding"]; coded {
		if rule, _ := h.framing(ToServer, ""); rule == Unknown {
			return "The last coding of a request is chunked; without it the end of the content cannot be known (RFC 9112, 6.3)."
		}
	}
	if _, ok := h.seen["host"]; !ok && h.Version == "HTTP/1.1" {
		return "The head ends without a Host field; an HTTP/1.1 request has one (RFC 9112, 3.2)."
	}
	return ""
}

// fieldLine takes one line and reports whether it is over.
func (p *parser) fieldLine(h *Head, names, values SpanKind, check func() string) bool {
	if isBlank(p.b[p.pos]) {
		finding := "The line begins with white space: it goes on with the field before; servers refuse that, or join the lines (RFC 9112, 5.2)."
		if len(h.fields) == 0 {
			finding = "White space before the first field; a strict reader refuses the message (RFC 9112, 2.2)."
		}
		p.put(FieldSpace, p.run(isBlank), finding)
		return p.fieldValue(h, values, check)
	}
	for !p.out() {
		if p.atLineEnd() {
			if p.lineEnd(LineEnd, "") {
				return true
			}
			continue
		}
		name, whole := p.fieldName(names)
		if !whole {
			continue
		}
		h.add(name)
		finding := ""
		if name == "" {
			finding = "There is no field name before this colon (RFC 9112, 5)."
		}
		p.put(Colon, p.pos+1, finding)
		p.put(FieldSpace, p.run(isBlank), "")
		return p.fieldValue(h, values, check)
	}
	return false
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

// fieldValue takes the rest of a line and reports whether the line is over.
// The value goes to the last field: a folded line continues it.
func (p *parser) fieldValue(h *Head, kind SpanKind, check func() string) bool {
	for !p.out() {
		if p.atLineEnd() {
			if p.lineEnd(LineEnd, "") {
				return true
			}
			continue
		}
		end := p.upToLineEnd()
		value := p.b[p.pos:end]
		if end < len(p.b) { // white space belongs to the value while it goes on
			value = bytes.TrimRight(value, " \t")
		}
		finding := valueFinding(value)
		if n := len(h.fields); n > 0 && len(value) > 0 {
			f := &h.fields[n-1]
			f.value = strings.TrimSpace(f.value + " " + string(value))
			if finding == "" && end < len(p.b) && check != nil {
				finding = check()
			}
		}
		p.put(kind, p.pos+len(value), finding)
		p.put(FieldSpace, end, "")
	}
	return false
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
