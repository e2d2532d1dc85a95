package exchange

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestFormat reads the examples of FORMAT.md.
func TestFormat(t *testing.T) {
	text, err := os.ReadFile("FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	examples := regexp.MustCompile("(?s)```\n(.*?)```\n").FindAllSubmatch(text, -1)
	if len(examples) != 2 {
		t.Fatalf("%d examples, want an exchange and an exercise", len(examples))
	}
	if _, err := Parse("page.txtar", examples[0][1], nil); err != nil {
		t.Error(err)
	}
	for _, a := range Aspects {
		if !strings.Contains(string(text), "| `"+string(a)) {
			t.Errorf("no row for the aspect %s", a)
		}
	}
}
