package wirepane

// drawnAt is what is drawn at a cell of the pane: a connection of the list, or a span
// of the chosen connection. Both are 0 where there is neither.
func (p *Pane) drawnAt(x, y int) (conn, span int) {
	if p.current() == nil || y < 0 || y >= p.h {
		return 0, 0
	}
	ref := p.Rows(false, Server{})[y].RefAt(x)
	if detail, cursor, _ := zones(p.h); y >= detail+cursor {
		return ref, 0
	} else if y < detail {
		return 0, ref
	}
	return 0, 0
}

// Click chooses the connection at a cell of the pane, or moves the cursor to the
// bytes there. The newest connection is followed no more.
func (p *Pane) Click(x, y int) {
	switch conn, span := p.drawnAt(x, y); {
	case conn != 0:
		p.follow = false
		p.choose(conn)
	case span != 0:
		p.follow = false
		p.cursor = refOf(span)
	}
}
