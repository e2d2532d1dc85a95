package tui

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"example/wirebook/internal/check"
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/runner"
	"example/wirebook/internal/visible"
)

var verdictMarks = map[check.Verdict]run{
	check.Pass:       {text: "✓", tone: good},
	check.Fail:       {text: "✗", tone: bad},
	check.Broken:     {text: "!", tone: warn},
	check.NotReached: {text: "·", tone: dim},
}

var verdictWords = map[check.Verdict]string{check.Pass: "pass", check.Fail: "fail"}

// rows draws the pane: what is good first, then the one thing to look at.
func (p *exercisePane) rows() []row {
	if p.count() == 0 {
		return append([]row{nil}, wrap("This step has no exercises. Its server and its source are here all the same: 1 lesson, 2 wire, 4 source.", p.w, dim)...)
	}
	top, below := p.parts()
	return append(top, window(below, p.scrolled(len(below), p.h-len(top)), p.h-len(top))...)
}

// parts are the marks, which stay, and what scrolls under them.
func (p *exercisePane) parts() (top, below []row) {
	top = append(p.marks(), nil)
	if len(top) > p.h/3 {
		top = append(p.shortMarks(), nil)
	}
	return top, p.explained()
}

// scrolled is the first line in the window: what top says, as far as there are
// lines.
func (p *exercisePane) scrolled(n, h int) int { return min(p.top, max(n-h, 0)) }

func (p *exercisePane) scrollBy(by int) {
	if p.count() > 0 {
		top, below := p.parts()
		h := p.h - len(top)
		p.top = max(p.scrolled(len(below), h)+by, 0)
		p.top = p.scrolled(len(below), h)
	}
}

// howFar says which lines are in sight, when not all are.
func (p *exercisePane) howFar() string {
	if p.count() == 0 {
		return ""
	}
	top, below := p.parts()
	h := p.h - len(top)
	return lineCount(p.scrolled(len(below), h), h, len(below))
}

// marks lists the checks, as many on a row as there is room for.
func (p *exercisePane) marks() []row {
	return p.chips(3, func(i int) string { return fmt.Sprintf(" %d %s", i+1, p.step.Exercises[i].Title) })
}

// shortMarks lists them by number alone.
func (p *exercisePane) shortMarks() []row {
	return p.chips(1, func(i int) string { return fmt.Sprint(i + 1) })
}

// chips sets the verdicts with their names side by side, gap cells apart.
func (p *exercisePane) chips(gap int, name func(int) string) []row {
	var rows []row
	var now row
	for i, e := range p.step.Exercises {
		t := dim
		if i == p.index {
			t = strong
		}
		mark := verdictMarks[p.verdict(e.Name)]
		if !p.settled(e.Name) {
			mark.tone = dim
		}
		chip := row{mark, {text: name(i), tone: t}, {text: strings.Repeat(" ", gap)}}
		if now.width()+chip.width()-gap > p.w && len(now) > 0 {
			rows, now = append(rows, now), nil
		}
		now = append(now, chip...)
	}
	return append(rows, now)
}

// explained is the part under the marks.
func (p *exercisePane) explained() []row {
	e := p.current()
	news := p.news()
	title := say(heading, fmt.Sprintf("%d of %d  %s", p.index+1, p.count(), e.Title))
	rows := append(news, ends(title, p.standing(p.w-title.width()-2), p.w), nil)
	if p.problem != nil {
		return append(rows, p.problemRows()...)
	}
	switch p.shown {
	case showReference:
		return append(rows, referenceRows(p.exchange(), p.w)...)
	case showDiff:
		if f := p.failure(); f != nil {
			return append(rows, diffRows(p.exchange(), f, p.w)...)
		}
	}
	rows = append(rows, wrap(e.Task, p.w, plain)...)
	rows = append(rows, nil)
	r := p.results[e.Name]
	switch v := p.verdict(e.Name); {
	case v == check.Pass && !p.settled(e.Name):
		rows = append(rows, say(warn, "checking …"))
	case v == check.Fail:
		rows = append(rows, p.failureRows(r)...)
		rows = append(rows, p.hintRows(e)...)
	case v == check.Pass:
		rows = append(rows, say(good, "✓ your server does it."), nil)
		for _, x := range e.Exchanges {
			rows = append(rows, wrap(x.Why, p.w, dim)...)
		}
	case v == check.Broken:
		rows = append(rows, wrap("! this check could not be made; the fault is not in your program.", p.w, warn)...)
		if r.Err != nil {
			rows = append(rows, wrap(r.Err.Error(), p.w, dim)...)
		}
	default:
		rows = append(rows, wrap("Not checked yet. e opens your server in your editor; on saving it is built and checked by itself, and c checks it now.", p.w, dim)...)
	}
	return rows
}

// standing tells how the last check went, in as many words as there is room for.
func (p *exercisePane) standing(room int) row {
	short := fmt.Sprintf("%d of %d pass", len(p.passes()), p.count())
	long := short + fmt.Sprintf(" · checked in %.1f s", p.took.Seconds())
	switch {
	case p.running:
		return say(warn, "checking …")
	case p.problem != nil: // the rows below tell why
		return say(bad, "not checked")
	case len(p.results) == 0:
		return nil
	case len(long) <= room:
		return say(dim, long)
	}
	return say(dim, short)
}

// failureRows prints the failure in the words of package exchange, and adds the
// command that plays it again.
func (p *exercisePane) failureRows(r check.Result) []row {
	var rows []row
	if r.Failure != nil {
		for i, line := range strings.Split(strings.TrimRight(r.Failure.Text(), "\n"), "\n") {
			rows = append(rows, p.failureLine(i, line)...)
		}
	}
	if r.Died != "" {
		rows = append(rows, wrap("your server ended: "+r.Died, p.w, bad)...)
	}
	if x := p.exchange(); x != nil {
		rows = append(rows, row{{text: "  again ", tone: keycap}, {text: p.command + " send " + x.ID(), tone: code}})
	}
	return append(rows, nil)
}

// failureLine paints one line of a failure: the sentence, the two messages, the
// caret and the labels each have their tone. Long prose is wrapped under its
// label; bytes are not, since the caret counts their columns.
func (p *exercisePane) failureLine(i int, line string) []row {
	word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
	switch {
	case i == 0:
		return wrap(line, p.w, strong)
	case strings.HasPrefix(word, "^"):
		return []row{say(bad, line)}
	case word == "due":
		return []row{labelled(line, word, good, code)}
	case word == "got":
		return []row{labelled(line, word, bad, code)}
	case word == "rule" || word == "look" || word == "why":
		if word == "look" {
			line = p.lookHere(line)
		}
		lead := strings.Index(line, word) + len(word) + 2
		text := wrap(strings.TrimSpace(line[lead:]), p.w-lead-2, plain)
		rows := []row{append(row{{text: line[:lead], tone: keycap}}, text[0]...)}
		for _, t := range text[1:] {
			rows = append(rows, indent(t, lead))
		}
		return rows
	}
	return []row{say(code, line)}
}

func labelled(line, word string, label, rest tone) row {
	n := strings.Index(line, word) + len(word)
	return row{{text: line[:n], tone: label}, {text: line[n:], tone: rest}}
}

// problemRows says why the program could not be judged.
func (p *exercisePane) problemRows() []row {
	if b := p.buildError(); b != nil {
		rows := []row{say(bad, "Your server does not compile."), nil}
		rows = append(rows, wrap(firstLines(compilerLines(b.Output), 20), p.w, code)...)
		rows = append(rows, nil)
		return append(rows, wrap("e opens it at the first of these lines; saving checks it again.", p.w, dim)...)
	}
	var s *runner.StartError
	if errors.As(p.problem, &s) {
		rows := wrap(s.Problem(), p.w, bad)
		rows = append(rows, nil)
		if s.Output != "" {
			rows = append(rows, chop(lastLines(s.Output, 12), p.w, code)...)
			rows = append(rows, nil)
		}
		return append(rows, wrap(s.Advice, p.w, plain)...)
	}
	return wrap(p.problem.Error(), p.w, bad)
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

// referenceRows shows what the reference answers: the exchange's own bytes,
// which the reference is tested against.
func referenceRows(x *exchange.Exchange, w int) []row {
	if x == nil {
		return nil
	}
	rows := wrap("What the reference answers to “"+x.Title+"”. A * stands for a value that varies.", w, dim)
	for _, a := range x.Script {
		switch {
		case a.Kind == exchange.Send:
			rows = append(rows, nil, say(toServer, "→ sent"))
			rows = append(rows, byteRows(a.Data, w)...)
		case a.Kind == exchange.Expect && a.Answer != nil:
			rows = append(rows, nil, say(toClient, "← due"))
			rows = append(rows, byteRows(a.Answer.Pattern, w)...)
		case a.Kind == exchange.ExpectClose:
			rows = append(rows, say(dim, "  and then a close"))
		}
	}
	return rows
}

// byteRows shows a message, a row a line.
func byteRows(b []byte, w int) []row {
	var rows []row
	for _, r := range visible.Rows(b, exchange.ContentOffset(b), -1) {
		t := code
		if r.Gap {
			t = dim
		}
		for _, part := range chop(r.Text, w-2, t) {
			rows = append(rows, indent(part, 2))
		}
	}
	return rows
}
