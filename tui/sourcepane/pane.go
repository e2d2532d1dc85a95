// Package sourcepane shows the source of the server that stands behind the tap.
// Read finds the files and paints them, once; a Pane is a window on them. It
// changes no file: for that the reader has an editor.
package sourcepane

import (
	"fmt"

	"example/wirebook/internal/course"
	"example/wirebook/tui/cells"
)

// A Key says whose source it is.
type Key struct {
	Step   string // "01-socket"
	Server course.Server
}

// A File is one file, ready to draw.
type File struct {
	Name string // from the module's root, with slashes
	Text string
	rows []cells.Row
}

// NewFile is a file of Go, painted. The name is what is shown.
func NewFile(name string, text []byte) File {
	return File{name, string(text), goRows(text)}
}

// A Pane shows the source of the server that stands behind the tap.
type Pane struct {
	w, h  int
	key   Key
	files []File
	err   error
	index int
	top   int
	left  int // columns scrolled away
}

// SetSize says how much room there is, in cells.
func (p *Pane) SetSize(w, h int) { p.w, p.h = w, h }

// Set takes in what was read, or why it could not be. Reading the same source
// again, after a save, keeps the place.
func (p *Pane) Set(key Key, files []File, err error) {
	if key != p.key {
		p.index, p.top, p.left = 0, 0, 0
	}
	p.key, p.files, p.err = key, files, err
	p.index = min(p.index, max(len(p.files)-1, 0))
}

// File is the one that is shown; nil when there is none.
func (p *Pane) File() *File {
	if p.index >= len(p.files) {
		return nil
	}
	return &p.files[p.index]
}

// Several says whether there is more than one file.
func (p *Pane) Several() bool { return len(p.files) > 1 }

// NextFile shows another file, by places further on.
func (p *Pane) NextFile(by int) {
	n := min(max(p.index+by, 0), max(len(p.files)-1, 0))
	if n != p.index {
		p.index, p.top, p.left = n, 0, 0
	}
}

// ScrollBy moves down, or up.
func (p *Pane) ScrollBy(n int) {
	if f := p.File(); f != nil {
		p.top = min(max(p.top+n, 0), max(len(f.rows)-p.h+2, 0))
	}
}

// Down moves by lines.
func (p *Pane) Down(by int) { p.ScrollBy(by) }

// Page moves by a windowful, less two lines that carry the eye over.
func (p *Pane) Page(dir int) { p.ScrollBy(dir * max(p.h-2-2, 1)) }

// End goes to the beginning, or to the last line.
func (p *Pane) End(last bool) {
	if last {
		p.ScrollBy(cells.Far)
	} else {
		p.ScrollBy(-cells.Far)
	}
}

// Shift moves right, or left, by columns.
func (p *Pane) Shift(by int) { p.left = min(max(p.left+by, 0), 160) }

// Find scrolls to the first line from one on, in a direction and round the end,
// that holds a text. It returns the line, or -1.
func (p *Pane) Find(text string, from, dir int) int {
	f := p.File()
	if f == nil {
		return -1
	}
	line := cells.FindLine(len(f.rows), from, dir, func(i int) bool { return cells.ContainsFold(f.rows[i].Plain(), text) })
	if line >= 0 {
		p.ScrollBy(max(line-p.h/3, 0) - p.top)
	}
	return line
}

// TopLine is the first line in the window.
func (p *Pane) TopLine() int { return p.top }

// Rows draws the pane, with a text marked wherever it stands.
func (p *Pane) Rows(found string) []cells.Row {
	f := p.File()
	if f == nil {
		text := "Reading …"
		if p.err != nil {
			text = p.err.Error()
		}
		return append([]cells.Row{nil}, cells.Wrap(text, p.w, cells.Dim)...)
	}
	where := fmt.Sprintf("%d of %d", min(p.top+p.h-2, len(f.rows)), len(f.rows))
	if n := len(p.files); n > 1 {
		where += fmt.Sprintf(" · file %d of %d", p.index+1, n)
	}
	rows := []cells.Row{cells.Ends(cells.Text(cells.Strong, f.Name), cells.Text(cells.Dim, where), p.w), nil}
	for i, r := range cells.Window(f.rows, p.top, p.h-2) {
		if p.top+i >= len(f.rows) {
			break
		}
		if found != "" {
			r = cells.Mark(r, found)
		}
		number := cells.Run{Text: fmt.Sprintf("%4d  ", p.top+i+1), Tone: cells.Dim}
		rows = append(rows, append(cells.Row{number}, cutLeft(r, p.left)...))
	}
	return rows
}

// cutLeft leaves out a row's first n characters. Source is cut by character;
// a wide one at the edge may shift its row by a cell.
func cutLeft(r cells.Row, n int) cells.Row {
	var out cells.Row
	for _, x := range r {
		letters := []rune(x.Text)
		if n >= len(letters) {
			n -= len(letters)
			continue
		}
		x.Text, n = string(letters[n:]), 0
		out = append(out, x)
	}
	return out
}
