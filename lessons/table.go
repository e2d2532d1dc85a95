package lessons

import (
	"slices"
	"strings"
)

// A table is a head and lines of cells; a line may be shorter than the head.
type table struct {
	head  []flow
	lines [][]flow
}

const (
	columnGap    = 2
	narrowColumn = 10 // a column that had to shrink below this reads badly
)

// rows lays the table out in columns, or, where they would be too narrow, as
// one "head: cell" list for each line.
func (t *table) rows(width int) []row {
	widths := t.widths(width)
	if widths == nil {
		return t.listed(width)
	}
	rows := columns(t.head, widths)
	total := columnGap * (len(widths) - 1)
	for _, w := range widths {
		total += w
	}
	rows = append(rows, row{{Text: strings.Repeat("─", total), Role: Frame}})
	for _, line := range t.lines {
		rows = append(rows, columns(line, widths)...)
	}
	return rows
}

// widths gives every column what its widest cell needs; while that is too much
// the widest column gives way. It returns nil when a column would get too narrow.
func (t *table) widths(width int) []int {
	widths := make([]int, len(t.head))
	room := width - columnGap*(len(widths)-1)
	for _, line := range append([][]flow{t.head}, t.lines...) {
		for i := range min(len(line), len(widths)) {
			widths[i] = max(widths[i], line[i].width())
		}
	}
	for {
		total := 0
		for _, w := range widths {
			total += w
		}
		if total <= room {
			return widths
		}
		widest := slices.Max(widths)
		if widest <= narrowColumn {
			return nil
		}
		// Down to the next column's width, or as far as needed.
		second := narrowColumn
		for _, w := range widths {
			if w < widest {
				second = max(second, w)
			}
		}
		at := slices.Index(widths, widest)
		widths[at] -= min(total-room, max(widest-second, 1))
	}
}

// columns sets the cells of one line side by side.
func columns(line []flow, widths []int) []row {
	cellRows := make([][]row, len(widths))
	height := 1
	for i := range min(len(line), len(widths)) {
		cellRows[i] = line[i].lines(widths[i])
		height = max(height, len(cellRows[i]))
	}
	rows := make([]row, height)
	for y := range rows {
		missing := 0 // spaces owed before the next text
		for i, w := range widths {
			var r row
			if y < len(cellRows[i]) {
				r = cellRows[i][y]
			}
			if len(r) > 0 && missing > 0 {
				rows[y] = append(rows[y], Span{Text: strings.Repeat(" ", missing)})
				missing = 0
			}
			rows[y] = append(rows[y], r...)
			missing += w - rowWidth(r) + columnGap
		}
	}
	return rows
}

// listed is the form for a narrow page.
func (t *table) listed(width int) []row {
	var rows []row
	for n, line := range t.lines {
		if n > 0 {
			rows = append(rows, nil)
		}
		for i := range min(len(line), len(t.head)) {
			rows = append(rows, prose(t.head[i].text+":", TableHead, width)...)
			rows = append(rows, indent(line[i].lines(max(width-2, 1)), "  ")...)
		}
	}
	return rows
}

// width is the flow's width in cells when no line is broken but where it must be.
func (f *flow) width() int {
	widest, now, spaces := 0, 0, 0
	for _, s := range f.segments {
		if s.width > 0 {
			now += spaces + s.width
			spaces = 0
		}
		spaces += s.spaces
		widest = max(widest, now)
		if s.must {
			now, spaces = 0, 0
		}
	}
	return widest
}
