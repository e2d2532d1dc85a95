// Package cells holds what every pane of the screen is made of: rows of text in
// tones, fitted to a width that terminals agree on, safe to print, and painted
// at the very end by a theme. It knows nothing of panes and does no input or
// output. It is no layout engine: where a row stands is its caller's business.
//
// Styles are lipgloss'; rows are not. A frame of two panes, 120 by 40, takes
// eleven times as long when lipgloss renders its runs, pads its panes and joins
// them (17 ms for 1.5), and what it returns has to be parsed again before it can
// be cut or searched. For the same reason bubbles' viewport, help and progress
// bar, which take and return such text, are not used, and no spinner turns while
// nothing changes. Its text input edits what is typed; a Row shows it.
package cells

import (
	"fmt"
	"strings"

	"example/wirebook/lessons"
	"github.com/charmbracelet/x/ansi"
)

// A Run is text in one tone. The screen is made of runs until a theme paints
// them: tests compare text, and no colour can leak.
type Run struct {
	Text string
	Tone Tone
	Ref  int // what the text stands for, where a cursor can be on it; 0 for nothing
}

// A Row is one line of the screen or of a pane.
type Row []Run

// Text returns a row of one run.
func Text(t Tone, text string) Row { return Row{{Text: text, Tone: t}} }

// Plain returns the text of a row without its tones.
func (r Row) Plain() string {
	var b strings.Builder
	for _, x := range r {
		b.WriteString(x.Text)
	}
	return b.String()
}

// Width returns how many cells a row takes, if its texts are safe.
func (r Row) Width() int {
	w := 0
	for _, x := range r {
		w += ansi.StringWidth(x.Text)
	}
	return w
}

// clean returns a row whose texts are safe, so that its width is what a terminal
// will show.
func clean(r Row) Row {
	out := make(Row, len(r))
	for i, x := range r {
		x.Text = Safe(x.Text)
		out[i] = x
	}
	return out
}

// Fit returns a row that is safe and exactly w cells wide: a longer one is cut
// and ends in "…", a shorter one is filled up with spaces.
func Fit(r Row, w int) Row {
	r = clean(r)
	out := make(Row, 0, len(r)+1)
	left := w
	for i, x := range r {
		n := ansi.StringWidth(x.Text)
		last := i == len(r)-1
		if n > left || (n == left && !last && r[i+1:].Width() > 0) {
			x.Text = ansi.Truncate(x.Text+"  ", left, "…")
			out = append(out, x)
			left -= ansi.StringWidth(x.Text)
			break
		}
		left -= n
		out = append(out, x)
	}
	if left > 0 {
		out = append(out, Run{Text: strings.Repeat(" ", left)})
	}
	return out
}

// Gap is how many cells are left free at the least between two texts that have
// nothing to do with each other.
const Gap = 2

// Ends returns a row of w cells with one row at its left edge and one at its
// right, and a Gap between them. The left one is cut when there is no room for
// both.
func Ends(left, right Row, w int) Row {
	right = clean(right)
	n := right.Width()
	switch {
	case n == 0:
		return Fit(left, w)
	case n+Gap >= w:
		return Fit(right, w)
	}
	return append(Fit(left, w-n-Gap), Indent(right, Gap)...)
}

// RefAt is what a row's text stands for at cell x, or where it stands for
// nothing there, just before it, or else first in the row; 0 for nothing.
func (r Row) RefAt(x int) int {
	ref, from := 0, 0
	for _, run := range r {
		if run.Ref != 0 && (ref == 0 || from <= x) {
			ref = run.Ref
		}
		from += ansi.StringWidth(run.Text)
	}
	return ref
}

// Indent puts n spaces before a row.
func Indent(r Row, n int) Row {
	return append(Row{{Text: strings.Repeat(" ", n)}}, r...)
}

// Wrap breaks a text into rows of at most w cells, as lessons are broken (UAX
// #14). A line that begins with spaces keeps them in all its rows.
func Wrap(text string, w int, t Tone) []Row {
	var rows []Row
	for line := range strings.SplitSeq(safeLines(text), "\n") {
		words := strings.TrimLeft(line, " ")
		lead := min(len(line)-len(words), w/2)
		for _, part := range lessons.Wrap(words, max(w-lead, 1)) {
			r := Text(t, part)
			if lead > 0 {
				r = Indent(r, lead)
			}
			rows = append(rows, r)
		}
	}
	return rows
}

// Chop breaks a text into rows of at most w cells wherever the edge falls: in
// code and bytes every space counts.
func Chop(text string, w int, t Tone) []Row {
	var rows []Row
	for line := range strings.SplitSeq(ansi.Hardwrap(safeLines(text), max(w, 1), true), "\n") {
		rows = append(rows, Text(t, line))
	}
	return rows
}

// safeLines is Safe for a text of several lines; a tab becomes four spaces.
func safeLines(text string) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	for i, line := range lines {
		lines[i] = Safe(strings.ReplaceAll(strings.TrimRight(line, "\r"), "\t", "    "))
	}
	return strings.Join(lines, "\n")
}

// Window returns h rows of a list from row top on; those that the list does not
// have are empty.
func Window(rows []Row, top, h int) []Row {
	out := make([]Row, max(h, 0))
	for i := range out {
		if n := top + i; n >= 0 && n < len(rows) {
			out[i] = rows[n]
		}
	}
	return out
}

// Rule returns a horizontal line of w cells with a title in it.
func Rule(title string, w int) Row {
	if title == "" {
		return Text(Frame, strings.Repeat("─", w))
	}
	used := Row{{Text: title}}.Width() + 4
	return Row{
		{Text: "── ", Tone: Frame},
		{Text: title, Tone: Dim},
		{Text: " " + strings.Repeat("─", max(w-used, 0)), Tone: Frame},
	}
}

// Far is further than any pane has rows: 262,144 are a mebibyte, four bytes a row.
const Far = 1 << 20

// LineCount says which of n lines are in a window of h, "" when all are.
func LineCount(top, h, n int) string {
	if n <= h {
		return ""
	}
	return fmt.Sprintf("lines %d–%d of %d ", top+1, min(top+h, n), n)
}
