// Package response reads HTTP responses as a forgiving client does: it finds
// its way through whatever a beginner's server may send, so that one flaw does
// not hide the others. It is lenient where a client may be (RFC 9112, 2.2 and
// 4) and further: empty lines before the status line, LF alone, any version,
// any white space. It judges nothing; package judge does. How long the content
// is, and what its chunks are, package message says.
package response

import (
	"bytes"
	"strconv"
	"strings"

	"example/wirebook/internal/wire/message"
)

// A Message is one response as it was read. Its places are offsets in Raw.
type Message struct {
	Raw     []byte
	First   int // where the first status line begins, a 1xx response's perhaps
	Start   int // where the final response's begins
	Version string
	Code    int    // 0 if there is none
	CodeAt  int    // where it stands, or would
	Lines   []Line // of the head; the last is empty if BodyAt is not -1
	Fields  []Field
	BodyAt  int // where the content begins, -1 if the head never ends
	Framing message.Framing
	Length  int    // ByLength: the number of bytes promised
	Body    []byte // content, transfer coding undone
	Chunks  Chunks // ByChunks
	End     int    // where the message ends
	Whole   bool   // it has come to its end
}

// A Line is one line of a head: text from At to TextEnd, then a line end.
type Line struct{ At, TextEnd, End int }

// A Field is one field line of a head. An empty name means that the line has no
// colon.
type Field struct {
	Name, Value string
	At, ValueAt int
}

// Field returns the first field called name, in any case.
func (r *Message) Field(name string) (Field, bool) {
	for _, f := range r.Fields {
		if strings.EqualFold(f.Name, name) {
			return f, true
		}
	}
	return Field{}, false
}

// Rest is everything after a head that has ended, whatever the framing says.
func (r *Message) Rest() []byte { return r.Raw[r.BodyAt:] }

// Read reads the first response in b, with the 1xx responses before it. closed
// says that nothing follows b.
func Read(b []byte, q Request, closed bool) *Message {
	r := readHead(b, 0)
	first := r.Start
	for !q.Interim && r.Code >= 100 && r.Code < 200 && r.BodyAt >= 0 {
		next := readHead(b, r.BodyAt)
		if next.Start == len(b) && closed {
			break // an interim response, and no other
		}
		r = next
	}
	r.First = first
	r.setFraming(q)
	r.setBody(closed)
	return r
}

// Len is the length of the response that b begins with, -1 while it has not
// all come.
func Len(b []byte, q Request) int {
	if r := Read(b, q, false); r.Whole {
		return r.End
	}
	return -1
}

// readHead reads a status line and the fields under it, from off on. What does
// not begin with HTTP has no head: all of it is content, up to the close.
func readHead(b []byte, off int) *Message {
	r := &Message{Raw: b, Start: len(b), CodeAt: len(b), BodyAt: -1}
	for off < len(b) {
		n := lineLen(b[off:])
		if b[off+n-1] != '\n' && len(r.Lines) == 0 && !MayBegin(b[off:]) {
			break
		}
		line := Line{off, off + n, off + n}
		if b[off+n-1] == '\n' {
			line.TextEnd--
			if n > 1 && b[line.TextEnd-1] == '\r' {
				line.TextEnd--
			}
		}
		off += n
		empty := line.TextEnd == line.At
		switch {
		case empty && len(r.Lines) == 0: // before the status line
			continue
		case len(r.Lines) == 0:
			if !MayBegin(b[line.At:]) {
				r.Start, r.BodyAt = line.At, line.At
				return r
			}
			r.setStatus(line)
		case empty:
			r.Lines = append(r.Lines, line)
			r.BodyAt = off
			return r
		default:
			r.setField(line)
		}
		r.Lines = append(r.Lines, line)
	}
	if len(r.Lines) == 0 && off < len(b) {
		r.Start, r.BodyAt = off, off
	}
	return r
}

// MayBegin says whether b begins like a status line, or is the beginning of
// one.
func MayBegin(b []byte) bool {
	n := min(len(b), len("HTTP"))
	return strings.EqualFold(string(b[:n]), "HTTP"[:n])
}

// setStatus reads the status line: a version, a code, and a phrase that no
// client needs.
func (r *Message) setStatus(line Line) {
	r.Start = line.At
	text := string(r.Raw[line.At:line.TextEnd])
	version, rest, _ := strings.Cut(strings.ReplaceAll(text, "\t", " "), " ")
	r.Version = version
	r.CodeAt = line.TextEnd - len(strings.TrimLeft(rest, " "))
	word := leadingDigits(string(r.Raw[r.CodeAt:line.TextEnd]))
	if len(word) == 3 {
		r.Code, _ = strconv.Atoi(word)
	}
}

func leadingDigits(s string) string {
	return s[:len(s)-len(strings.TrimLeft(s, "0123456789"))]
}

// setField reads a field line. A line that begins with white space continues
// the value above it (obs-fold, RFC 9112, 5.2).
func (r *Message) setField(line Line) {
	text := string(r.Raw[line.At:line.TextEnd])
	if strings.TrimLeft(text, " \t") != text && len(r.Fields) > 0 {
		last := &r.Fields[len(r.Fields)-1]
		last.Value = strings.TrimSpace(last.Value + " " + strings.Trim(text, " \t"))
		return
	}
	name, value, ok := strings.Cut(text, ":")
	if !ok {
		r.Fields = append(r.Fields, Field{Value: text, At: line.At, ValueAt: line.At})
		return
	}
	left := strings.TrimLeft(value, " \t")
	r.Fields = append(r.Fields, Field{
		Name:    strings.TrimRight(name, " \t"),
		Value:   strings.TrimRight(left, " \t"),
		At:      line.At,
		ValueAt: line.TextEnd - len(left),
	})
}

// setFraming finds out how the content's end is known.
func (r *Message) setFraming(q Request) {
	var codings, lengths []string
	for _, f := range r.Fields {
		switch strings.ToLower(f.Name) {
		case "transfer-encoding":
			codings = append(codings, f.Value)
		case "content-length":
			lengths = append(lengths, f.Value)
		}
	}
	framing, n := message.ContentFraming(message.ToClient, q.Method, r.Code, codings, lengths)
	if framing == message.NoMessages { // 101: what follows is no content of this one
		framing = message.NoContent
	}
	r.Framing, r.Length = framing, int(min(n, maxLength))
}

// maxLength stands for each length above it: no response here is that long, and
// an int of 32 bits holds it.
const maxLength = 1e9

// ParseLength reads the value of a Content-Length, up to maxLength.
func ParseLength(value string) (int, bool) {
	if value == "" || leadingDigits(value) != value {
		return 0, false
	}
	value = strings.TrimLeft(value, "0")
	if len(value) > 9 {
		return maxLength, true
	}
	n, _ := strconv.Atoi("0" + value)
	return n, true
}

// setBody takes the content, as far as it has come.
func (r *Message) setBody(closed bool) {
	r.End = len(r.Raw)
	if r.BodyAt < 0 {
		r.Whole = closed
		return
	}
	rest := r.Raw[r.BodyAt:]
	switch r.Framing {
	case message.NoContent:
		r.End, r.Whole = r.BodyAt, true
	case message.ByLength:
		r.Whole = len(rest) >= r.Length
		r.Body = rest[:min(r.Length, len(rest))]
		r.End = r.BodyAt + len(r.Body)
	case message.ByChunks:
		r.Chunks = readChunks(rest)
		r.Body, r.End, r.Whole = r.Chunks.body, r.BodyAt+r.Chunks.n, r.Chunks.Done
		if r.Chunks.broken { // no chunked coding after all
			r.Body, r.End, r.Whole = rest, len(r.Raw), closed
		}
	default:
		r.Body, r.Whole = rest, closed
	}
}

// lineLen is the length of the first line of b with its line feed.
func lineLen(b []byte) int {
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		return i + 1
	}
	return len(b)
}
