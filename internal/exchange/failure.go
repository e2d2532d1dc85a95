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

// A LineKind says what a line of a failure is.
type LineKind int

// The kinds of line, in the order in which they stand.
const (
	SawLine    LineKind = iota // what the client saw
	BeforeLine                 // what happened first on other connections
	SentLine                   // bytes that were sent
	DueLine                    // what was due
	GotLine                    // bytes that came
	CaretLine                  // the mark under the byte above it that matters
	RuleLine                   // the rule
	LookLine                   // where to look in the program
)

// A Line is one line of a failure as people read it. Its text is safe to print.
type Line struct {
	Kind  LineKind
	Label string // "sent", on the first line of a kind; empty on the others
	Text  string
}

// Lines is the failure for people: what was seen, what happened first on other
// connections, what was sent, what was due, what came, a caret under the byte
// that matters, the rule, and where to look. Lines are as long as the messages'
// own.
func (f *Failure) Lines() []Line {
	lines := []Line{{Kind: SawLine, Text: f.Saw}}
	if f.Before != "" {
		label := "first"
		for line := range strings.SplitSeq(f.Before, "\n") {
			lines = append(lines, Line{BeforeLine, label, line})
			label = ""
		}
	}
	lines = appendMessage(lines, SentLine, "sent", f.Sent, -1, nil)
	if f.Due != "" {
		lines = append(lines, Line{DueLine, "due", f.Due})
	}
	lines = appendMessage(lines, GotLine, "got", f.Got, f.At, f.Want)
	lines = append(lines, Line{RuleLine, "rule", f.Rule})
	if f.Look != "" {
		lines = append(lines, Line{LookLine, "look", f.Look})
	}
	return lines
}

// LabelWidth is how many cells Text gives a label, with the space behind it.
const LabelWidth = 6

// Text is Lines with their labels in a column, and empty lines around the
// messages. The caller adds the command that replays the exchange.
func (f *Failure) Text() string {
	var b strings.Builder
	for _, line := range f.Lines() {
		if line.Kind == RuleLine {
			b.WriteByte('\n')
		}
		if line.Kind == SawLine {
			b.WriteString(line.Text + "\n\n")
			continue
		}
		fmt.Fprintf(&b, "  %-*s%s\n", LabelWidth, line.Label, line.Text)
	}
	return b.String()
}
