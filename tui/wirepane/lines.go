package wirepane

import (
	"bytes"
	"example/wirebook/tui/cells"
	"strings"
)

// A lineWriter breaks bytes into rows: after a line feed and at the edge.
type lineWriter struct {
	width int
	rows  []cells.Row
	now   cells.Row
	used  int
	lead  string
}

// start begins an arrival.
func (w *lineWriter) start(lead string) {
	w.flush()
	w.lead = lead
}

func (w *lineWriter) flush() {
	if len(w.now) > 0 {
		w.rows = append(w.rows, w.now)
	}
	w.now, w.used = nil, 0
}

func (w *lineWriter) span(b []byte, from, to int, t cells.Tone, ref int) {
	for i := from; i < to; i++ {
		glyph, own := glyphs[b[i]], t
		switch c := b[i]; {
		case c == ' ':
			if blankAt(b, i) {
				glyph, own = "␠", cells.LineEnd
			}
		case c == '\r' || c == '\n':
			own = cells.LineEnd
		case c < ' ' || c >= 0x7f:
			own = cells.Control
		}
		n := 1
		if c := b[i]; c >= 0x80 {
			n = len([]rune(glyph))
		}
		if w.used+n > w.width && w.used > 0 {
			w.flush()
		}
		w.put(glyph, own, ref)
		w.used += n
		if b[i] == '\n' {
			w.flush()
		}
	}
}

// put appends a glyph, to the last run where tone and span are the same.
func (w *lineWriter) put(glyph string, t cells.Tone, ref int) {
	if len(w.now) == 0 {
		lead := w.lead
		if lead == "" {
			lead = strings.Repeat(" ", gutter)
		}
		w.now, w.lead = cells.Row{{Text: lead, Tone: cells.Dim}}, ""
	}
	if last := &w.now[len(w.now)-1]; last.Ref == ref && last.Tone == t {
		last.Text += glyph
		return
	}
	w.now = append(w.now, cells.Run{Text: glyph, Tone: t, Ref: ref})
}

// blankAt says whether a space would be overlooked: at the beginning or the end
// of a line, or beside another one. All others show as the gap they are.
func blankAt(b []byte, i int) bool {
	return i == 0 || i == len(b)-1 || bytes.IndexByte([]byte(" \r\n\t"), b[i-1]) >= 0 ||
		bytes.IndexByte([]byte(" \r\n\t"), b[i+1]) >= 0
}
