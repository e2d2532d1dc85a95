package lessons

import (
	"errors"
	"strings"
	"testing"

	"example/wirebook/internal/play"
)

func TestPredicates(t *testing.T) {
	turn := func(got string, end play.End) *play.Transcript {
		return &play.Transcript{Alive: true, Turns: []play.Turn{{Got: []byte(got), End: end}}}
	}
	page := turn("HTTP/1.1 200 OK\r\nA: b\r\n\r\nhello", play.Closed)
	notes := turn("\nHTTP/1.x 200 OK  \nA: b\n\n\xff\xd8", play.Closed)
	nothing := turn("", play.Closed)
	dead := turn("", play.WasReset)
	dead.Alive, dead.Probe = false, errors.New("refused")
	unprobed := &play.Transcript{Turns: []play.Turn{{End: play.Closed}}}
	two := &play.Transcript{Turns: []play.Turn{{End: play.Silent}, {Got: []byte("x"), End: play.Closed}}}

	tests := []struct {
		when string
		t    *play.Transcript
		died bool
		due  bool
	}{
		{"status 200", page, false, true},
		{"status 404", page, false, false},
		{"status 200", turn("HTTP/1.x 200 OK  \nA: b\n\n", play.Closed), false, true},
		{"status 200", notes, false, false}, // it does not begin with a status line
		{"status 200", turn("HTTP/1.1", play.Closed), false, false},
		{"status 200", turn("Yes 200", play.Closed), false, false},
		{"status 0", turn("HTTP/1.1 x", play.Closed), false, true},
		{"bytes 30", page, false, true},
		{"bytes 29", page, false, false},
		{"bytes > 29", page, false, true},
		{"bytes > 30", page, false, false},
		{"no bytes", nothing, false, true},
		{"no bytes", page, false, false},
		{"closed", page, false, true},
		{"closed", dead, true, false},
		{"closed", two, false, false}, // one of its connections was silent
		{"silent", two, false, true},
		{"silent", page, false, false},
		{"reset", dead, true, true},
		{"reset", nothing, false, false},
		{"died", dead, true, true},
		{"died", dead, false, false},
		{"alive", page, false, true},
		{"alive", unprobed, false, true},
		{"alive", unprobed, true, false},
		{"alive", dead, false, false},
		{"body contains hello", page, false, true},
		{"body contains 200", page, false, false},
		{"body contains \\xff\\xd8", notes, false, true},
		{"starts HTTP/1.1 200", page, false, true},
		{"starts \\nHTTP", notes, false, true},
		{"starts HTTP", notes, false, false},
		{"no bytes and died", dead, true, true},
		{"no bytes and alive", dead, true, false},
		{`body contains a "quoted" word`, turn("\n\na \"quoted\" word", play.Closed), false, true},
	}
	for _, test := range tests {
		p, err := parsePredicate(test.when)
		if err != nil {
			t.Error(err)
			continue
		}
		if got := p.holds(observe(test.t, test.died)); got != test.due {
			t.Errorf("%q: %v, due %v", test.when, got, test.due)
		}
	}
}

func TestPredicateErrors(t *testing.T) {
	for _, when := range []string{"", "stat 200", "status", "status x", "bytes >", "starts ", "starts \\q", "died and", "closed, died"} {
		if _, err := parsePredicate(when); err == nil {
			t.Errorf("%q is accepted", when)
		}
	}
}

func TestDecide(t *testing.T) {
	_, b := block(t, demo(t), Prediction)
	tests := []struct {
		got  string
		died bool
		due  int
	}{
		{"HTTP/1.1 200 OK\r\n\r\n", false, 0},
		{"HTTP/1.1 400 Bad Request\r\n\r\n", false, 1},
		{"", true, 2},
		{"HTTP/1.1 404 Not Found\r\n\r\n", false, -1},
		{"", false, -1},
	}
	for _, test := range tests {
		transcript := &play.Transcript{Turns: []play.Turn{{Got: []byte(test.got), End: play.Closed}}}
		if got := b.Question.Decide(transcript, test.died); got != test.due {
			t.Errorf("%q, died %v: option %d, due %d", test.got, test.died, got, test.due)
		}
	}
}

func TestQuestionErrors(t *testing.T) {
	const good = "exchange: page\nask: What?\n- a :: b\n  when: died\n- c :: d\n  when: alive"
	if _, err := parse(t, fence(good)); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ what, body, due string }{
		{"no exchange", strings.Replace(good, "exchange: page\n", "", 1), `01-socket.md:4: prediction without "exchange:"`},
		{"unknown exchange", strings.Replace(good, "page", "nope", 1), `01-socket.md:4: unknown exchange: "nope"`},
		{"unknown server", "server: yours\n" + good, `01-socket.md:4: a prediction is about the server notes or reference: "yours"`},
		{"no question", strings.Replace(good, "ask: What?\n", "", 1), `prediction without "ask:"`},
		{"one option", "exchange: page\nask: What?\n- a :: b\n  when: died", `fewer than two options`},
		{"no reply", strings.Replace(good, " :: b", "", 1), `01-socket.md:6: an option is`},
		{"no predicate", strings.Replace(good, "\n  when: alive", "", 1), `option without "when:": "c"`},
		{"bad predicate", strings.Replace(good, "alive", "lives", 1), `01-socket.md:9: unknown predicate: "lives"`},
		{"unknown key", good + "\nhint: x", `01-socket.md:10: unknown line in a prediction: "hint: x"`},
	}
	for _, test := range tests {
		t.Run(test.what, func(t *testing.T) {
			_, err := parse(t, fence(test.body))
			if err == nil || !strings.Contains(err.Error(), test.due) {
				t.Errorf("got  %v\ndue  %s", err, test.due)
			}
		})
	}
}

func fence(body string) string { return "# T\n\n```predict p\n" + body + "\n```\n" }
