package check

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"time"

	"example/wirebook/internal/course"
	"example/wirebook/internal/judge"
)

// A Report is the results of a check for other programs, made for JSON. What
// went over the wire is base64 there, because JSON's strings cannot hold every
// byte.
type Report struct {
	Step      string           `json:"step"`
	Passed    int              `json:"passed"`
	Exercises []ExerciseReport `json:"exercises"`
}

// An ExerciseReport is one exercise's result.
type ExerciseReport struct {
	Name    string         `json:"name"`
	Title   string         `json:"title"`
	Verdict Verdict        `json:"verdict"` // "pass", "fail", "broken", "not reached"
	Failure *judge.Failure `json:"failure,omitempty"`
	Died    string         `json:"died,omitempty"`
	Error   string         `json:"error,omitempty"` // broken: why
	Millis  int64          `json:"ms"`
}

// NewReport makes a report of a check's results.
func NewReport(step *course.Step, results []Result) Report {
	report := Report{Step: step.Name, Exercises: make([]ExerciseReport, 0, len(results))}
	for _, r := range results {
		e := ExerciseReport{
			Name:    r.Exercise.Name,
			Title:   r.Exercise.Title,
			Verdict: r.Verdict,
			Failure: r.Failure,
			Millis:  int64(r.Took / time.Millisecond),
		}
		if r.Verdict == Pass {
			report.Passed++
		}
		if r.Died != nil {
			e.Died = r.Died.String()
		}
		if r.Err != nil {
			e.Error = r.Err.Error()
		}
		report.Exercises = append(report.Exercises, e)
	}
	return report
}

// Print writes the results for people: first what is good, then the one thing
// to look at. The function again gives the command that replays a failure, in
// the way in which the reader started the program.
func Print(w io.Writer, step *course.Step, results []Result, again func(f *judge.Failure) string) {
	var b bytes.Buffer
	defer func() { w.Write(b.Bytes()) }() // one write, so that no other text falls between

	var first *Result
	for i := 0; i < len(results); i++ {
		r := &results[i]
		n := number(step, r.Exercise)
		switch r.Verdict {
		case NotReached:
			last := i
			for last+1 < len(results) && results[last+1].Verdict == NotReached {
				last++
			}
			if last > i {
				fmt.Fprintf(&b, " · %d … %d not reached\n", n, n+last-i)
			} else {
				fmt.Fprintf(&b, " · %d not reached\n", n)
			}
			i = last
			continue
		case Pass:
			fmt.Fprintf(&b, " ✓ %d %s\n", n, r.Exercise.Title)
		case Fail:
			fmt.Fprintf(&b, " ✗ %d %s\n", n, r.Exercise.Title)
		case Broken:
			fmt.Fprintf(&b, " ! %d %s: could not be judged\n", n, r.Exercise.Title)
		}
		if first == nil && r.Verdict != Pass {
			first = r
		}
	}
	switch {
	case first == nil:
	case first.Verdict == Broken:
		fmt.Fprintf(&b, "\n%v\n", first.Err)
	default:
		fmt.Fprintf(&b, "\n%s", first.Failure.Text())
		if step.Exchange(first.Failure.Exchange) != nil {
			fmt.Fprintf(&b, "  again  %s\n", again(first.Failure))
		}
	}
}

// number is an exercise's place in the step, from 1: its number is the same in
// a check of one exercise as in a check of all.
func number(s *course.Step, e *course.Exercise) int {
	return 1 + slices.IndexFunc(s.Exercises, func(other course.Exercise) bool { return other.Name == e.Name })
}
