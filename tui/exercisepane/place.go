package exercisepane

import (
	"regexp"
	"strconv"
)

// A LineHint is what is known of the place: a line, or words that stand there.
type LineHint struct {
	Line int
	Text string
}

var mainLine = regexp.MustCompile(`main\.go:(\d+)`)

// LineHint takes the best that the last check has to say.
func (p *Pane) LineHint() LineHint {
	var said string
	if b := p.buildError(); b != nil {
		said = b.Output
	} else if e := p.current(); e != nil {
		said = p.results[e.Name].Died
	}
	if found := mainLine.FindStringSubmatch(said); found != nil {
		if n, err := strconv.Atoi(found[1]); err == nil {
			return LineHint{Line: n}
		}
	}
	if e := p.current(); e != nil {
		return LineHint{Text: e.Look}
	}
	return LineHint{}
}
