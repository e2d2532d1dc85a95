package wirepane

import (
	"fmt"
	"slices"
	"strings"

	"example/wirebook/internal/visible"
	"example/wirebook/internal/wire/message"
	"example/wirebook/tui/cells"
)

// A hexView draws the messages of a connection sixteen bytes a row, or eight
// where the pane is narrow. Rows are made when they come into sight: a body of
// a megabyte is 65,536 of them.
type hexView struct {
	msgs   []message.Message
	per    int
	starts []int // row of each message's head
	rows   int
}

func newHexView(t *connView, width int) *hexView {
	v := &hexView{msgs: t.conn.Messages(), per: 16}
	if width < 6+16*4+2 {
		v.per = 8
	}
	if width < 6+8*4+2 {
		v.per = 4
	}
	for _, m := range v.msgs {
		v.starts = append(v.starts, v.rows)
		v.rows += 2 + (m.Len+v.per-1)/v.per // head, bytes, an empty row
	}
	return v
}

func (v *hexView) len() int { return v.rows }

// rowOf is the row of a span's first byte.
func (v *hexView) rowOf(r spanRef) int {
	m := v.msgs[r.msg]
	return v.starts[r.msg] + 1 + (m.Spans[r.span].Off-m.Off)/v.per
}

func (v *hexView) at(n int) cells.Row {
	i, found := slices.BinarySearch(v.starts, n)
	if found {
		m := v.msgs[i]
		size := cells.Run{Text: "   " + visible.Count(m.Len, "byte"), Tone: cells.Dim}
		return append(append(messageName(m), size), missing(m)...)
	}
	i--
	m := v.msgs[i]
	b := m.Bytes()
	from := (n - v.starts[i] - 1) * v.per
	if from >= len(b) {
		return nil
	}
	line := b[from:min(from+v.per, len(b))]
	out := cells.Row{{Text: fmt.Sprintf("%05x ", from), Tone: cells.Dim}}
	var chars cells.Row
	for k, c := range line {
		s := v.spanAt(m, m.Off+from+k)
		t, ref := cells.Plain, 0
		if s >= 0 {
			t, ref = spanTone(m.Spans[s].Kind, m.Spans[s].Finding != ""), spanRef{i, s}.number()
		}
		gap := " "
		if k == v.per/2 && v.per == 16 {
			gap = "  "
		}
		out = append(out, cells.Run{Text: gap}, cells.Run{Text: fmt.Sprintf("%02x", c), Tone: t, Ref: ref})
		glyph := glyphs[c]
		if c >= 0x80 {
			glyph = "·"
		}
		chars = append(chars, cells.Run{Text: glyph, Tone: t, Ref: ref})
	}
	missing := (v.per - len(line)) * 3
	if v.per == 16 && len(line) <= v.per/2 {
		missing++ // the gap in the middle
	}
	out = append(out, cells.Run{Text: strings.Repeat(" ", missing+2)})
	return append(out, chars...)
}

// spanAt is the index of the span that covers a byte, or -1.
func (v *hexView) spanAt(m message.Message, off int) int {
	i, found := slices.BinarySearchFunc(m.Spans, off, func(s message.Span, off int) int { return s.Off - off })
	if !found {
		i--
	}
	for i >= 0 && m.Spans[i].Len == 0 {
		i--
	}
	if i < 0 || off >= m.Spans[i].Off+m.Spans[i].Len {
		return -1
	}
	return i
}
