package wirepane

import (
	"slices"

	"example/wirebook/internal/wire/message"
	"example/wirebook/tui/cells"
)

// at returns the message and span under the cursor.
func (p *Pane) at() (m message.Message, s message.Span, ok bool) {
	msgs := p.messages()
	if p.cursor.msg >= len(msgs) || p.cursor.span >= len(msgs[p.cursor.msg].Spans) {
		return m, s, false
	}
	m = msgs[p.cursor.msg]
	return m, m.Spans[p.cursor.span], true
}

// refNumber is the cursor as rows know it, from 1; 0 where there is no span.
func (p *Pane) refNumber() int {
	if _, _, ok := p.at(); !ok {
		return 0
	}
	return p.cursor.number()
}

// MoveSpan moves the cursor to another span, along the bytes.
func (p *Pane) MoveSpan(by int) {
	t := p.current()
	if t == nil {
		return
	}
	p.cursor = p.cursor.beside(by, t.conn.Messages(), t.conn.Timeline())
	p.follow, p.moved = false, true
	p.keepCursorVisible()
}

// Down moves the cursor up or down, to the nearest row that begins with
// another span; where there is none it scrolls, so that long bodies can be read.
func (p *Pane) Down(by int) {
	p.follow, p.moved = false, true
	now := p.refNumber()
	n := p.rowCount()
	for i := p.cursorRow() + by; i >= 0 && i < n; i += by {
		ref := firstRef(p.rowAt(i))
		if ref != 0 && ref != now {
			if (i < p.top || i >= p.top+p.detail()) && p.scrollBy(by) {
				return
			}
			p.cursor = refOf(ref)
			p.keepCursorVisible()
			return
		}
	}
	p.scrollBy(by)
}

// firstRef is the first span of a row that is more than a line end, or else the
// first.
func firstRef(r cells.Row) int {
	first := 0
	for _, x := range r {
		if x.Ref == 0 {
			continue
		}
		if x.Tone != cells.LineEnd {
			return x.Ref
		}
		if first == 0 {
			first = x.Ref
		}
	}
	return first
}

// End puts the cursor on the first or the last span.
func (p *Pane) End(last bool) {
	p.follow, p.moved = false, true
	messages := p.messages()
	if len(messages) == 0 {
		return
	}
	p.cursor, p.top = spanRef{}, 0
	if last {
		p.cursor = lastSpan(messages, p.current().conn.Timeline())
		p.top = max(p.rowCount()-p.detail(), 0)
	}
	p.keepCursorVisible()
}

// MessageAtCursor is the message under the cursor: what it is, and its bytes, as
// far as they are kept. They are nil where there is none.
func (p *Pane) MessageAtCursor() (what string, data []byte) {
	m, _, ok := p.at()
	if !ok {
		return "", nil
	}
	what = "the request"
	if m.Dir == message.ToClient {
		what = "the response"
	}
	return what, m.Bytes()
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
