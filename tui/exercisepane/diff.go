package exercisepane

import (
	"slices"

	"example/wirebook/internal/exchange"
	"example/wirebook/internal/judge"
	"example/wirebook/internal/visible"
	"example/wirebook/tui/cells"
)

// diffLimit bounds the lines of a message that are compared; a head has some
// ten of them.
const diffLimit = 300

// diffRows sets what was due and what came side by side, line by line: in both,
// due only (−), come only (+).
func diffRows(x *exchange.Exchange, f *judge.Failure, w int) []cells.Row {
	if x == nil {
		return nil
	}
	var due []byte
	for _, a := range x.Script {
		if a.Kind == exchange.Expect && a.Response != nil {
			due = append(due, a.Response.Pattern...)
		}
	}
	rows := cells.Wrap("Line by line: − is due and did not come, + came and is not due. Not every + is a fault: the check looks at less.", w, cells.Dim)
	rows = append(rows, nil)
	for _, l := range lineDiff(visibleLines(due), visibleLines(f.Got)) {
		t := map[byte]cells.Tone{' ': cells.Dim, '-': cells.Bad, '+': cells.Good}[l.mark]
		sign := map[byte]string{' ': "  ", '-': "− ", '+': "+ "}[l.mark]
		for i, part := range cells.Chop(l.text, w-2, t) {
			if i > 0 {
				sign = "  "
			}
			rows = append(rows, append(cells.Row{{Text: sign, Tone: t}}, part...))
		}
	}
	return rows
}

func visibleLines(b []byte) []string {
	var lines []string
	for _, r := range visible.Rows(b, exchange.ContentOffset(b), -1) {
		lines = append(lines, r.Text)
	}
	return lines[:min(len(lines), diffLimit)]
}

// A diffLine is a line of either message, or of both.
type diffLine struct {
	mark byte // ' ' in both, '-' in the first alone, '+' in the second alone
	text string
}

// lineDiff finds a longest common subsequence, the plain way: a table of the
// lengths for every pair of line ends, then the path back through it.
func lineDiff(a, b []string) []diffLine {
	longest := make([][]int, len(a)+1)
	for i := range longest {
		longest[i] = make([]int, len(b)+1)
	}
	for i := range slices.Backward(a) {
		for j := range slices.Backward(b) {
			if a[i] == b[j] {
				longest[i][j] = longest[i+1][j+1] + 1
			} else {
				longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			}
		}
	}
	var out []diffLine
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			out = append(out, diffLine{' ', a[i]})
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && longest[i+1][j] >= longest[i][j+1]:
			out = append(out, diffLine{'-', a[i]})
			i++
		default:
			out = append(out, diffLine{'+', b[j]})
			j++
		}
	}
	return out
}
