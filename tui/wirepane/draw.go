package wirepane

import (
	"example/wirebook/tui/cells"
	"slices"
)

// draw makes the rows of the chosen connection, if they are not made yet.
func (p *Pane) draw() {
	t := p.current()
	if t == nil {
		p.text, p.hexed, p.drawnFor = nil, nil, drawing{}
		return
	}
	d := drawing{t.conn.ID, t.conn.Version(), p.w, p.hex}
	if d == p.drawnFor {
		return
	}
	if p.text == nil || d.conn != p.drawnFor.conn || d.width != p.drawnFor.width {
		p.text = newTextView(t.conn, p.w)
	}
	p.drawnFor, p.hexed = d, nil
	if p.hex {
		p.hexed = newHexView(t, p.w)
	} else {
		p.text.draw()
	}
}

func (p *Pane) rowCount() int {
	p.draw()
	if p.hexed != nil {
		return p.hexed.len()
	}
	if p.text == nil {
		return 0
	}
	return len(p.text.rows)
}

func (p *Pane) rowAt(i int) cells.Row {
	p.draw()
	switch {
	case i < 0 || i >= p.rowCount():
		return nil
	case p.hexed != nil:
		return p.hexed.at(i)
	}
	return p.text.rows[i]
}

// cursorRow is the row of the cursor's first byte.
func (p *Pane) cursorRow() int {
	p.draw()
	if _, _, ok := p.at(); !ok {
		return 0
	}
	if p.hexed != nil {
		return p.hexed.rowOf(p.cursor)
	}
	ref := p.refNumber()
	i := slices.IndexFunc(p.text.rows, func(r cells.Row) bool {
		return slices.ContainsFunc(r, func(x cells.Run) bool { return x.Ref == ref })
	})
	if i < 0 {
		return p.top // among the bytes that are left to the hex view
	}
	return i
}

func (p *Pane) keepCursorVisible() {
	if p.cursor == (spanRef{}) && p.top == 0 {
		return
	}
	at, h := p.cursorRow(), p.detail()
	switch {
	case at < p.top:
		p.top = at
	case at >= p.top+h:
		p.top = at - h + 1
	}
	p.top = min(p.top, max(p.rowCount()-h, 0))
}
