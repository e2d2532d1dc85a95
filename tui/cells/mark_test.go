package cells

import (
	"strings"
	"testing"
)

func TestMarkText(t *testing.T) {
	r := Row{{Text: "The "}, {Text: "server", Tone: Strong}, {Text: " serves"}}
	var marks []string
	for _, x := range Mark(r, "SERVE") {
		if x.Tone&Marked != 0 {
			marks = append(marks, x.Text)
		}
	}
	if got := strings.Join(marks, ","); got != "serve,serve" {
		t.Errorf("marked %q", got)
	}
	if got := Mark(r, "e se"); got.Plain() != r.Plain() {
		t.Errorf("text changed to %q", got.Plain())
	}
}
