package exercisepane

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"example/wirebook/internal/check"
	"example/wirebook/internal/judge"
	"example/wirebook/internal/runner"
	"example/wirebook/tui/cells"
)

var verdictMarks = map[check.Verdict]cells.Run{
	check.Pass:       {Text: "✓", Tone: cells.Good},
	check.Fail:       {Text: "✗", Tone: cells.Bad},
	check.Broken:     {Text: "!", Tone: cells.Warn},
	check.NotReached: {Text: "·", Tone: cells.Dim},
}

var verdictWords = map[check.Verdict]string{check.Pass: "pass", check.Fail: "fail"}

// Rows draws the pane: what is good first, then the one thing to look at.
func (p *Pane) Rows() []cells.Row {
	if p.Count() == 0 {
		return append([]cells.Row{nil}, cells.Wrap("This step has no exercises. Its server and its source are here all the same: 1 lesson, 2 wire, 4 source.", p.w, cells.Dim)...)
	}
	top, below := p.parts()
	return append(top, cells.Window(below, p.scrolled(len(below), p.h-len(top)), p.h-len(top))...)
}

// parts are the marks, which stay, and what scrolls under them.
func (p *Pane) parts() (top, below []cells.Row) {
	top = append(p.marks(), nil)
	if len(top) > p.h/3 {
		top = append(p.shortMarks(), nil)
	}
	return top, p.explained()
}

// scrolled is the first line in the window: what top says, as far as there are
// lines.
func (p *Pane) scrolled(n, h int) int { return min(p.top, max(n-h, 0)) }

// ScrollBy moves what stands under the marks.
func (p *Pane) ScrollBy(by int) {
	if p.Count() > 0 {
		top, below := p.parts()
		h := p.h - len(top)
		p.top = max(p.scrolled(len(below), h)+by, 0)
		p.top = p.scrolled(len(below), h)
	}
}

// Down moves by lines.
func (p *Pane) Down(by int) { p.ScrollBy(by) }

// Page moves by a windowful, less two lines that carry the eye over.
func (p *Pane) Page(dir int) { p.ScrollBy(dir * max(p.below()-2, 1)) }

// End goes to the beginning, or to the last line.
func (p *Pane) End(last bool) {
	if last {
		p.ScrollBy(cells.Far)
	} else {
		p.ScrollBy(-cells.Far)
	}
}

// below is how many rows there are under the marks.
func (p *Pane) below() int {
	if p.Count() == 0 {
		return p.h
	}
	top, _ := p.parts()
	return p.h - len(top)
}

// HowFar says which lines are in sight, when not all are.
func (p *Pane) HowFar() string {
	if p.Count() == 0 {
		return ""
	}
	top, below := p.parts()
	h := p.h - len(top)
	return cells.LineCount(p.scrolled(len(below), h), h, len(below))
}

// marks lists the checks, as many on a row as there is room for.
func (p *Pane) marks() []cells.Row {
	return p.chips(3, func(i int) string { return fmt.Sprintf(" %d %s", i+1, p.step.Exercises[i].Title) })
}

// shortMarks lists them by number alone.
func (p *Pane) shortMarks() []cells.Row {
	return p.chips(1, func(i int) string { return fmt.Sprint(i + 1) })
}

// chips sets the verdicts with their names side by side, gap cells apart.
func (p *Pane) chips(gap int, name func(int) string) []cells.Row {
	var rows []cells.Row
	var now cells.Row
	for i, e := range p.step.Exercises {
		t := cells.Dim
		if i == p.index {
			t = cells.Strong
		}
		mark := verdictMarks[p.verdict(e.Name)]
		if !p.settled(e.Name) {
			mark.Tone = cells.Dim
		}
		chip := cells.Row{mark, {Text: name(i), Tone: t}, {Text: strings.Repeat(" ", gap)}}
		if now.Width()+chip.Width()-gap > p.w && len(now) > 0 {
			rows, now = append(rows, now), nil
		}
		now = append(now, chip...)
	}
	return append(rows, now)
}

// explained is the part under the marks.
func (p *Pane) explained() []cells.Row {
	e := p.current()
	news := p.news()
	title := cells.Text(cells.Heading, fmt.Sprintf("%d of %d  %s", p.index+1, p.Count(), e.Title))
	rows := append(news, cells.Ends(title, p.standing(p.w-title.Width()-2), p.w), nil)
	if p.problem != nil {
		return append(rows, p.problemRows()...)
	}
	switch p.shown {
	case ShowReference:
		return append(rows, referenceRows(p.Exchange(), p.w)...)
	case ShowDiff:
		if f := p.failure(); f != nil {
			return append(rows, diffRows(p.Exchange(), f, p.w)...)
		}
	}
	rows = append(rows, cells.Wrap(e.Task, p.w, cells.Plain)...)
	rows = append(rows, nil)
	if p.moment != nil {
		return append(rows, p.momentRows()...)
	}
	r := p.results[e.Name]
	switch v := p.verdict(e.Name); {
	case v == check.Pass && !p.settled(e.Name):
		rows = append(rows, cells.Text(cells.Warn, "checking …"))
	case v == check.Fail:
		rows = append(rows, p.failureRows(r)...)
		rows = append(rows, p.partRows()...)
		rows = append(rows, p.hintRows(e)...)
	case v == check.Pass:
		rows = append(rows, cells.Text(cells.Good, "✓ your server does it."), nil)
		for _, x := range e.Exchanges {
			rows = append(rows, cells.Wrap(x.Why, p.w, cells.Dim)...)
		}
	case v == check.Broken:
		rows = append(rows, cells.Wrap("! this check could not be made; the fault is not in your program.", p.w, cells.Warn)...)
		if r.Err != nil {
			rows = append(rows, cells.Wrap(r.Err.Error(), p.w, cells.Dim)...)
		}
	default:
		rows = append(rows, p.partRows()...)
		rows = append(rows, cells.Wrap("Not checked yet. e opens your server in your editor; on saving it is built and checked by itself, and c checks it now.", p.w, cells.Dim)...)
	}
	return rows
}

// standing tells how the last check went, in as many words as there is room for.
func (p *Pane) standing(room int) cells.Row {
	short := fmt.Sprintf("%d of %d pass", len(p.Passes()), p.Count())
	long := short + fmt.Sprintf(" · checked in %.1f s", p.took.Seconds())
	switch {
	case p.running:
		return cells.Text(cells.Warn, "checking …")
	case p.problem != nil: // the rows below tell why
		return cells.Text(cells.Bad, "not checked")
	case len(p.results) == 0:
		return nil
	case len(long) <= room:
		return cells.Text(cells.Dim, long)
	}
	return cells.Text(cells.Dim, short)
}

// failureRows draws a failure and adds the command that plays it again.
func (p *Pane) failureRows(r check.Result) []cells.Row {
	var rows []cells.Row
	if r.Failure != nil {
		for _, line := range r.Failure.Lines() {
			rows = append(rows, p.failureLine(line)...)
		}
	}
	if r.Died != nil {
		rows = append(rows, cells.Wrap("your server ended: "+r.Died.String(), p.w, cells.Bad)...)
	}
	if x := p.Exchange(); x != nil {
		rows = append(rows, cells.Row{{Text: "  again ", Tone: cells.Keycap}, {Text: p.command + " send " + x.ID(), Tone: cells.Code}})
	}
	return append(rows, nil)
}

// failureLine draws one line of a failure, with the empty rows that set the
// messages off. Prose is wrapped beside its label; bytes are not, since the
// caret counts their columns.
func (p *Pane) failureLine(line judge.Line) []cells.Row {
	label, text := fmt.Sprintf("  %-*s", judge.LabelWidth, line.Label), line.Text
	switch line.Kind {
	case judge.SawLine:
		return append(cells.Wrap(text, p.w, cells.Strong), nil)
	case judge.DueLine:
		return []cells.Row{{{Text: label, Tone: cells.Good}, {Text: text, Tone: cells.Code}}}
	case judge.GotLine:
		return []cells.Row{{{Text: label, Tone: cells.Bad}, {Text: text, Tone: cells.Code}}}
	case judge.CaretLine:
		return []cells.Row{cells.Text(cells.Bad, label+text)}
	case judge.RuleLine:
		return append([]cells.Row{nil}, labelled(label, text, p.w)...)
	case judge.LookLine:
		return labelled(label, p.lookHere(text), p.w)
	}
	return []cells.Row{cells.Text(cells.Code, label+text)}
}

// labelled wraps prose beside its label.
func labelled(label, text string, w int) []cells.Row {
	rows := cells.Wrap(text, w-len(label)-2, cells.Plain)
	for i, r := range rows {
		if i == 0 {
			rows[i] = append(cells.Row{{Text: label, Tone: cells.Keycap}}, r...)
		} else {
			rows[i] = cells.Indent(r, len(label))
		}
	}
	return rows
}

// problemRows says why the program could not be judged.
func (p *Pane) problemRows() []cells.Row {
	if b := p.buildError(); b != nil {
		rows := []cells.Row{cells.Text(cells.Bad, "Your server does not compile."), nil}
		rows = append(rows, cells.Wrap(firstLines(compilerLines(b.Output), 20), p.w, cells.Code)...)
		rows = append(rows, nil)
		return append(rows, cells.Wrap("e opens it at the first of these lines; saving checks it again.", p.w, cells.Dim)...)
	}
	var s *runner.StartError
	if errors.As(p.problem, &s) {
		rows := cells.Wrap(s.Problem(), p.w, cells.Bad)
		rows = append(rows, nil)
		if s.Output != "" {
			rows = append(rows, cells.Chop(lastLines(s.Output, 12), p.w, cells.Code)...)
			rows = append(rows, nil)
		}
		return append(rows, cells.Wrap(s.Advice, p.w, cells.Plain)...)
	}
	return cells.Wrap(p.problem.Error(), p.w, cells.Bad)
}

// compilerLines leaves out the line that names the package.
func compilerLines(output string) string {
	lines := slices.DeleteFunc(strings.Split(output, "\n"), func(l string) bool { return strings.HasPrefix(l, "#") })
	return strings.Join(lines, "\n")
}

func firstLines(text string, n int) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	return strings.Join(lines[:min(n, len(lines))], "\n")
}

func lastLines(text string, n int) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	return strings.Join(lines[max(len(lines)-n, 0):], "\n")
}
