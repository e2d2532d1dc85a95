package check

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"example/wirebook/internal/play"
	"example/wirebook/internal/runner"
	"example/wirebook/internal/wire"
	"example/wirebook/internal/wire/message"
)

func TestRun(t *testing.T) {
	for _, tc := range []struct {
		flaw  string
		marks string // pass, fail, broken, not reached: one letter each
		saw   string // in the first failure
		died  string // how the failing exercise's server ended
	}{
		{"none", "pppp", "", ""},
		{"lf", "fppp", "", ""},
		{"one-read", "pfpp", "your server ended (exit 2): index out of range", "exit 2: index out of range"},
		{"dies", "ppfp", "your server ended (exit 2): index out of range", "exit 2: index out of range"},
		{"mute", "ppfp", "", ""},
		{"loses", "pppf", "", ""},
		{"last", "pppp", "", ""},
		{"late", "ppfp", "your server ended (exit 7)", "exit 7"},
		{"later", "pfpp", "the server closed without an answer", ""},
		{"stuck", "pfpp", "no byte came in 2 s", ""},
	} {
		t.Run(tc.flaw, func(t *testing.T) {
			t.Parallel()
			step := load(t)
			results, err := Run(t.Context(), step, flawed(tc.flaw), Options{Timeout: 2 * time.Second})
			if err != nil {
				t.Fatal(err)
			}
			if got := marks(results); got != tc.marks {
				t.Errorf("verdicts %s, want %s", got, tc.marks)
			}
			for i, r := range results {
				if r.Exercise != &step.Exercises[i] || r.Took <= 0 {
					t.Errorf("result %d: %+v", i, r)
				}
				if r.Verdict != Fail {
					continue
				}
				if r.Failure.Look != r.Exercise.Look {
					t.Errorf("look %q, want the exercise's %q", r.Failure.Look, r.Exercise.Look)
				}
				died := ""
				if r.Died != nil {
					died = r.Died.String()
				}
				if !strings.Contains(r.Failure.Saw, tc.saw) || !strings.HasPrefix(died, tc.died) {
					t.Errorf("saw %q, died %q, want %q, %q", r.Failure.Saw, died, tc.saw, tc.died)
				}
			}
		})
	}
}

func marks(results []Result) string {
	var b strings.Builder
	for _, r := range results {
		b.WriteByte(r.Verdict.String()[0])
	}
	return b.String()
}

// The smallest cut that breaks the server is the one that is named.
func TestRunSmallestCut(t *testing.T) {
	results, err := Run(t.Context(), load(t), flawed("one-read"), Options{Only: "cut"})
	if err != nil {
		t.Fatal(err)
	}
	if len(results) != 1 || results[0].Verdict != Fail || results[0].Failure.Cut != 1 {
		t.Errorf("got %+v", results)
	}
}

// TestRunProgress: each result is reported as soon as it is known, and a failure
// keeps nobody from the exercises after it.
func TestRunProgress(t *testing.T) {
	var seen []Result
	results, err := Run(t.Context(), load(t), flawed("one-read"), Options{
		Progress: func(r Result) { seen = append(seen, r) },
	})
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(seen, results) {
		t.Errorf("progress reported %+v, the results are %+v", seen, results)
	}
}

// One timeout decides: the verdict on silence must not take two.
func TestRunSilent(t *testing.T) {
	t.Parallel()
	const long = 3 * time.Second
	began := time.Now()
	results, err := Run(t.Context(), load(t), flawed("silent"), Options{Only: "extra", Timeout: long})
	if took := time.Since(began); took < long || took >= 2*long {
		t.Errorf("took %v, want a little over %v", took, long)
	}
	if err != nil || marks(results) != "f" {
		t.Errorf("got %s, %v", marks(results), err)
	}
}

// A server that never answers costs two timeouts, and then a second for each
// exercise: 16 of them would otherwise take 80 seconds.
func TestRunSilentForAll(t *testing.T) {
	t.Parallel()
	const long = 1700 * time.Millisecond
	results, err := Run(t.Context(), load(t), flawed("silent"), Options{Timeout: long})
	if err != nil || marks(results) != "ffff" {
		t.Fatalf("got %s, %v", marks(results), err)
	}
	for i, want := range []string{"2 s", "2 s", "", "1 s"} { // the third awaits no answer, but a close
		if got := results[i].Failure.Saw; want != "" && !strings.Contains(got, "no byte came in "+want) {
			t.Errorf("exercise %d: %s, want after %s", i+1, got, want)
		}
	}
}

// TestCount: whoever has answered once, and whoever was silent once, is waited
// for as long as ever.
func TestCount(t *testing.T) {
	for _, tc := range []struct {
		name     string
		silences int
		answered bool
		timeout  time.Duration
		want     time.Duration
	}{
		{"one silence", 1, false, time.Minute, time.Minute},
		{"two silences", 2, false, time.Minute, shortTimeout},
		{"a response, then silence", 3, true, time.Minute, time.Minute},
		{"a short timeout", 2, false, time.Millisecond, time.Millisecond},
	} {
		h := harness{timeout: tc.timeout, answered: tc.answered}
		for range tc.silences {
			h.count(true)
			h.count(false) // an exercise that got its response counts for nothing
		}
		if h.timeout != tc.want {
			t.Errorf("%s: timeout %v, want %v", tc.name, h.timeout, tc.want)
		}
	}
}

// TestRunHalf: a server that sends something is waited for in full each time,
// also when it never finishes a response.
func TestRunHalf(t *testing.T) {
	t.Parallel()
	results, err := Run(t.Context(), load(t), flawed("half"), Options{Timeout: 1700 * time.Millisecond})
	if err != nil || marks(results) != "pfpf" {
		t.Fatalf("got %s, %v", marks(results), err)
	}
	if saw := results[3].Failure.Saw; !strings.HasPrefix(saw, "the content") {
		t.Errorf("the fourth: %s", saw)
	}
	if took := results[3].Took; took < 1700*time.Millisecond {
		t.Errorf("the fourth took %v", took)
	}
}

func TestHarness(t *testing.T) {
	step := load(t)
	h := newHarness(flawed("none"), 0)
	defer h.stop()
	if h.timeout != play.DefaultTimeout {
		t.Errorf("timeout %v", h.timeout)
	}
	// An exchange that awaits nothing shows by its probe that the server answers.
	if _, died, err := h.play(t.Context(), step.Exchange("nobody"), 0, &wire.Recording{}); err != nil || died != nil || !h.answered {
		t.Errorf("answered %v, died %v, %v", h.answered, died, err)
	}
	// A server that runs serves the next exchange too; one that has ended by
	// itself after its last response is started again.
	first := h.server
	if err := h.start(t.Context()); err != nil || h.server != first {
		t.Errorf("another server, %v", err)
	}
	first.Stop()
	<-first.Done()
	if err := h.start(t.Context()); err != nil || h.server == first {
		t.Errorf("the same server, %v", err)
	}
}

func TestRunNeedsAServer(t *testing.T) {
	_, err := Run(t.Context(), load(t), runner.Command{Name: "yours", Args: []string{"no-such-program"}}, Options{})
	var failed *runner.StartError
	if !errors.As(err, &failed) || failed.Reason != runner.NoProgram {
		t.Errorf("got %v, want a StartError", err)
	}
}

func TestRunNeedsExercises(t *testing.T) {
	step := load(t)
	if _, err := Run(t.Context(), step, flawed("none"), Options{Only: "nothing"}); err == nil {
		t.Error("an unknown exercise passes")
	}
	step.Exercises = nil
	if _, err := Run(t.Context(), step, flawed("none"), Options{}); err == nil {
		t.Error("a step without exercises passes")
	}
}

// A check that ends early leaves no server behind.
func TestRunCancelled(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "addr")
	server := flawed("silent")
	server.Env = append(server.Env, addrFile+"="+name)
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	began := time.Now()
	results, err := Run(ctx, load(t), server, Options{})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if took := time.Since(began); took > play.DefaultTimeout {
		t.Errorf("took %v", took)
	}
	if got := marks(results); got != "nnnn" {
		t.Errorf("verdicts %s: nothing was reached", got)
	}
	addr, err := os.ReadFile(name)
	if err != nil {
		t.Skip("the machine is too busy: the server had not started yet")
	}
	if c, err := net.Dial("tcp", string(addr)); err == nil {
		c.Close()
		t.Errorf("a server still listens on %s", addr)
	}
}

// What decided is recorded: the failing exchange as it failed, with the place of
// the byte on its connection, and the passing ones sent whole.
func TestRecords(t *testing.T) {
	step := load(t)
	results, err := Run(t.Context(), step, flawed("lf"), Options{Timeout: 2 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		for _, x := range r.Exercise.Exchanges {
			var c wire.Conn
			for _, e := range r.Records[x.ID()] {
				if e.Conn == 1 {
					c.Add(e)
				}
			}
			if want := `check "` + x.Title + `"`; c.Who() != want || !c.Over() {
				t.Errorf("%s: %s, over %v", x.ID(), c.Who(), c.Over())
			}
			f := r.Failure
			if f == nil {
				if got := string(c.Bytes(message.ToServer)); got != string(x.Request()) {
					t.Errorf("%s: sent %q", x.ID(), got)
				}
				continue
			}
			if got := string(c.Bytes(message.ToClient)); f.Conn != 1 || got[f.Offset+f.At] != f.Got[f.At] || got[f.Offset+f.At] != '\n' {
				t.Errorf("%s: conn %d, offset %d, byte %d of %q", x.ID(), f.Conn, f.Offset, f.At, got)
			}
		}
	}
}
