package tui

import (
	"fmt"
	"strings"

	"example/wirebook/tui/cells"
)

// A helpPage is a window on the table of all keys.
type helpPage struct {
	keys []command
	h    int
	top  int // first row in the window
}

// SetSize says how much room there is; rows are as long as they are.
func (p *helpPage) SetSize(_, h int) { p.h = h }

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

// all is the whole page, made from the table of commands.
func (p *helpPage) all() []cells.Row {
	rows := []cells.Row{nil}
	for _, a := range areas {
		rows = append(rows, cells.Text(cells.Heading, string(a)))
		for _, c := range p.keys {
			if c.area != a {
				continue
			}
			name, does := c.key.Help().Key, c.key.Help().Desc
			rows = append(rows, cells.Row{
				{Text: fmt.Sprintf("  %8s", name), Tone: cells.Keycap}, {Text: "  " + does},
				{Text: alternatives(c.key.Keys()), Tone: cells.Dim},
			})
		}
		rows = append(rows, nil)
	}
	return rows
}

// alternatives lists the keys of a command that has several.
func alternatives(keys []string) string {
	if len(keys) < 2 {
		return ""
	}
	return "   (" + strings.Join(keys, ", ") + ")"
}
