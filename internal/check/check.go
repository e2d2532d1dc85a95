// Package check judges a server by a step's exchanges. It starts the server,
// plays each exercise's exchanges against it, and gives the results as values;
// Print and NewReport make text and JSON of them. It knows nothing of package
// testing.
//
// The server is a process of its own, talked to over TCP: no code of the
// learner's is ever loaded into the judge, and nothing that it prints is taken
// for a result. The package judges by what an exchange file says and has no
// opinion on HTTP of its own.
package check

import (
	"time"

	"example/wirebook/internal/exchange"
)

// An Exercise is one task: one flaw of the notes to repair, or one thing to
// make. They stand in the step's exercises.txtar, in order.
type Exercise struct {
	Name      string   // "line-ends": the key in files, commands and messages
	Title     string   // "end lines with CR LF"
	Task      string   // what to do, a paragraph
	Look      string   // subgoal name in the program: "write the head"
	Minutes   int      // about how long it takes
	Hints     []string // look, rule, worked: exactly three
	Notes     []string // errors of the notes: "E3"
	Exchanges []*exchange.Exchange
}

// A Step is what a step's folder says.
type Step struct {
	Name      string // "01-socket"
	Exchanges []*exchange.Exchange
	Exercises []Exercise
	Files     []exchange.File // what its exchanges give to the server's folder
}

// A Verdict is the outcome of one exercise.
type Verdict int

// The verdicts. Broken is about us or the machine, never about the learner.
const (
	NotReached Verdict = iota
	Pass
	Fail
	Broken
)

// String is the verdict in words, as they stand in a report.
func (v Verdict) String() string {
	return [...]string{"not reached", "pass", "fail", "broken"}[v]
}

// MarshalText writes the verdict's words into JSON.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// A Result is one exercise's outcome.
type Result struct {
	Exercise *Exercise
	Verdict  Verdict
	Failure  *exchange.Failure // Fail: the first difference
	Died     string            // how the server ended, if this exercise ended it
	Err      error             // Broken
	Took     time.Duration
}
