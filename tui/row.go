package tui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// A run is text in one tone. The screen is made of runs until the very end,
// when the theme paints them: tests compare text, and no colour can leak.
type run struct {
	text string
	tone tone
	ref  int // wire pane: the span that it shows, from 1; 0 for none
}

// A row is one line of the screen, or of a pane.
type row []run

// say is a row in one tone.
func say(t tone, text string) row { return row{{text: text, tone: t}} }

func (r row) plain() string {
	var b strings.Builder
	for _, x := range r {
		b.WriteString(x.text)
	}
	return b.String()
}

func (r row) width() int {
	w := 0
	for _, x := range r {
		w += ansi.StringWidth(x.text)
	}
	return w
}

// clean is a row whose texts may go to the terminal, and whose width is true.
func clean(r row) row {
	out := make(row, len(r))
	for i, x := range r {
		x.text = safe(x.text)
		out[i] = x
	}
	return out
}

// fit makes a row exactly w cells wide: a longer one ends in "…".
func fit(r row, w int) row {
	r = clean(r)
	out := make(row, 0, len(r)+1)
	left := w
	for i, x := range r {
		n := ansi.StringWidth(x.text)
		last := i == len(r)-1
		if n > left || (n == left && !last && r[i+1:].width() > 0) {
			x.text = ansi.Truncate(x.text+"  ", left, "…")
			out = append(out, x)
			left -= ansi.StringWidth(x.text)
			break
		}
		left -= n
		out = append(out, x)
	}
	if left > 0 {
		out = append(out, run{text: strings.Repeat(" ", left)})
	}
	return out
}

// ends sets one row at the left edge and one at the right. The left one gives
// way when there is no room for both.
func ends(left, right row, w int) row {
	right = clean(right)
	n := right.width()
	if n >= w {
		return fit(right, w)
	}
	return append(fit(left, w-n), right...)
}

// indent puts blanks before a row.
func indent(r row, n int) row {
	return append(row{{text: strings.Repeat(" ", n)}}, r...)
}

// wrap breaks a text into rows of at most w cells, at blanks where it can.
func wrap(text string, w int, t tone) []row {
	var rows []row
	for line := range strings.SplitSeq(ansi.Wrap(safeLines(text), max(w, 1), ""), "\n") {
		rows = append(rows, say(t, strings.TrimRight(line, " ")))
	}
	return rows
}

// chop breaks a text into rows of at most w cells wherever the edge falls: for
// code and bytes, where a blank is not a place to rest.
func chop(text string, w int, t tone) []row {
	var rows []row
	for line := range strings.SplitSeq(ansi.Hardwrap(safeLines(text), max(w, 1), true), "\n") {
		rows = append(rows, say(t, line))
	}
	return rows
}

// safeLines is safe for a text of several lines; tabs become blanks.
func safeLines(text string) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	for i, line := range lines {
		lines[i] = safe(strings.ReplaceAll(strings.TrimRight(line, "\r"), "\t", "    "))
	}
	return strings.Join(lines, "\n")
}

// window cuts h rows out of a list, beginning at top, and fills up with empty
// ones.
func window(rows []row, top, h int) []row {
	out := make([]row, max(h, 0))
	for i := range out {
		if n := top + i; n >= 0 && n < len(rows) {
			out[i] = rows[n]
		}
	}
	return out
}
