package lessons

// exchangeRows draws an exchange: who says what, in order.
func (b *Block) exchangeRows(width int, v view) []row {
	inset, inside := boxSize(width)
	var rows []row
	announced := false
	for _, s := range b.events {
		if s.received && !announced {
			announced = true
			rows = append(rows, prose(b.whose()+":", Dim, inside)...)
		}
		rows = append(rows, s.rows(inside)...)
	}
	if len(rows) == 0 {
		rows = append(rows, row{{Text: "a connection; nothing is sent", Role: PauseText}})
	}
	return box{
		kind: "exchange", title: b.Exchange.Title,
		notes: b.notes(v),
		hint:  b.sendHint(v, inside),
		edge:  v.frame(), rows: rows, inset: inset,
	}.draw(inside)
}

// rows of a event hang behind its arrow.
func (s event) rows(inside int) []row {
	arrow := Span{Text: "→ ", Role: Arrow}
	if s.received {
		arrow.Text = "← "
	}
	var rows []row
	switch {
	case s.about:
		arrow = Span{Text: "  "}
		rows = prose("… "+s.words+" …", PauseText, inside-2)
	case s.bytes == nil:
		rows = prose(s.words, PauseText, inside-2)
	default:
		rows = s.messageRows(inside - 2)
		if s.pattern {
			openValues(rows)
		}
	}
	return hang(rows, arrow, Span{Text: "  "})
}

// openValues shows a field's value that varies, "*" in an exchange file, as an
// ellipsis: here it is something left out, not a byte.
func openValues(rows []row) {
	for _, r := range rows {
		for i := range r {
			if r[i].Role == FieldValue && r[i].Text == "*" {
				r[i] = Span{Text: "…", Role: PauseText}
			}
		}
	}
}

// notes are the exchange's ID, and whether it has been sent.
func (b *Block) notes(v view) []Span {
	notes := []Span{{Text: b.Exchange.ID(), Role: Dim}}
	if v.state.Sent[b.Exchange.ID()] {
		notes = append(notes, Span{Text: "sent", Role: Good})
	}
	return notes
}

// sendHint names the server that will answer, where there is room and the box
// has one of its own.
func (b *Block) sendHint(v view, inside int) row {
	if v.state.Sent[b.Exchange.ID()] {
		return hint(v, "s", "sends it again")
	}
	if !b.AnyServer {
		if h := hint(v, "enter", "sends it to "+b.Server.Title()); rowWidth(h)+2 <= inside {
			return h
		}
	}
	return hint(v, "enter", "sends it")
}

// hint is shown on a focused block alone.
func hint(v view, key, does string) row {
	if !v.focused {
		return nil
	}
	return row{{Text: key, Role: Key}, {Text: " " + does, Role: Hint}}
}
