//go:build unix

package command

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"example/wirebook/internal/course"
	"example/wirebook/internal/progress"
	"example/wirebook/steps"
)

// promptEnd is what a prompt of plain mode looks like at the end of the output.
var promptEnd = regexp.MustCompile(`(?m)^((?:Enter|Type the number|That was the end).*: )\z`)

// TestPlainStep01 finishes step 01 with nothing but plain mode and an editor:
// enter, the number of an answer, and the learner's file, repaired at the first
// exercise after a check that failed.
func TestPlainStep01(t *testing.T) {
	t.Parallel()
	c := newClone(t, "a clone")
	r, keys := c.terminal(t, "open", "01", "--plain")
	step, err := course.Load(steps.FS, "01-socket")
	if err != nil {
		t.Fatal(err)
	}
	solution, err := os.ReadFile(filepath.Join(c.root, "steps", "01-socket", "testdata", "solution", "main.go"))
	if err != nil {
		t.Fatal(err)
	}

	typed, checks, answers := 0, 0, 0
	var text string
	for at, limit := 0, time.After(2*time.Minute); ; {
		text = r.stdout.String()
		prompt := promptEnd.FindString(strings.ReplaceAll(text[at:], "\r\n", "\n"))
		if prompt == "" {
			select {
			case <-r.stdout.more:
				continue
			case <-limit:
				t.Fatalf("no prompt after %d lines:\n%s", typed, text)
			}
		}
		at, typed = len(text), typed+1
		line := ""
		switch {
		case strings.HasPrefix(prompt, "Type the number"):
			answers++
			line = "1"
		case strings.HasPrefix(prompt, "Enter checks your server"):
			checks++
			if checks == 2 {
				c.exercise(t, string(solution))
			}
		case strings.HasPrefix(prompt, "That was the end"):
			line = "quit"
		}
		io.WriteString(keys, line+"\n")
		if line == "quit" {
			break
		}
	}
	if code := exitCode(t, <-r.ended); code != exitOK {
		t.Errorf("exit %d", code)
	}
	t.Logf("%d lines typed, %d answers, %d checks", typed, answers, checks)

	text = r.stdout.String()
	onlyText(t, strings.ReplaceAll(text, "\r\n", "\n"))
	words := strings.Join(strings.Fields(text), " ")
	for _, want := range []string{"0 of ", "fails.", "rule", "The wire ", " exercises pass.", "Exercise version passes."} {
		if !strings.Contains(words, want) {
			t.Errorf("no %q in the transcript", want)
		}
	}
	compareSteps(t, c, text)
	if checks != 2 {
		t.Errorf("%d checks: the solution does not pass them all at once", checks)
	}
	for _, e := range step.Exercises {
		if !strings.Contains(words, e.Title) {
			t.Errorf("exercise %s was not read out", e.Name)
		}
	}
	p, _, err := progress.NewStore(filepath.Join(c.tmp, "progress.json")).Load()
	if got := p.Of("01-socket"); err != nil || len(got.Passed) != len(step.Exercises) || len(got.Answers) != answers {
		t.Errorf("remembered %d passes, %d answers: %v", len(got.Passed), len(got.Answers), err)
	}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		prompt, _, _ := strings.Cut(line, ": ")
		if len([]rune(line)) > 80 && !strings.HasPrefix(line, "    ") && !strings.HasPrefix(prompt, "Enter") && !strings.HasPrefix(prompt, "That was") {
			t.Errorf("%d characters: %q", len([]rune(line)), line)
		}
	}
}

// changing is what differs from run to run: times, dates, ports, folders.
var changing = []struct {
	pattern *regexp.Regexp
	fixed   string
}{
	{regexp.MustCompile(`[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT`), "Sat, 21 Nov 2026 12:00:00 GMT"},
	{regexp.MustCompile(`localhost:\d+`), "localhost:8000"},
	{regexp.MustCompile(`\d+(\.\d+)? (ms|s)\b`), "0.5 ms"},
}

// compareSteps holds a run against the one in testdata: the prompts, the verdicts
// and what they are about, in their order. The rest is there to be read, and may
// differ in where a line breaks. "go test ./internal/command -run PlainStep01
// -update" writes it anew.
func compareSteps(t *testing.T, c *clone, text string) {
	t.Helper()
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), c.root, "/home/you/wirebook")
	for _, ch := range changing {
		text = ch.pattern.ReplaceAllString(text, ch.fixed)
	}
	file := filepath.Join("testdata", "plain-step01.txt")
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	due, got := steps01(string(kept)), steps01(text)
	for i := range max(len(due), len(got)) {
		if i >= len(due) || i >= len(got) || due[i] != got[i] {
			t.Fatalf("from step %d on the run differs: got %q, due %q; go test ./internal/command -run PlainStep01 -update",
				i, got[min(i, len(got)):min(i+3, len(got))], due[min(i, len(due)):min(i+3, len(due))])
		}
	}
}

// steps01 are the lines of a transcript that say what is asked and decided.
func steps01(text string) []string {
	var steps []string
	for line := range strings.Lines(text) {
		for _, begin := range []string{"Enter ", "Type the number", "That was the end", "Section ", "Question: ", "You said: ", "Exercise "} {
			if strings.HasPrefix(line, begin) {
				line, _, _ = strings.Cut(strings.TrimSpace(line), ": ")
				steps = append(steps, line)
			}
		}
	}
	return steps
}
