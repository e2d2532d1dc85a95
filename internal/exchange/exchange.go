// Package exchange reads exchange files: one conversation with a server,
// written down byte for byte.
//
// An exchange is a txtar archive. Its head says what the conversation shows,
// its sections are sent and awaited in order. The same file is drawn in a
// lesson, sent live by the workbook, replayed by go test against the reference
// server and used to judge a learner's server. The file format is written down
// in FORMAT.md beside this file.
//
// The package opens no connection and compares nothing: play and judge do that.
package exchange

import (
	"slices"
	"time"
)

// An Exchange is one conversation, as its file describes it.
type Exchange struct {
	Step     string      // folder of the step, "01-socket"; Parse leaves it empty
	Name     string      // file name without .txtar, "page"
	Title    string      // a few words: the caption
	Why      string      // the one sentence that teaches
	Notes    []string    // errors of the notes that it shows: "E3"
	Exercise string      // the exercise that it judges, "" if none
	Judges   []Judgement // what of the answer that exercise looks at
	Rule     string      // the rule in one sentence; shown in a failure
	Cuts     bool        // "cuts: every": also sent cut at every byte
	Script   []Action    // what happens, in order
	Files    []File      // files put into the server's folder first
}

// ID names an exchange in commands and messages: "01/page".
func (x *Exchange) ID() string {
	step := x.Step
	if len(step) >= 2 {
		step = step[:2]
	}
	return step + "/" + x.Name
}

// CutPoints lists where the first request can be cut in two: after 1 byte, and
// so on to one byte before its end.
func (x *Exchange) CutPoints() []int {
	points := make([]int, max(len(x.Request())-1, 0))
	for i := range points {
		points[i] = i + 1
	}
	return points
}

// Request is what the script sends first, nil if it sends nothing.
func (x *Exchange) Request() []byte {
	for _, a := range x.Script {
		if a.Kind == Send {
			return a.Data
		}
	}
	return nil
}

// Awaits says whether the script awaits a response, so that one can be compared.
func (x *Exchange) Awaits() bool {
	return slices.ContainsFunc(x.Script, func(a Action) bool { return a.Kind == Expect })
}

// A File is a file that the exchange gives to the server's folder.
type File struct {
	Name string
	Data []byte
}

// A Kind says what an Action does.
type Kind int

// The kinds of action. Send, Pause, HalfClose, Reset and Connect are the
// client's; Expect and ExpectClose wait for the server.
const (
	Send Kind = iota
	Pause
	HalfClose
	Reset
	Connect
	Expect
	ExpectClose
)

// An Action is one section of the file.
type Action struct {
	Kind     Kind
	Line     int           // line of the section's marker in the file, from 1
	Conn     int           // which connection, from 1
	Data     []byte        // Send: the bytes for the wire
	Raw      bool          // was written as request.raw or response.raw
	Pause    time.Duration // Pause
	Response *Response     // Expect
}

// A Response is what a response section asks for.
type Response struct {
	Pattern []byte // wire form; "*" as a field's value stands for any value
	Codes   []int  // the status codes allowed: one, or several of "405|501"; none if raw
	Match   BodyMatch
	Text    []byte // operand of BodyContains
}

// A BodyMatch says how the body is compared.
type BodyMatch int

// Ways to compare a body. BodyNow asks for one line that holds the present
// time as an HTTP date (IMF-fixdate, RFC 9110 5.6.7), five seconds either way.
const (
	BodyExact BodyMatch = iota
	BodyContains
	BodyAny
	BodyNow
)
