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

	"example/wirebook/internal/course"
	"example/wirebook/internal/judge"
	"example/wirebook/internal/runner"
	"example/wirebook/internal/wire"
)

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
	Exercise *course.Exercise
	Verdict  Verdict
	Failure  *judge.Failure // Fail: the first difference
	Died     *runner.Exit   // how the server ended, if this exercise ended it
	Err      error          // Broken
	Took     time.Duration
	// Records is what passed on the wire, by the ID of the exchange: of each
	// one that passed, sent whole, and of the one that failed, as it failed.
	Records map[string][]wire.Event
}
