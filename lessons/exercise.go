package lessons

import "fmt"

// exercise takes an exercise of the lesson's own step by its name.
func (p *parser) exercise(arguments []string) (*Block, error) {
	if err := p.name(arguments, "exercise"); err != nil {
		return nil, err
	}
	step := p.step(p.lesson.Step)
	if step == nil {
		return nil, p.fail("exercise of a step that does not exist: %q", p.lesson.Step)
	}
	for i, e := range step.Exercises {
		if e.Name != arguments[0] {
			continue
		}
		if untrusted([]byte(e.Title+e.Task)) >= 0 {
			return nil, p.fail("the exercise holds a character that does not show: %q", e.Name)
		}
		return &Block{Kind: Exercise, Name: e.Name, Text: e.Title + "\n" + e.Task, flow: newFlow(e.Task, nil),
			exercise: &e, number: i + 1, of: len(step.Exercises)}, nil
	}
	return nil, p.fail("unknown exercise: %q", arguments[0])
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
	minutes := fmt.Sprintf("about %d minutes   ", b.exercise.Minutes)
	standing := newFlow(minutes+verdict.Text, []run{
		{end: len(minutes), role: Dim}, {end: len(minutes) + len(verdict.Text), role: verdict.Role},
	})
	rows = append(rows, standing.lines(inside)...)
	return box{
		kind: fmt.Sprintf("exercise %d of %d", b.number, b.of), title: b.exercise.Title,
		hint: hint(v, "enter", "opens it"),
		edge: v.frame(), rows: rows, inset: inset,
	}.draw(inside)
}
