package lessons

import (
	"fmt"
	"strings"
	"testing"

	"example/wirebook/internal/course"
)

// TestLessonServer: the first lesson begins with a server that any client
// understands, all others with the one that is to be repaired.
func TestLessonServer(t *testing.T) {
	for _, l := range shipped(t) {
		due := course.Notes
		if l.Step == "00-start" {
			due = course.Reference
		}
		if l.Server != due {
			t.Errorf("%s begins with %v, due %v", l.Step, l.Server, due)
		}
	}
}

// TestBlockServer: what is sent goes to the server whose answer is shown or
// asked for.
func TestBlockServer(t *testing.T) {
	question := "```predict q\nexchange: page\nserver: %s\nask: What?\n- a :: b\n  when: died\n- c :: d\n  when: alive\n```\n"
	tests := []struct{ what, fences, due string }{
		{"the reference's answer", "```exchange page\n```\n", "reference"},
		{"the answer alone", "```exchange page answer\n```\n", "reference"},
		{"the notes' answer", "```exchange page notes\nYes\n```\n", "notes"},
		{"a request", "```exchange page request\n```\n", ""},
		{"a request above its question", "```exchange page request\n```\n\n" + fmt.Sprintf(question, "reference"), "reference"},
		{"an answer above a question", "```exchange page\n```\n\n" + fmt.Sprintf(question, "notes"), "reference"},
		{"a request above another question", "```exchange cut-after-ge request\n```\n\n" + fmt.Sprintf(question, "notes"), ""},
		{"a question", fmt.Sprintf(question, "reference"), "reference"},
	}
	for _, test := range tests {
		l, err := parse(t, "# T\n\n"+test.fences)
		if err != nil {
			t.Errorf("%s: %v", test.what, err)
			continue
		}
		got := ""
		if b := l.Blocks[1]; !b.AnyServer {
			got = b.Server.String()
		}
		if got != test.due {
			t.Errorf("%s: %q, due %q", test.what, got, test.due)
		}
	}
}

// TestFrameNamesServer: the frame says who will answer, where there is room.
func TestFrameNamesServer(t *testing.T) {
	for fence, due := range map[string]string{
		"page":               "enter sends it to the reference",
		"page notes\nYes":    "enter sends it to the notes' server",
		"page request":       "enter sends it",
		"page answer":        "enter sends it to the reference",
		"cut-after-ge whole": "enter sends it to the reference",
	} {
		l, err := parse(t, "# T\n\n```exchange "+fence+"\n```\n")
		if err != nil {
			t.Fatal(err)
		}
		if text := draw(l.Layout(58, State{Focus: 1})); !strings.Contains(text, "─ "+due+" ┘") {
			t.Errorf("%s: no %q in\n%s", fence, due, text)
		}
		if text := draw(l.Layout(MinWidth, State{Focus: 1})); !strings.Contains(text, "─ enter sends it ┘") {
			t.Errorf("%s, narrow:\n%s", fence, text)
		}
		if text := draw(l.Layout(58, State{Focus: -1})); strings.Contains(text, "enter sends") {
			t.Errorf("%s: a box without the cursor asks for a key:\n%s", fence, text)
		}
	}
}

// TestWayOn: the last line of each lesson names the key that leads on.
func TestWayOn(t *testing.T) {
	all := shipped(t)
	for i, l := range all {
		due := "Next: 0 lists all lessons."
		if i+1 < len(all) {
			due = fmt.Sprintf("Next: ] opens step %.2s.", all[i+1].Step)
		}
		last := l.Blocks[len(l.Blocks)-1]
		if last.Kind != Paragraph || !strings.HasPrefix(last.Text, due) {
			t.Errorf("%s: ends with %q, due %q", last.Source, last.Text, due)
		}
	}
}
