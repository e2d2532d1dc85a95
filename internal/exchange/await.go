package exchange

import (
	"context"
	"time"
)

// expect reads the answer that the script awaits in action i.
func (g *game) expect(ctx context.Context, l *link, i int) error {
	a := g.x.Script[i]
	next, more := g.next(i)
	closing := more && next.Kind == ExpectClose
	var done func(got []byte) int
	if a.Raw {
		done = func(got []byte) int {
			if len(got) < len(a.Answer.Pattern) {
				return -1
			}
			return len(a.Answer.Pattern)
		}
	} else {
		q := l.asked(a.Answer.interim())
		done = func(got []byte) int { return answerLen(got, q) }
	}
	l.begin()
	n, end, err := l.await(ctx, g.patience, done)
	if err != nil {
		return err
	}
	if end == Open && !closing && (!more || a.Raw) {
		if n, end, err = l.listen(ctx, n, g.patience); err != nil {
			return err
		}
	}
	g.turn(l, n, end)
	return nil
}

// answerLen is the length of the answer that b begins with, -1 while it has
// not all come.
func answerLen(b []byte, q asked) int {
	if r := readAnswer(b, q, false); r.whole {
		return r.end
	}
	return -1
}

// expectClose reads until the server closes. A server that has answered in full
// and keeps the connection is not waited for as long as a silent one, and one
// that has used up all patience is not waited for again.
func (g *game) expectClose(ctx context.Context, l *link) error {
	patience := g.patience
	switch {
	case l.silent && l.untold() == 0:
		patience = min(patience, quiet)
	case l.answered && l.untold() == 0:
		patience = min(patience, closePatience)
	}
	l.begin()
	n, end, err := l.await(ctx, patience, func([]byte) int { return -1 })
	if err != nil {
		return err
	}
	g.turn(l, n, end)
	return nil
}

// next returns the next action on the connection of action i that is not a
// pause.
func (g *game) next(i int) (Action, bool) {
	for _, a := range g.x.Script[i+1:] {
		if a.Conn == g.x.Script[i].Conn && a.Kind != Pause {
			return a, true
		}
	}
	return Action{}, false
}

// rests ends the exchange with a turn for each connection that the script has
// left unfinished. Only a script that awaits nothing at all is waited for here:
// otherwise a silent first client would cost every exchange its patience.
func (g *game) rests(ctx context.Context) error {
	shows := len(g.t.Turns) == 0
	for _, l := range g.links {
		if l.turns > 0 && l.untold() == 0 {
			continue
		}
		n, end := l.now()
		if l.wasReset { // the end is the client's own
			end = Open
		}
		if shows && !l.wasReset && (l.halved || l.untold() > 0) {
			l.begin()
			q := l.asked(false)
			var err error
			n, end, err = l.await(ctx, g.patience, func(got []byte) int { return answerLen(got, q) })
			if err == nil && end == Open {
				n, end, err = l.listen(ctx, n, g.patience)
			}
			if err != nil {
				return err
			}
		}
		g.turn(l, n, end)
	}
	return nil
}

// turn ends a turn on l: n bytes have come for it.
func (g *game) turn(l *link, n int, end End) {
	t := Turn{Conn: l.number, Sent: l.sent[l.told:], SendErr: l.sendErr, Got: l.take(n), End: end, When: time.Now()}
	if !l.began.IsZero() {
		t.Took = t.When.Sub(l.began)
	}
	l.told, l.began = len(l.sent), time.Time{}
	l.turns++
	l.answered, l.silent = end == Open || end == Closed, end == Silent
	g.t.Turns = append(g.t.Turns, t)
}
