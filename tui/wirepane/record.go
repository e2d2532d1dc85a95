package wirepane

import (
	"fmt"

	"example/wirebook/internal/wire"
	"example/wirebook/internal/wire/message"
)

// ShowRecord adds connections that were recorded beside the tap, as those of a
// check are, and chooses one of them by its number in the record. The cursor
// goes to byte off of what the server sent on it; where off is below 0, to where
// it stands on any new connection. The pane stays there until Release.
func (p *Pane) ShowRecord(events []wire.Event, conn, off int) {
	if len(events) == 0 {
		return
	}
	if p.epoch.IsZero() {
		p.epoch = p.now
	}
	// They are numbered downwards from -1, out of the way of the tap's own.
	first, now := p.records, p.sinceEpoch()
	all := make([]wire.Event, len(events))
	for i, e := range events {
		p.records = max(p.records, first+e.Conn)
		e.Conn = -(first + e.Conn)
		e.At += now
		all[i] = e
	}
	p.conns.add(all)
	p.follow, p.held = false, true
	p.choose(-(first + max(conn, 1)))
	p.pointAt(off)
}

// Release lets the pane follow the newest connection again, once something has
// been done about what ShowRecord shows.
func (p *Pane) Release() {
	if p.held {
		p.held, p.follow = false, true
	}
}

// pointAt puts the cursor on the span with byte off of what the server sent, or
// on the last one where there is no such byte.
func (p *Pane) pointAt(off int) {
	if off < 0 {
		return
	}
	p.moved = true
	for i, m := range p.messages() {
		if m.Dir != message.ToClient {
			continue
		}
		for j, s := range m.Spans {
			if s.Off <= off {
				p.cursor = spanRef{i, j}
			}
		}
	}
	p.keepCursorVisible()
}

// number is how a connection is called: "7", or "c2" for one of a check.
func number(c *wire.Conn) string {
	if c.ID < 0 {
		return fmt.Sprintf("c%d", -c.ID)
	}
	return fmt.Sprint(c.ID)
}
