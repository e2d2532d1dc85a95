package lessons

import (
	"bytes"
	"slices"

	"example/wirebook/internal/visible"
	"example/wirebook/internal/wire/message"
)

// How much of a message a lesson shows; what is left out is counted.
const (
	maxBodyLines = 6
	allBodyLines = 40 // of a block that asks for the whole
	maxHeadLines = 24
	maxLineBytes = 160
)

// A stretch is a run of bytes that are all head, or all content of one message.
type stretch struct {
	bytes   []byte
	content bool
	media   string // of content: " of image/jpeg"
	runs    []run  // of the bytes
}

// stretches cuts bytes where head and content meet. They begin at an offset in
// what their side says in all.
func stretches(b []byte, offset int, dir message.Dir, said []message.Message) []stretch {
	var all []stretch
	end := offset + len(b)
	for _, m := range said {
		if m.Dir != dir {
			continue
		}
		for _, s := range m.Spans {
			from, to := max(s.Off, offset), min(s.Off+s.Len, end)
			if from >= to {
				continue
			}
			role := spanRole(s.Kind, m.Dir)
			content := role == BodyBytes
			if len(all) == 0 || all[len(all)-1].content != content {
				all = append(all, stretch{bytes: b[from-offset:][:0], content: content})
			}
			last := &all[len(all)-1]
			last.bytes = last.bytes[:len(last.bytes)+to-from]
			last.runs = append(last.runs, run{end: len(last.bytes), role: role})
			if media, ok := m.Field("content-type"); ok && content {
				last.media = " of " + visible.Bytes([]byte(media))
			}
		}
	}
	return all
}

// spanRoles are those of a head; a kind that is not named is an error on the
// page's part, or content.
var spanRoles = map[message.SpanKind]Role{
	message.Stray:        LineEnd,
	message.Method:       Method,
	message.Space:        Body,
	message.Target:       Target,
	message.Version:      VersionText,
	message.StatusCode:   StatusCode,
	message.Reason:       ReasonText,
	message.Surplus:      Body,
	message.LineEnd:      LineEnd,
	message.LoneCR:       LineEnd,
	message.FieldName:    FieldName,
	message.Colon:        Body,
	message.FieldSpace:   Body,
	message.FieldValue:   FieldValue,
	message.EmptyLine:    LineEnd,
	message.ChunkSize:    FieldValue,
	message.ChunkExt:     Body,
	message.ChunkEnd:     LineEnd,
	message.TrailerName:  FieldName,
	message.TrailerValue: FieldValue,
}

// spanRole is the role of a span's bytes. What a server sends without a head is
// content; what a client sends that is no request is shown line by line.
func spanRole(k message.SpanKind, dir message.Dir) Role {
	if role, ok := spanRoles[k]; ok {
		return role
	}
	if k == message.NotHTTP && dir == message.ToServer {
		return Body
	}
	return BodyBytes
}

// messageRows shows what was said: the head line by line with its line ends,
// the first lines of a content that is text, the size of one that is not.
func (e event) messageRows(width int) []row {
	var rows []row
	for _, s := range e.parts {
		if s.content {
			rows = append(rows, s.contentRows(e.whole, width)...)
		} else {
			rows = append(rows, s.headRows(width)...)
		}
	}
	return rows
}

// headRows shows lines with their ends.
func (s stretch) headRows(width int) []row {
	var rows []row
	b := s.bytes
	for at, shown := 0, 0; at < len(b); shown++ {
		if shown == maxHeadLines {
			return append(rows, prose(more(len(b)-at), PauseText, width)...)
		}
		line, end := cutLine(b[at:])
		keep := min(len(line), maxLineBytes)
		r := s.paint(at, at+keep)
		if keep < len(line) {
			rows = append(rows, wrapRow(r, width)...)
			r = row{{Text: more(len(line)-keep) + " in this line", Role: PauseText}}
		}
		r = append(r, byteSpans(b[at+len(line):at+len(line)+end], LineEnd)...)
		rows = append(rows, wrapRow(r, width)...)
		at += len(line) + end
	}
	return rows
}

// paint gives each byte from one place to another the role of its run.
func (s stretch) paint(from, to int) row {
	var r row
	for _, run := range s.runs {
		if end := min(run.end, to); end > from {
			r = append(r, byteSpans(s.bytes[from:end], run.role)...)
			from = end
		}
	}
	return r
}

// contentRows shows the first lines of a text. The line feeds between them are
// not marked: in a content they are bytes like any other. The last line shows
// how it ends.
func (s stretch) contentRows(whole bool, width int) []row {
	b := s.bytes
	if !visible.IsText(b) {
		return prose("… "+size(len(b))+s.media, PauseText, width)
	}
	lines := maxBodyLines
	if whole {
		lines = allBodyLines
	}
	var rows []row
	for at, shown := 0, 0; at < len(b); shown++ {
		if shown == lines {
			return append(rows, prose(more(len(b)-at), PauseText, width)...)
		}
		line, _, _ := bytes.Cut(b[at:], []byte("\n"))
		keep := min(len(line), maxLineBytes)
		rows = append(rows, wrapRow(byteSpans(line[:keep], BodyBytes), width)...)
		if keep < len(line) {
			rows = append(rows, prose(more(len(line)-keep)+" in this line", PauseText, width)...)
		}
		at += len(line) + 1
	}
	return rows
}

// byteSpans makes spans of bytes in one role: printable ASCII as it is, all else
// through visible.Bytes, so that nothing reaches a terminal as a command.
func byteSpans(b []byte, role Role) row {
	var r row
	for len(b) > 0 {
		control := b[0] < ' ' || b[0] > '~'
		n := slices.IndexFunc(b, func(c byte) bool { return (c < ' ' || c > '~') != control })
		if n < 0 {
			n = len(b)
		}
		shown := role
		if control && role != LineEnd {
			shown = ControlByte
		}
		r = append(r, Span{Text: visible.Bytes(b[:n]), Role: shown})
		b = b[n:]
	}
	return r
}

// cutLine returns the first line of b and the length of its end: CR LF, LF
// alone, or none.
func cutLine(b []byte) (line []byte, end int) {
	i := bytes.IndexByte(b, '\n')
	switch {
	case i < 0:
		return b, 0
	case i > 0 && b[i-1] == '\r':
		return b[:i-1], 2
	}
	return b[:i], 1
}

// more says how much is left out.
func more(n int) string {
	if n == 1 {
		return "… 1 more byte"
	}
	return "… " + visible.Thousands(n) + " more bytes"
}

func size(n int) string { return visible.Count(n, "byte") }
