// Package judge compares what a server answered with what an exchange file says
// is due, and explains the first difference to people. Exact compares byte for
// byte, for the reference server; Judged looks at what one exercise is about
// and accepts every legal spelling of all else (RFC 9112 for messages, RFC 9110
// for fields).
//
// It reads transcripts of package play and speaks to no server.
package judge

import (
	"bytes"

	"example/wirebook/internal/exchange"
	"example/wirebook/internal/play"
	"example/wirebook/internal/response"
	"example/wirebook/internal/visible"
)

// Judged looks at the judged aspects alone, in the order in which the file lists
// them, and returns the first that fails, or nil. It accepts every legal
// spelling of all else: other order, other fields, other phrases, other
// framings.
//
// A transcript whose Cut is set is to be judged only once the whole request has
// passed: the failure says so.
func Judged(x *exchange.Exchange, t *play.Transcript) *Failure {
	list := rounds(x, t)
	for _, j := range x.Judges {
		if j.Aspect == exchange.Alive {
			if r, f := aliveFinding(list, t); f != nil {
				return failure(x, t, r, exchange.Alive, f)
			}
			continue
		}
		for _, r := range list {
			if !j.Applies(r.action) {
				continue
			}
			if f := look(j, r); f != nil {
				return failure(x, t, r, j.Aspect, f)
			}
		}
	}
	return nil
}

// look compares one aspect of one answer.
func look(j exchange.Judgement, r round) *finding {
	if r.turn == nil {
		return &finding{saw: "it was not played to this point", at: -1}
	}
	if j.Aspect == exchange.Close {
		return compareEnd(r)
	}
	if len(r.got) == 0 {
		return nothingCame(r)
	}
	f := compare(j, r)
	if f != nil && r.end == play.WasReset {
		f.saw = sawReset(r) + ": " + f.saw
	}
	return f
}

// compare compares one aspect of an answer of at least a byte.
func compare(j exchange.Judgement, r round) *finding {
	if r.action.Raw { // no head is known: all of it is content
		return matchContent(&response.Message{Body: r.got}, 0, r.action.Response.Pattern)
	}
	m := response.Read(r.got, r.request, r.end != play.Open)
	switch j.Aspect {
	case exchange.Start:
		return startFinding(m)
	case exchange.Version:
		return versionFinding(m)
	case exchange.LineEnds:
		return lineEndsFinding(m)
	case exchange.Status:
		return statusFinding(r, m)
	case exchange.Reason:
		return reasonFinding(m)
	case exchange.Header:
		return headerFinding(j.Field, r, m)
	case exchange.Framing:
		return framingFinding(r, m)
	case exchange.Body:
		return bodyFinding(r, m)
	}
	// Cut: the answer to a cut request is the same answer.
	if f := statusFinding(r, m); f != nil {
		return f
	}
	return bodyFinding(r, m)
}

// Differs compares answers with the file's in what a client acts on: the code,
// then the content. It is for an exchange that judges no exercise, where
// Judged has nothing to look at, and forgives all that Judged forgives. It
// returns nil when they agree; only a script that Awaits an answer can fail.
func Differs(x *exchange.Exchange, t *play.Transcript) *Failure {
	acted := *x
	acted.Judges = []exchange.Judgement{{Aspect: exchange.Status}, {Aspect: exchange.Body}}
	f := Judged(&acted, t)
	if f != nil {
		f.Saw = "differs from the reference: " + f.Saw
	}
	return f
}

// aliveFinding asks whether the server still answers. Where the script awaits no
// answer, only a close, nothing may have come before it: a connection that asks
// nothing gets nothing.
func aliveFinding(list []round, t *play.Transcript) (round, *finding) {
	answers := false
	for _, r := range list {
		answers = answers || r.action.Kind == exchange.Expect
	}
	for _, r := range list {
		switch {
		case answers:
		case r.turn == nil:
			return r, &finding{saw: "it was not played to this point", at: -1}
		case len(r.turn.Got) > 0:
			return r, &finding{saw: visible.Count(len(r.turn.Got), "byte") + " came, and nothing was asked", at: 0,
				due: "nothing", rule: "An answer belongs to a request: a connection that asks nothing gets nothing."}
		case r.turn.End == play.Silent:
			return r, &finding{saw: "the client has ended its side, and the server does not close", at: -1, due: "a close",
				rule: "When recv returns nothing the client has sent all it will: close, and serve the next."}
		case r.turn.End != play.Closed:
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

// A round is an awaited action, the turn that it became, and what else a
// verdict on it depends on.
type round struct {
	action  exchange.Action
	turn    *play.Turn // nil if the transcript has none
	request response.Request
	sent    []byte   // the request: what this turn sent, or an earlier one in advance
	got     []byte   // what came, with bytes that came after it, before the close
	end     play.End // how that ended
	offset  int      // of got in all that came on the connection
	number  int      // of the answers awaited, from 1; 0 if there is only one
	others  otherConns
}

// rounds pairs the script's awaited actions with a transcript's turns.
func rounds(x *exchange.Exchange, t *play.Transcript) []round {
	var list []round
	sent := map[int][]byte{} // by connection
	answers := map[int]int{} // final answers so far, by connection
	latest := map[int]int{}  // the last round of a connection, plus 1
	came := map[int]int{}    // bytes so far, by connection
	awaited := 0
	for i, a := range x.Script {
		if a.Kind != exchange.Expect && a.Kind != exchange.ExpectClose {
			continue
		}
		r := round{action: a, others: others(x, t, i)}
		if len(list) < len(t.Turns) {
			turn := &t.Turns[len(list)]
			r.turn, r.sent, r.got, r.end = turn, turn.Sent, turn.Got, turn.End
			r.offset = came[a.Conn]
			came[a.Conn] += len(turn.Got)
			sent[a.Conn] = append(sent[a.Conn], turn.Sent...)
			if len(r.sent) == 0 {
				r.sent = sent[a.Conn]
			}
		}
		if a.Kind == exchange.Expect {
			awaited++
			r.number = awaited
			if q := response.Requests(sent[a.Conn]); answers[a.Conn] < len(q) {
				r.request = q[answers[a.Conn]]
			}
			if r.request.Interim = a.Response.Interim(); !r.request.Interim {
				answers[a.Conn]++
			}
		} else if n := latest[a.Conn]; n > 0 && r.turn != nil {
			before := &list[n-1] // bytes before the close belong to the answer
			before.got = append(bytes.Clone(before.got), r.got...)
			before.end = r.end
			r.got, r.offset = before.got, before.offset
			if len(r.turn.Sent) == 0 {
				r.sent = before.sent
			}
		}
		list = append(list, r)
		latest[a.Conn] = len(list)
	}
	if awaited < 2 {
		for i := range list {
			list[i].number = 0
		}
	}
	return list
}
