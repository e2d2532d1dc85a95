package lessons

import "fmt"

// exchangeRows draws an exchange: who says what, in order.
func (b *Block) exchangeRows(width int, v view) []row {
	inset, inside := boxSize(width)
	var rows []row
	announced := false
	for _, s := range b.scenes() {
		if s.received && !announced {
			announced = true
			rows = append(rows, row{{Text: shorten(b.whose()+":", inside), Role: Dim}})
		}
		rows = append(rows, s.rows(inside)...)
	}
	if len(rows) == 0 {
		rows = append(rows, row{{Text: "a connection; nothing is sent", Role: PauseText}})
	}
	return box{
		kind: "exchange", title: b.Exchange.Title,
		note: row{{Text: b.Exchange.ID(), Role: Dim}},
		hint: b.sendHint(v, inside),
		edge: v.frame(), rows: rows, inset: inset,
	}.draw(inside)
}

// rows of a scene hang behind its arrow.
func (s scene) rows(inside int) []row {
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
			if r[i].Role == FieldValue && r[i].Text == " *" {
				r[i] = Span{Text: " …", Role: PauseText}
			}
		}
	}
}

// sendHint names the server that will answer, where there is room and the box
// has one of its own.
func (b *Block) sendHint(v view, inside int) row {
	if name, ok := serverNames[b.Server]; ok {
		if h := hint(v, "enter", "sends it to "+name); rowWidth(h)+2 <= inside {
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

// verdicts are said in words beside their mark.
var verdicts = map[string]Span{
	"":     {Text: "· not tried yet", Role: Dim},
	"pass": {Text: "✓ passed", Role: Good},
	"fail": {Text: "✗ not yet", Role: Bad},
}

// exerciseRows draws an exercise: what to do, how long it takes, how it stands.
func (b *Block) exerciseRows(width int, v view) []row {
	inset, inside := boxSize(width)
	rows := b.flow.lines(inside)
	verdict, ok := verdicts[v.state.Verdict[b.Name]]
	if !ok {
		verdict = verdicts[""]
	}
	minutes := fmt.Sprintf("about %d minutes   ", b.task.minutes)
	standing := newFlow(minutes+verdict.Text, []run{
		{end: len(minutes), role: Dim}, {end: len(minutes) + len(verdict.Text), role: verdict.Role},
	})
	rows = append(rows, standing.lines(inside)...)
	return box{
		kind: fmt.Sprintf("exercise %d of %d", b.task.number, b.task.of), title: b.task.title,
		hint: hint(v, "enter", "opens it"),
		edge: v.frame(), rows: rows, inset: inset,
	}.draw(inside)
}

// rows of a question: the options, and once one is chosen what the wire says.
// The option that was chosen keeps its mark; the reply is the one that belongs
// to it, so that a wrong guess learns what it overlooked.
func (q *Question) rows(width int, v view) []row {
	rows := prose(q.Ask, Strong, width)
	chosen, answered := v.state.Answers[q.Name]
	answered = answered && chosen >= 0 && chosen < len(q.Options)
	for i, o := range q.Options {
		cursor, mark, role := "  ", "( ) ", Choice
		if v.focused && !answered && v.state.Choice == i {
			cursor = "› "
		}
		if answered && chosen == i {
			mark, role = "(•) ", Chosen
		}
		text := prose(o.Text, role, width-6)
		text = hang(text, Span{Text: mark, Role: role}, Span{Text: "    "})
		rows = append(rows, hang(text, Span{Text: cursor, Role: Key}, Span{Text: "  "})...)
	}
	if !answered {
		return rows
	}
	rows = append(rows, nil)
	decided, sent := v.state.Decided[q.Name]
	return append(rows, q.verdict(chosen, decided, sent).lines(width)...)
}

// verdict puts the learner's option beside what came over the wire.
func (q *Question) verdict(chosen, decided int, sent bool) *flow {
	said := "You said: " + q.Options[chosen].Text + "."
	switch {
	case !sent:
		said += " Send the exchange: the wire decides."
	case decided == chosen:
		said += " The wire agrees. " + q.Options[chosen].Reply
	case decided < 0 || decided >= len(q.Options):
		said += " The wire shows something else: your server answers in its own way."
	default:
		said += " The wire shows: " + q.Options[decided].Text + ". " + q.Options[chosen].Reply
	}
	f := newFlow(said, nil)
	return &f
}
