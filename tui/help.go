package tui

import (
	"slices"
	"strings"

	"example/wirebook/tui/cells"
)

// A helpPage is a window on the table of all keys, in as many columns as there
// is room for.
type helpPage struct {
	keys  []command
	areas []area // in the order in which they are listed
	w, h  int
	top   int // first row in the window
}

// openHelp shows the page, the area of the pane in front first.
func (m *Model) openHelp() {
	own := [...]area{lessonView: inLesson, wireView: onTheWire, exerciseView: inExercise, sourceView: inSource}[m.front()]
	m.help.areas = slices.DeleteFunc(slices.Clone(areas), func(a area) bool { return a == own })
	m.help.areas = slices.Insert(m.help.areas, 0, own)
	m.mode, m.help.top = helping, 0
}

// SetSize says how much room there is, in cells.
func (p *helpPage) SetSize(w, h int) {
	p.w, p.h = w, h
	p.ScrollBy(0)
}

// Down moves by lines.
func (p *helpPage) Down(by int) { p.ScrollBy(by) }

// ScrollBy moves the window.
func (p *helpPage) ScrollBy(by int) {
	p.top = min(max(p.top+by, 0), max(len(p.all())-p.h, 0))
}

// Page moves by a windowful, less two lines that carry the eye over.
func (p *helpPage) Page(dir int) { p.ScrollBy(dir * max(p.h-2, 1)) }

// End goes to the beginning, or to the last line.
func (p *helpPage) End(last bool) {
	p.top = 0
	if last {
		p.ScrollBy(cells.Far)
	}
}

// howFar says which lines are in sight, when not all are.
func (p *helpPage) howFar() string { return cells.LineCount(p.top, p.h, len(p.all())) }

// rows draws the window.
func (p *helpPage) rows() []cells.Row { return cells.Window(p.all(), p.top, p.h) }

// helpColumn is how wide a column is at the least, in cells.
const helpColumn = 54

// all is the whole page, made from the table of commands. An area stays in one
// column; each goes to the column that is the shortest so far.
func (p *helpPage) all() []cells.Row {
	columns := make([][]cells.Row, max(p.w/helpColumn, 1))
	width := p.w / len(columns)
	for i := range columns {
		columns[i] = []cells.Row{nil}
	}
	for _, a := range p.areas {
		shortest := 0
		for i := range columns {
			if len(columns[i]) < len(columns[shortest]) {
				shortest = i
			}
		}
		columns[shortest] = append(columns[shortest], p.area(a, width-2)...)
	}
	longest := 0
	for _, c := range columns {
		longest = max(longest, len(c))
	}
	rows := make([]cells.Row, longest)
	for i := range rows {
		for _, c := range columns {
			var r cells.Row
			if i < len(c) {
				r = c[i]
			}
			rows[i] = append(rows[i], cells.Fit(r, width)...)
		}
	}
	return rows
}

// area lists the keys of one area, w cells wide. What is too long goes on below.
func (p *helpPage) area(a area, w int) []cells.Row {
	const name = 8 // cells of the key's name
	rows := []cells.Row{cells.Text(cells.Heading, string(a))}
	for _, c := range p.keys {
		if c.area != a {
			continue
		}
		h := c.key.Help()
		key := cells.Row{{Text: strings.Repeat(" ", max(name-cells.Text(cells.Plain, h.Key).Width(), 0)) + h.Key + "  ", Tone: cells.Keycap}}
		text := h.Desc + alternatives(c.key.Keys())
		for i, line := range cells.Wrap(text, max(w-name-2, 8), cells.Plain) {
			if i == 0 {
				rows = append(rows, append(key, line...))
			} else {
				rows = append(rows, cells.Indent(line, name+2))
			}
		}
	}
	return append(rows, nil)
}

// alternatives lists the keys of a command that has several.
func alternatives(keys []string) string {
	if len(keys) < 2 {
		return ""
	}
	return " (" + strings.Join(keys, ", ") + ")"
}
