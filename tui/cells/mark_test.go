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

// Places of a text do not overlap.
func TestMarkOnce(t *testing.T) {
	if got := Mark(Text(Plain, "aaa"), "aa"); len(got) != 2 || got[0].Text != "aa" {
		t.Errorf("marked %+v", got)
	}
}

// A search goes round both ends.
func TestFindLine(t *testing.T) {
	for _, tt := range []struct{ from, dir, want int }{{-1, -1, 1}, {1, 1, 1}, {2, 1, 1}, {3, 1, 1}, {0, -1, 1}} {
		if got := FindLine(3, tt.from, tt.dir, func(i int) bool { return i == 1 }); got != tt.want {
			t.Errorf("from %d by %d: %d, want %d", tt.from, tt.dir, got, tt.want)
		}
	}
	if got := FindLine(3, 0, 1, func(int) bool { return false }); got != -1 {
		t.Errorf("nothing: %d", got)
	}
}
