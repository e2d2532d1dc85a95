package exercisepane

import (
	"strings"

	"example/wirebook/internal/check"
	"example/wirebook/internal/course"
	"example/wirebook/tui/cells"
)

const continued = "↳ " // before the rest of a line that was too long, as in lessons

// worked is the level that shows the code.
const worked = 2

// hintRows shows the levels that are open.
func (p *Pane) hintRows(e *course.Exercise) []cells.Row {
	var rows []cells.Row
	names := []string{"look", "rule", worked: "worked"}
	for i, h := range e.Hints[:min(p.hints[e.Name], len(e.Hints))] {
		rows = append(rows, cells.Text(cells.Heading, "hint: "+names[min(i, len(names)-1)]))
		rows = append(rows, hintText(h, i == worked, p.w)...)
		rows = append(rows, nil)
	}
	return rows
}

// hintText lays a hint out. The first two are prose, whose lines are broken for
// the file. The worked one is code: a line that is too long is broken where the
// edge falls, and goes on behind a mark.
func hintText(text string, worked bool, w int) []cells.Row {
	if !worked {
		return cells.Wrap(strings.Join(strings.Fields(text), " "), w, cells.Plain)
	}
	var rows []cells.Row
	for line := range strings.SplitSeq(strings.Trim(text, "\n"), "\n") {
		for i, part := range cells.Chop(line, w-len([]rune(continued)), cells.Code) {
			if i > 0 {
				part = append(cells.Text(cells.Dim, continued), part...)
			}
			rows = append(rows, part)
		}
	}
	return rows
}

// MayHint: a hint opens after a failing check, not before one has tried.
func (p *Pane) MayHint() bool {
	e := p.current()
	return e != nil && len(e.Hints) > 0 && p.results[e.Name].Verdict == check.Fail
}

// Hint opens the next level; after the last one it closes them.
func (p *Pane) Hint() {
	e := p.current()
	p.hints[e.Name] = (p.hints[e.Name] + 1) % (len(e.Hints) + 1)
	p.shown = showFailure
	p.top = cells.Far // the newest hint is the last line; drawing clamps it
}
