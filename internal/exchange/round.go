package exchange

import "bytes"

// A round is an awaited action, the turn that it became, and what else a
// verdict on it depends on.
type round struct {
	action Action
	turn   *Turn // nil if the transcript has none
	asked  asked
	sent   []byte // the request: what this turn sent, or an earlier one in advance
	got    []byte // what came, with bytes that came after it, before the close
	end    End    // how that ended
	number int    // of the answers awaited, from 1; 0 if there is only one
	others meanwhile
}

// rounds pairs the script's awaited actions with a transcript's turns.
func (x *Exchange) rounds(t *Transcript) []round {
	var list []round
	sent := map[int][]byte{} // by connection
	answers := map[int]int{} // final answers so far, by connection
	latest := map[int]int{}  // the last round of a connection, plus 1
	expected := 0
	for i, a := range x.Script {
		if a.Kind != Expect && a.Kind != ExpectClose {
			continue
		}
		r := round{action: a, others: x.others(t, i)}
		if len(list) < len(t.Turns) {
			turn := &t.Turns[len(list)]
			r.turn, r.sent, r.got, r.end = turn, turn.Sent, turn.Got, turn.End
			sent[a.Conn] = append(sent[a.Conn], turn.Sent...)
			if len(r.sent) == 0 {
				r.sent = sent[a.Conn]
			}
		}
		if a.Kind == Expect {
			expected++
			r.number = expected
			if q := requests(sent[a.Conn]); answers[a.Conn] < len(q) {
				r.asked = q[answers[a.Conn]]
			}
			if r.asked.interim = a.Answer.interim(); !r.asked.interim {
				answers[a.Conn]++
			}
		} else if n := latest[a.Conn]; n > 0 && r.turn != nil {
			before := &list[n-1] // bytes before the close belong to the answer
			before.got = append(bytes.Clone(before.got), r.got...)
			before.end = r.end
			r.got = before.got
			if len(r.turn.Sent) == 0 {
				r.sent = before.sent
			}
		}
		list = append(list, r)
		latest[a.Conn] = len(list)
	}
	if expected < 2 {
		for i := range list {
			list[i].number = 0
		}
	}
	return list
}
