package wirepane

import (
	"bytes"

	"example/wirebook/internal/visible"
	"example/wirebook/internal/wire/message"
	"example/wirebook/tui/cells"
)

// What the text view draws of long lines and long content: their beginning and
// their end, so that what comes after them stays in sight.
const (
	longLine = 6  // rows; of a longer line stay
	lineHead = 3  // rows, and the last one
	longBody = 40 // lines; of a longer content stay
	bodyHead = 32 // lines
	bodyTail = 4  // and these at its end
)

// A gap is a part of a message that the text view leaves out and counts.
type gap struct{ from, to int }

// gaps lists what is left out of the first cut bytes of a message, for rows of
// so many bytes. Where the last gap would reach what is not drawn anyway, there
// is a smaller cut instead: one count for both.
func gaps(m message.Message, b []byte, cut, width int) ([]gap, int) {
	lines := lineStarts(b[:cut]) // and where the last one ends
	first := bodyLine(m, lines)
	folded := gap{cut, cut}
	if n := len(lines) - 1; n-first > longBody {
		folded = gap{lines[first+bodyHead], lines[n-bodyTail]}
		if cut < len(b) {
			folded.to = cut
		}
	}
	var list []gap
	for i, from := range lines[:len(lines)-1] {
		to := lines[i+1]
		switch {
		case from == folded.from && folded.from < folded.to:
			list = append(list, folded)
		case from > folded.from && from < folded.to:
		case to-from > longLine*width && to == cut && cut < len(b):
			list = append(list, gap{from + lineHead*width, cut})
		case to-from > longLine*width:
			list = append(list, gap{from + lineHead*width, to - width})
		}
	}
	if n := len(list); n > 0 && cut < len(b) && list[n-1].to == cut {
		return list[:n-1], list[n-1].from
	}
	return list, cut
}

// lineStarts lists where lines begin, and after them the end.
func lineStarts(b []byte) []int {
	starts := []int{0}
	for at := 0; at < len(b); {
		n := bytes.IndexByte(b[at:], '\n')
		if n < 0 {
			n = len(b) - at - 1
		}
		at += n + 1
		starts = append(starts, at)
	}
	return starts
}

// bodyLine is the first line of a message's content, or one past all lines.
func bodyLine(m message.Message, lines []int) int {
	for _, s := range m.Spans {
		if s.Kind != message.Content {
			continue
		}
		for i, at := range lines {
			if at >= s.Off-m.Off {
				return i
			}
		}
	}
	return len(lines) - 1
}

// piece draws a piece of a span without what is left out.
func (v *textView) piece(b []byte, lo, hi int, t cells.Tone, ref int) {
	for lo < hi {
		for len(v.gaps) > 0 && v.gaps[0].to <= lo {
			v.gaps = v.gaps[1:]
		}
		to := hi
		if len(v.gaps) > 0 {
			g := &v.gaps[0]
			if g.from <= lo {
				v.leftOut(g)
				lo = min(hi, g.to)
				continue
			}
			to = min(hi, g.from)
		}
		v.w.span(b, lo, to, t, ref)
		lo = to
	}
}

// leftOut says once how much a gap holds.
func (v *textView) leftOut(g *gap) {
	if v.told == *g {
		return
	}
	v.told = *g
	v.w.flush()
	v.w.rows = append(v.w.rows, more(g.to-g.from))
}

// more counts bytes that are not drawn.
func more(n int) cells.Row {
	return cells.Indent(cells.Text(cells.Dim, "… "+visible.Count(n, "byte")+" more; x shows all"), gutter)
}
