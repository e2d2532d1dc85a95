package cells

import (
	"fmt"
	"strings"
	"testing"
)

func texts(rows []Row) string {
	var all []string
	for _, r := range rows {
		all = append(all, r.Plain())
	}
	return strings.Join(all, "|")
}

// A row that is fitted is exactly as wide as asked, and says when it was cut.
func TestFit(t *testing.T) {
	two := Row{{Text: "abc"}, {Text: "def", Tone: Bad}}
	for _, tt := range []struct {
		row  Row
		w    int
		want string
	}{
		{two, 6, "abcdef"}, {two, 8, "abcdef  "}, {two, 5, "abcd…"}, {two, 3, "ab…"}, {two, 1, "…"}, {two, 0, ""},
		{Row{{Text: "abc"}, {Text: ""}}, 3, "abc"},
		{Text(Plain, "日本語"), 5, "日本…"}, {Text(Plain, "日本語"), 4, "日… "}, {Text(Plain, "a\rb"), 9, "a␍b      "},
	} {
		got := Fit(tt.row, tt.w)
		if got.Plain() != tt.want || got.Width() != tt.w {
			t.Errorf("%q in %d cells: %q, want %q", tt.row.Plain(), tt.w, got.Plain(), tt.want)
		}
	}
}

// Two texts in one row never touch: with room for less than one of them and a
// gap, the right one stays.
func TestEnds(t *testing.T) {
	for w, want := range map[int]string{12: "left   right", 11: "left  right", 10: "le…  right", 8: "…  right", 7: "right  ", 5: "right", 3: "ri…"} {
		if got := Ends(Text(Plain, "left"), Text(Plain, "right"), w).Plain(); got != want {
			t.Errorf("%d cells: %q, want %q", w, got, want)
		}
	}
	if got := Ends(Text(Plain, "left"), nil, 4).Plain(); got != "left" {
		t.Errorf("with nothing at the right: %q", got)
	}
}

func TestWrapAndChop(t *testing.T) {
	for _, tt := range []struct{ text, wrapped, chopped string }{
		{"one two three", "one two|three", "one two |three"},
		{"a\n\nb\n", "a||b", "a||b"},
		{"  in here too", "  in|  here|  too", "  in her|e too"},
		{"          in", "    in", "        |  in"},
		{"a\r\nb", "a|b", "a|b"},
		{"\tx", "    x", "    x"},
		{"a\x1b[2J", "a␛[2J", "a␛[2J"},
	} {
		if got := texts(Wrap(tt.text, 8, Plain)); got != tt.wrapped {
			t.Errorf("%q wrapped: %q, want %q", tt.text, got, tt.wrapped)
		}
		if got := texts(Chop(tt.text, 8, Plain)); got != tt.chopped {
			t.Errorf("%q chopped: %q, want %q", tt.text, got, tt.chopped)
		}
	}
}

func TestWindow(t *testing.T) {
	rows := []Row{Text(Plain, "0"), Text(Plain, "1"), Text(Plain, "2")}
	for _, tt := range []struct {
		top, h int
		want   string
	}{{0, 2, "0|1"}, {1, 2, "1|2"}, {2, 3, "2||"}, {-1, 2, "|0"}, {0, 0, ""}, {0, -1, ""}} {
		if got := texts(Window(rows, tt.top, tt.h)); got != tt.want {
			t.Errorf("%d rows from %d: %q, want %q", tt.h, tt.top, got, tt.want)
		}
	}
}

func TestLineCount(t *testing.T) {
	for _, tt := range []struct {
		top, h, n int
		want      string
	}{{0, 5, 5, ""}, {0, 5, 6, "lines 1–5 of 6 "}, {4, 5, 6, "lines 5–6 of 6 "}} {
		if got := LineCount(tt.top, tt.h, tt.n); got != tt.want {
			t.Errorf("%+v: %q", tt, got)
		}
	}
}

func TestRule(t *testing.T) {
	for title, want := range map[string]string{"": "──────────", "x": "── x ─────", "long title": "── long title "} {
		if got := Rule(title, 10).Plain(); got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
}

// Neighbours in one tone share a code; a marked one has its own; each row ends
// without a code in force.
func TestPaint(t *testing.T) {
	theme := NewTheme(MonoTheme)
	row := Row{{Text: "a", Tone: Strong}, {Text: "b", Tone: Strong}, {Text: "c"}, {Text: "d", Tone: Plain | Marked}}
	got := strings.ReplaceAll(theme.Paint([]Row{row, row}), "\x1b", "^")
	line := "^[1mab^[mc^[7md^[m"
	if want := line + "\n" + line; got != want {
		t.Errorf("painted %q, want %q", got, want)
	}
	if name := fmt.Sprint(NewTheme("purple").open); name != fmt.Sprint(NewTheme(DarkTheme).open) {
		t.Error("an unknown theme is not the dark one")
	}
}

func TestRefAt(t *testing.T) {
	r := Row{{Text: " 1 "}, {Text: "日本", Ref: 7}, {Text: " "}, {Text: "c", Ref: 9}, {Text: "  "}}
	for x, want := range []int{7, 7, 7, 7, 7, 7, 7, 7, 9, 9, 9, 9} {
		if got := r.RefAt(x); got != want {
			t.Errorf("cell %d: %d, want %d", x, got, want)
		}
	}
	if got := Text(Plain, "x").RefAt(0); got != 0 {
		t.Errorf("a row that stands for nothing: %d", got)
	}
}
