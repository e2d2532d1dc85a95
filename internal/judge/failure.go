package judge

import (
	"cmp"
	"fmt"
	"strings"

	"example/wirebook/internal/exchange"
	"example/wirebook/internal/play"
	"example/wirebook/internal/visible"
)

// A Failure explains the first difference between what was due and what came.
// In JSON, Sent, Got and DueBytes are base64: every byte arrives.
type Failure struct {
	Exchange string          `json:"exchange"`            // its ID, "01/page"
	Aspect   exchange.Aspect `json:"aspect,omitempty"`    // what was looked at; empty for an exact comparison
	Cut      int             `json:"cut,omitempty"`       // the smallest cut that breaks the server, 0 if none
	Saw      string          `json:"saw"`                 // what the client saw, in one sentence
	Before   string          `json:"before,omitempty"`    // what happened on other connections until then, in lines; empty if there were none
	Sent     []byte          `json:"sent"`                // the request, as far as it was sent
	Got      []byte          `json:"got"`                 // all that came back for it
	Due      string          `json:"due,omitempty"`       // what was due there, made visible; may be empty
	At       int             `json:"at"`                  // the byte of Got that matters, from 0; len(Got) if none came; -1 if there is none
	Conn     int             `json:"conn,omitempty"`      // the connection that it is about, from 1; 0 if it is about the exchange as a whole
	Offset   int             `json:"offset,omitempty"`    // of Got in all that the server sent on that connection
	DueBytes []byte          `json:"due_bytes,omitempty"` // the bytes due there, a few; may be empty
	Rule     string          `json:"rule,omitempty"`      // the rule, in one sentence, with its RFC section
	Look     string          `json:"look,omitempty"`      // which part of the program, by subgoal name; may be empty
	Why      string          `json:"why,omitempty"`       // the exchange's own sentence
}

// A finding is a fault that a comparison has found in a response.
type finding struct {
	saw      string // in one sentence
	due      string // what was due there, made visible
	at       int    // the byte of the response that matters, -1 if none does
	dueBytes []byte // the bytes due there, a few; may be empty
	rule     string // empty for the aspect's own
}

// failure makes a failure of a finding. The round is the zero value where it is about the
// exchange as a whole.
func failure(x *exchange.Exchange, t *play.Transcript, r round, aspect exchange.Aspect, f *finding) *Failure {
	out := &Failure{
		Exchange: x.ID(), Aspect: aspect, Cut: t.Cut, Saw: f.saw, At: f.at, DueBytes: f.dueBytes,
		Due: f.due, Before: r.others.reported, Sent: r.sent, Got: r.got, Why: x.Why,
	}
	if r.number > 0 {
		out.Saw = fmt.Sprintf("answer %d: %s", r.number, out.Saw)
	}
	out.Conn, out.Offset = r.action.Conn, r.offset
	if r.turn == nil { // the exchange as a whole
		for _, turn := range t.Turns {
			out.Sent = append(out.Sent, turn.Sent...)
			out.Got = append(out.Got, turn.Got...)
		}
	}
	rule := f.rule
	if t.Cut > 0 { // whatever came out of it, the cut is what made it so
		out.Saw = sawCut(x, t.Cut, out.Saw, aspect)
		rule = rules[exchange.Cut]
	}
	out.Rule = cmp.Or(x.Rule, rule, rules[aspect], ruleExact)
	return out
}

// sawCut begins with where the request was cut: the whole one is known to pass.
func sawCut(x *exchange.Exchange, cut int, saw string, aspect exchange.Aspect) string {
	before := x.Request()
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
	lines = appendMessage(lines, GotLine, "got", f.Got, f.At, f.DueBytes)
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

// appendMessage adds a message, a line for each of its own, and a caret under
// the byte at; -1 means that none matters.
func appendMessage(lines []Line, kind LineKind, label string, message []byte, at int, dueBytes []byte) []Line {
	if len(message) == 0 {
		return append(lines, Line{kind, label, "nothing"})
	}
	rows := visible.Rows(message, exchange.ContentOffset(message), at)
	for i, row := range rows {
		lines = append(lines, Line{kind, label, row.Text})
		label = ""
		end := row.Off + row.Len
		if at >= row.Off && at < end || at == end && i == len(rows)-1 {
			column := visible.Column(message[row.Off:at], at-row.Off)
			lines = append(lines, Line{Kind: CaretLine, Text: strings.Repeat(" ", column) + Caret(message, at, dueBytes)})
		}
	}
	return lines
}

// Caret is the mark under a byte of a message with what it is, and what was due
// in its place: "^ byte 15: LF (hex 0a), due CR LF (hex 0d 0a)". at may be
// len(message): nothing came there.
func Caret(message []byte, at int, dueBytes []byte) string {
	text := "^ end"
	if at < len(message) {
		text = "^ byte " + visible.Thousands(at) + ": " + spell(message[at:at+1])
	}
	if len(dueBytes) > 0 {
		text += ", due " + spell(dueBytes)
	}
	return text
}

// spell names bytes for people who do not read hex, and has the hex beside it:
// "“2” (hex 32)".
func spell(b []byte) string {
	var names []string
	for i := 0; i < len(b); {
		n := 1
		switch c := b[i]; {
		case c == '\r':
			names = append(names, "CR")
		case c == '\n':
			names = append(names, "LF")
		case c == '\t':
			names = append(names, "tab")
		case c == ' ':
			names = append(names, "space")
		case c > ' ' && c < 0x7f:
			for i+n < len(b) && b[i+n] > ' ' && b[i+n] < 0x7f {
				n++
			}
			names = append(names, "“"+string(b[i:i+n])+"”")
		default:
			names = append(names, visible.Bytes(b[i:i+1]))
		}
		i += n
	}
	return fmt.Sprintf("%s (hex % x)", strings.Join(names, " "), b)
}
