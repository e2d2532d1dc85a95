package tui

import (
	"example/wirebook/tui/cells"
	"fmt"
	"slices"
	"strings"
)

// What has just become right, in one line above what comes next: the pane goes
// on to the next failure at once, and a pass would not be seen.

// news is that line with an empty one below, or nothing.
func (p *exercisePane) news() []cells.Row {
	if p.problem != nil || p.count() == 0 {
		return nil
	}
	text := p.passedNow()
	if len(p.passes()) == p.count() && !p.running {
		text = p.allPass()
	}
	if text == "" {
		return nil
	}
	return append(cells.Wrap(text, p.w, cells.Good), nil)
}

// passedNow names the exercises that pass since the last check.
func (p *exercisePane) passedNow() string {
	var numbers, titles []string
	for i, e := range p.step.Exercises {
		if p.fresh[e.Name] && verdictWords[p.verdict(e.Name)] == "pass" && !slices.Contains(p.before, e.Name) {
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

// allPass says so, and how to go on.
func (p *exercisePane) allPass() string {
	text := fmt.Sprintf("✓ all %d pass", p.count())
	if p.next != "" {
		text += ": ] opens " + p.next
	}
	return text
}

// lookHere is where a part of the program stands, with its file and line. The
// comment above a part names it.
func (p *exercisePane) lookHere(part string) string {
	file := "exercise/main.go"
	if n := p.places[p.current().Name]; n > 0 {
		return fmt.Sprintf("%s:%d, under “%s”", file, n, part)
	}
	return fmt.Sprintf("%s, “%s”", file, part)
}
