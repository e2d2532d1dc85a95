package exchange

import (
	"cmp"
	"fmt"
	"strings"

	"example/wirebook/internal/visible"
)

// A Failure explains the first difference between what was due and what came.
// In JSON, Sent, Got and Want are base64: every byte arrives.
type Failure struct {
	Exchange string `json:"exchange"`         // its ID, "01/page"
	Aspect   Aspect `json:"aspect,omitempty"` // what was looked at; empty for an exact comparison
	Cut      int    `json:"cut,omitempty"`    // the smallest cut that breaks the server, 0 if none
	Saw      string `json:"saw"`              // what the client saw, in one sentence
	Before   string `json:"before,omitempty"` // what happened on other connections until then, in lines; empty if there were none
	Sent     []byte `json:"sent"`             // the request, as far as it was sent
	Got      []byte `json:"got"`              // all that came back for it
	Due      string `json:"due,omitempty"`    // what was due there, made visible; may be empty
	At       int    `json:"at"`               // the byte of Got that matters, from 0; len(Got) if none came; -1 if there is none
	Want     []byte `json:"want,omitempty"`   // the bytes due there, a few; may be empty
	Rule     string `json:"rule"`             // the rule, in one sentence, with its RFC section
	Look     string `json:"look,omitempty"`   // which part of the program, by subgoal name; may be empty
	Why      string `json:"why"`              // the exchange's own sentence
}

// A finding is what a comparison has found, before it is told to people.
type finding struct {
	saw  string
	at   int // -1 if no byte of the answer matters
	want []byte
	due  string
	rule string // empty for the aspect's own
}

// failure tells a finding. The round is the zero value where it is about the
// exchange as a whole.
func (x *Exchange) failure(t *Transcript, r round, aspect Aspect, f *finding) *Failure {
	out := &Failure{
		Exchange: x.ID(), Aspect: aspect, Cut: t.Cut, Saw: f.saw, At: f.at, Want: f.want,
		Due: f.due, Before: r.others.told, Sent: r.sent, Got: r.got, Why: x.Why,
	}
	if r.number > 0 {
		out.Saw = fmt.Sprintf("answer %d: %s", r.number, out.Saw)
	}
	if r.turn == nil { // the exchange as a whole
		for _, turn := range t.Turns {
			out.Sent = append(out.Sent, turn.Sent...)
			out.Got = append(out.Got, turn.Got...)
		}
	}
	if t.Cut > 0 {
		out.Saw = x.sawCut(t.Cut, out.Saw, aspect)
	}
	if t.Cut > 0 { // whatever came out of it, the cut is what made it so
		f.rule = rules[Cut]
	}
	out.Rule = cmp.Or(x.Rule, f.rule, rules[aspect], ruleExact)
	return out
}

// sawCut begins with where the request was cut: the whole one is known to pass.
func (x *Exchange) sawCut(cut int, saw string, aspect Aspect) string {
	before := x.request()
	before = before[:min(cut, len(before))]
	saw = fmt.Sprintf("cut after byte %s (“%s”): %s", visible.Thousands(cut), ending(before), saw)
	if aspect != "" {
		saw += "; whole, it passes"
	}
	return saw
}

// Text prints the failure for people: what was seen, what happened first on
// other connections, what was sent, what was due, what came, a caret under the byte that matters, the rule, and where to
// look. Lines are as long as the messages' own. The caller adds the command
// that replays it.
func (f *Failure) Text() string {
	var b strings.Builder
	b.WriteString(f.Saw + "\n\n")
	if f.Before != "" {
		label := "first"
		for line := range strings.SplitSeq(f.Before, "\n") {
			writeLabel(&b, label, line)
			label = ""
		}
	}
	writeRows(&b, "sent", f.Sent, -1, nil)
	if f.Due != "" {
		writeLabel(&b, "due", f.Due)
	}
	writeRows(&b, "got", f.Got, f.At, f.Want)
	b.WriteByte('\n')
	writeLabel(&b, "rule", f.Rule)
	if f.Look != "" {
		writeLabel(&b, "look", f.Look)
	}
	return b.String()
}

// writeLabel writes one line: a label in its column, and what it labels.
func writeLabel(b *strings.Builder, label, text string) {
	fmt.Fprintf(b, "  %-5s %s\n", label, text)
}
