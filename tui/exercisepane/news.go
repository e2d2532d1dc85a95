package exercisepane

import (
	"fmt"
	"slices"
	"strings"

	"example/wirebook/internal/check"
	"example/wirebook/tui/cells"
)

// What has just become right, in one line above what comes next: the pane goes
// on to the next failure at once, and a pass would not be seen.

// news is that line with an empty one below, or nothing.
func (p *Pane) news() []cells.Row {
	if p.problem != nil || p.Count() == 0 {
		return nil
	}
	text := p.passedNow()
	if len(p.Passes()) == p.Count() && !p.running {
		text = p.allPass()
	}
	if text == "" {
		return nil
	}
	return append(cells.Wrap(text, p.w, cells.Good), nil)
}

// passedNow names the exercises that pass since the last check.
func (p *Pane) passedNow() string {
	var numbers, titles []string
	for i, e := range p.step.Exercises {
		shown := p.moment != nil && p.moment.exercise == e.Name
		if p.fresh[e.Name] && !shown && p.verdict(e.Name) == check.Pass && !slices.Contains(p.before, e.Name) {
			numbers, titles = append(numbers, fmt.Sprint(i+1)), append(titles, e.Title)
		}
	}
	switch len(numbers) {
	case 0:
		return ""
	case 1:
		return "✓ " + numbers[0] + " passed: " + titles[0]
	}
	return "✓ " + strings.Join(numbers, ", ") + " passed"
}

// Outcome is the last check in one line, for another pane's reader.
func (p *Pane) Outcome() cells.Run {
	const look = " (3 to look)"
	switch n := len(p.Passes()); {
	case p.buildError() != nil:
		return cells.Run{Tone: cells.Bad, Text: "your server does not compile: " + p.buildError().First() + look}
	case p.problem != nil:
		return cells.Run{Tone: cells.Bad, Text: "not checked: " + p.problem.Error() + look}
	case n == p.Count():
		return cells.Run{Tone: cells.Good, Text: p.allPass()}
	case p.moment != nil:
		return cells.Run{Tone: cells.Good, Text: fmt.Sprintf("✓ passed: %s; %d of %d pass", p.current().Title, n, p.Count()) + look}
	default:
		return cells.Run{Tone: cells.Warn, Text: fmt.Sprintf("%d of %d pass; next: %s", n, p.Count(), p.current().Title) + look}
	}
}

// allPass says so, and how to go on.
func (p *Pane) allPass() string {
	text := fmt.Sprintf("✓ all %d pass", p.Count())
	if p.next != "" {
		text += ": ] opens " + p.next
	}
	return text
}

// lookHere is where a part of the program stands, with its file and line. The
// comment above a part names it.
func (p *Pane) lookHere(part string) string {
	file := p.file()
	if n := p.source[p.current().Name].Line; n > 0 {
		return fmt.Sprintf("%s:%d, under “%s”", file, n, part)
	}
	return fmt.Sprintf("%s, “%s”", file, part)
}
