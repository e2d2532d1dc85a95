package wirepane

import "example/wirebook/tui/cells"

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
