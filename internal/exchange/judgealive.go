package exchange

import "example/wirebook/internal/visible"

// judgeAlive asks whether the server still answers. Where the script awaits no
// answer, only a close, nothing may have come before it: a connection that asks
// nothing gets nothing.
func judgeAlive(list []round, t *Transcript) (round, *finding) {
	answers := false
	for _, r := range list {
		answers = answers || r.action.Kind == Expect
	}
	for _, r := range list {
		switch {
		case answers:
		case r.turn == nil:
			return r, &finding{saw: "it was not played to this point", at: -1}
		case len(r.turn.Got) > 0:
			return r, &finding{saw: visible.Count(len(r.turn.Got), "byte") + " came, and nothing was asked", at: 0,
				due: "nothing", rule: "An answer belongs to a request: a connection that asks nothing gets nothing."}
		case r.turn.End == Silent:
			return r, &finding{saw: "the client has ended its side, and the server does not close", at: -1, due: "a close",
				rule: "When recv returns nothing the client has sent all it will: close, and serve the next."}
		case r.turn.End != Closed:
			return r, &finding{saw: sawNothing(r), at: -1, due: "a close"}
		}
	}
	if t.Alive {
		return round{}, nil
	}
	if t.Probe == nil {
		return round{}, &finding{saw: "nobody asked whether the server still answers: the exchange was played without its probe", at: -1}
	}
	return round{}, &finding{saw: sawDead(t.Probe), at: -1}
}
