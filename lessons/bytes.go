package lessons

import (
	"bytes"
	"slices"
	"strings"

	"example/wirebook/internal/visible"
)

// How much of a message a lesson shows; what is left out is counted.
const (
	maxBodyLines = 6
	allBodyLines = 40 // of a block that asks for the whole
	maxHeadLines = 24
	maxLineBytes = 160
)

// messageRows shows what was said: the head line by line with its line ends,
// the first lines of a content that is text, the size of one that is not.
func (s event) messageRows(width int) []row {
	var rows []row
	from := 0
	for from < len(s.bytes) {
		stop, content := stretch(s.parts, s.offset+from)
		to := min(stop-s.offset, len(s.bytes))
		if content {
			rows = append(rows, s.contentRows(s.bytes[from:to], width)...)
		} else {
			rows = append(rows, headRows(s.bytes[from:to], s.offset+from, s.parts, width)...)
		}
		from = to
	}
	return rows
}

// stretch finds how far head, or content, goes on from an offset.
func stretch(parts []part, offset int) (end int, content bool) {
	i := slices.IndexFunc(parts, func(p part) bool { return p.end > offset })
	content = parts[i].role == BodyBytes
	for ; i < len(parts) && (parts[i].role == BodyBytes) == content; i++ {
		end = parts[i].end
	}
	return end, content
}

// headRows shows lines with their ends.
func headRows(b []byte, offset int, parts []part, width int) []row {
	var rows []row
	for at, shown := 0, 0; at < len(b); shown++ {
		if shown == maxHeadLines {
			return append(rows, prose(more(len(b)-at), PauseText, width)...)
		}
		line, end := cutLine(b[at:])
		keep := min(len(line), maxLineBytes)
		r := paint(b[at:at+keep], offset+at, parts)
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

// paint gives each byte the role of its part.
func paint(b []byte, offset int, parts []part) row {
	var r row
	from := 0
	for _, p := range parts {
		if to := min(p.end-offset, len(b)); to > from {
			r = append(r, byteSpans(b[from:to], p.role)...)
			from = to
		}
	}
	return r
}

// contentRows shows the first lines of a text. The line feeds between them are
// not marked: in a content they are bytes like any other. The last line shows
// how it ends.
func (s event) contentRows(b []byte, width int) []row {
	if !visible.IsText(b) {
		return prose("… "+size(len(b))+s.media, PauseText, width)
	}
	lines := maxBodyLines
	if s.whole {
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
		switch {
		case !control:
			r = append(r, Span{Text: string(b[:n]), Role: role})
		case role == LineEnd:
			r = append(r, Span{Text: visible.Bytes(b[:n]), Role: LineEnd})
		default:
			r = append(r, Span{Text: visible.Bytes(b[:n]), Role: ControlByte})
		}
		b = b[n:]
	}
	return r
}

// mediaType is " of image/jpeg", read from a message's head, or nothing.
func mediaType(message []byte) string {
	for line := range bytes.Lines(message) {
		name, value, ok := bytes.Cut(line, []byte(":"))
		if ok && strings.EqualFold(string(name), "Content-Type") {
			return " of " + visible.Bytes(bytes.TrimSpace(value))
		}
	}
	return ""
}

// more says how much is left out.
func more(n int) string {
	if n == 1 {
		return "… 1 more byte"
	}
	return "… " + visible.Thousands(n) + " more bytes"
}

func size(n int) string {
	return visible.Count(n, "byte")
}
