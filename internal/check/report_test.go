package check

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"example/wirebook/internal/course"
	"example/wirebook/internal/judge"
	"example/wirebook/internal/runner"
)

func again(f *judge.Failure) string { return "wirebook send " + f.Exchange }

func verdicts(step *course.Step, all ...Verdict) []Result {
	results := make([]Result, len(all))
	for i, v := range all {
		results[i] = Result{Exercise: &step.Exercises[i], Verdict: v}
		switch v {
		case Fail:
			results[i].Failure = &judge.Failure{Exchange: "99/page", Saw: "it saw this", At: -1}
		case Broken:
			results[i].Err = errors.New("the machine is out of order")
		}
	}
	return results
}

func TestPrint(t *testing.T) {
	step := load(t)
	for _, tc := range []struct {
		name    string
		results []Result
		want    []string
		not     string
	}{
		{"all pass", verdicts(step, Pass, Pass, Pass, Pass),
			[]string{" ✓ 1 the title of line-ends\n", " ✓ 4 the title of extra\n"}, "again"},
		{"one fails", verdicts(step, Pass, Fail, NotReached, NotReached),
			[]string{" ✗ 2 the title of cut\n · 3 … 4 not reached\n\n", "it saw this", "again  wirebook send 99/page\n"}, "4 the title"},
		{"the last is left", verdicts(step, Pass, Pass, Fail, NotReached),
			[]string{" · 4 not reached\n"}, "…"},
		{"one alone", verdicts(step, Pass, Fail)[1:],
			[]string{" ✗ 2 the title of cut\n"}, "line-ends"},
		{"broken", verdicts(step, Pass, Broken, Pass, Pass),
			[]string{" ! 2 the title of cut: could not be judged\n", "the machine is out of order"}, "✗"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var b bytes.Buffer
			Print(&b, step, tc.results, again)
			for _, want := range tc.want {
				if !strings.Contains(b.String(), want) {
					t.Errorf("no %q in\n%s", want, b.String())
				}
			}
			if strings.Contains(b.String(), tc.not) {
				t.Errorf("%q in\n%s", tc.not, b.String())
			}
		})
	}
}

// Every byte of the wire survives JSON.
func TestReport(t *testing.T) {
	step := load(t)
	var all []byte
	for b := range 256 {
		all = append(all, byte(b))
	}
	results := verdicts(step, Pass, Fail, Broken, NotReached)
	results[1].Failure.Got, results[1].Failure.Before = all, "connection 1: open"
	results[1].Died = &runner.Exit{Status: "exit 2"}
	data, err := json.Marshal(NewReport(step, results))
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Step      string
		Passed    int
		Exercises []struct {
			Name, Verdict, Died, Error string
			Failure                    *struct {
				Exchange string
				Before   string
				Got      string
				At       int
			}
		}
	}
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if got.Step != "99-test" || got.Passed != 1 || len(got.Exercises) != 4 {
		t.Errorf("got %s", data)
	}
	for i, want := range []string{"pass", "fail", "broken", "not reached"} {
		if got.Exercises[i].Verdict != want {
			t.Errorf("verdict %q, want %q", got.Exercises[i].Verdict, want)
		}
	}
	f := got.Exercises[1]
	if f.Failure == nil || f.Failure.At != -1 || f.Failure.Before == "" || f.Died != "exit 2" || got.Exercises[2].Error == "" {
		t.Errorf("got %s", data)
	}
	if b, err := base64.StdEncoding.DecodeString(f.Failure.Got); err != nil || !bytes.Equal(b, all) {
		t.Errorf("bytes changed: %v", err)
	}
}

// TestPrintFirst: of several failures the first is explained, and only one of
// an exchange that can be sent again says how.
func TestPrintFirst(t *testing.T) {
	step := load(t)
	results := verdicts(step, Fail, Fail)
	results[1].Failure.Saw = "the second"
	results[0].Failure.Exchange = "99/nowhere"
	var b bytes.Buffer
	Print(&b, step, results, again)
	if got := b.String(); !strings.Contains(got, "it saw this") || strings.Contains(got, "the second") || strings.Contains(got, "again") {
		t.Error(got)
	}
}

func TestReportMillis(t *testing.T) {
	step := load(t)
	results := verdicts(step, Pass)
	results[0].Took = 1999 * time.Microsecond
	if ms := NewReport(step, results).Exercises[0].Millis; ms != 1 {
		t.Errorf("%d ms", ms)
	}
}
