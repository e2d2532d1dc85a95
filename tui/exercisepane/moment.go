package exercisepane

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"example/wirebook/internal/check"
	"example/wirebook/internal/course"
	"example/wirebook/internal/wire"
	"example/wirebook/tui/cells"
)

// A moment is an exercise that has just begun to pass. It stays in front until
// the reader goes on: what has changed is worth a look.
type moment struct {
	exercise string
	before   check.Result // as it failed; the zero value if no check has failed it
	after    check.Result
}

// notePass notes that the exercise that was worked on passes now, and did not.
func (p *Pane) notePass(r check.Result) {
	name := r.Exercise.Name
	if r.Verdict != check.Pass || name != p.working || slices.Contains(p.before, name) || p.picked {
		return
	}
	before := p.results[name]
	if before.Verdict == check.Pass { // told twice
		if p.moment == nil || p.moment.exercise != name {
			return
		}
		before = p.moment.before
	}
	p.moment = &moment{exercise: name, before: before, after: r}
	p.index = slices.IndexFunc(p.step.Exercises, func(e course.Exercise) bool { return e.Name == name })
	p.shown, p.top = showFailure, 0
}

// GoOn leaves a pass behind for the first exercise that is left.
func (p *Pane) GoOn() {
	p.moment, p.picked = nil, false
	p.before = p.Passes()
	p.chooseFirstOpen()
}

// momentRows show a pass: what the client saw before, what is right about it
// now, and how to go on.
func (p *Pane) momentRows() []cells.Row {
	m := p.moment
	e := p.current()
	rows := []cells.Row{cells.Text(cells.Good, "✓ Your server does it."), nil}
	if f := m.before.Failure; f != nil {
		rows = append(rows, labelled("  before  ", f.Saw, p.w)...)
	}
	for i, x := range e.Exchanges {
		label := "  now     "
		if i > 0 {
			label = "          "
		}
		rows = append(rows, labelled(label, x.Why, p.w)...)
	}
	rows = append(rows, nil)
	if f := m.before.Failure; f != nil && m.after.Records[f.Exchange] != nil {
		rows = append(rows, cells.Wrap("The wire shows the same exchange, before and now.", p.w, cells.Dim)...)
		rows = append(rows, nil)
	}
	if left := p.Count() - len(p.Passes()); left > 0 {
		return append(rows, cells.Row{{Text: "  ⏎ ", Tone: cells.Keycap}, {Text: fmt.Sprintf("goes on; %d of %d are left", left, p.Count())}})
	}
	return append(rows, cells.Row{{Text: "  ⏎ ", Tone: cells.Keycap}, {Text: "goes on: it was the last one"}})
}

// A Record is a conversation of a check, for the wire.
type Record struct {
	Events    []wire.Event
	Conn, Off int // the connection that decides, and the byte of the response; Off is -1 where no byte does
}

// Records are the conversations that decide about the exercise in front, the
// one to look at last: of a failure the exchange that fails, of a pass the same
// exchange before and now. They are empty until this check has judged it.
func (p *Pane) Records() []Record {
	e := p.current()
	if e == nil || !p.fresh[e.Name] {
		return nil
	}
	var records []Record
	add := func(r check.Result, id string, conn, off int) {
		if events := r.Records[id]; len(events) > 0 {
			records = append(records, Record{events, conn, off})
		}
	}
	r := p.results[e.Name]
	switch f := r.Failure; {
	case f != nil:
		off := -1
		if f.At >= 0 {
			off = f.Offset + f.At
		}
		add(r, f.Exchange, f.Conn, off)
	case p.moment != nil:
		id := e.Exchanges[0].ID()
		if f := p.moment.before.Failure; f != nil {
			id = f.Exchange
			add(p.moment.before, id, f.Conn, -1)
		}
		add(p.moment.after, id, 1, -1)
	}
	return records
}

// partRows are the lines of the learner's program that the exercise is about.
func (p *Pane) partRows() []cells.Row {
	part := p.source[p.current().Name]
	if part.Line == 0 {
		return nil
	}
	rows := []cells.Row{cells.Text(cells.Dim, p.file())}
	for i, line := range part.Text {
		number := fmt.Sprintf("%5d  ", part.Line+i)
		text := strings.ReplaceAll(line, "\t", "    ")
		tone := cells.Code
		if i == 0 {
			tone = cells.Strong
		}
		rows = append(rows, cells.Fit(cells.Row{{Text: number, Tone: cells.Dim}, {Text: text, Tone: tone}}, p.w))
	}
	return append(rows, nil)
}

// file is the learner's file, from the module's root.
func (p *Pane) file() string { return filepath.ToSlash(course.Workfile("", p.step.Name)) }
