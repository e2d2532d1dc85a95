package lessons

import (
	"slices"
	"strings"
	"testing"
)

func TestWrap(t *testing.T) {
	tests := []struct {
		text  string
		width int
		due   []string
	}{
		{"", 10, []string{""}},
		{"one two three", 7, []string{"one two", "three"}},
		{"one two three", 8, []string{"one two", "three"}},
		{"one two", 7, []string{"one two"}},
		{"a line\nand another", 20, []string{"a line", "and another"}},
		{"a\n\nb", 20, []string{"a", "", "b"}},
		{"two  spaces stay", 20, []string{"two  spaces stay"}},
		{"a  b  c", 6, []string{"a  b", "c"}},
		{"well-known words", 6, []string{"well-", "known", "words"}},
		{"of text/html here", 10, []string{"of", "text/html", "here"}},
		{"HTTP/1.1 is text", 8, []string{"HTTP/1.1", "is text"}},
		{"in steps/01-socket/main.go", 12, []string{"in", "steps/01-soc", "ket/main.go"}},
		{"with -addr", 6, []string{"with", "-addr"}},
		{"unbreakable", 4, []string{"unbr", "eaka", "ble"}},
		{"日本語の文章、です。", 8, []string{"日本語の", "文章、で", "す。"}}, // never a comma first
		{"語", 1, []string{"語"}},                           // too narrow for it: shown all the same
		{"x", -3, []string{"x"}},
		{"cafe\u0301 au lait", 6, []string{"cafe\u0301", "au", "lait"}},
	}
	for _, test := range tests {
		if got := Wrap(test.text, test.width); !slices.Equal(got, test.due) {
			t.Errorf("Wrap(%q, %d) = %q, due %q", test.text, test.width, got, test.due)
		}
	}
}

// TestCodeDoesNotBreak: an option or a path is one word, however UAX #14 sees
// its hyphens.
func TestCodeDoesNotBreak(t *testing.T) {
	text := "choose -addr localhost:8001 then"
	f := newFlow(text, []run{{end: 7, role: Body}, {end: 27, role: CodeText}, {end: len(text), role: Body}})
	var got []string
	for _, line := range f.lines(14) {
		got = append(got, plain(Line{Spans: line}))
	}
	due := []string{"choose -addr", "localhost:8001", "then"}
	if !slices.Equal(got, due) {
		t.Errorf("got %q, due %q", got, due)
	}
}

// TestRunsSurvive: where a line breaks inside a run, both halves keep its role
// and its link.
func TestRunsSurvive(t *testing.T) {
	text := "see the long link here"
	f := newFlow(text, []run{
		{end: 4, role: Body}, {end: 17, role: LinkText, link: "https://example.org"}, {end: len(text), role: Body},
	})
	var links []string
	for _, line := range f.lines(9) {
		for _, s := range line {
			if s.Link != "" {
				links = append(links, s.Text)
			}
		}
	}
	if got := strings.Join(links, "|"); got != "the |long link" && got != "the|long link" {
		t.Errorf("the link's text on two lines: %q", got)
	}
}

// FuzzWrap: no line is wider than it may be, and nothing is lost but spaces at
// the ends of lines.
func FuzzWrap(f *testing.F) {
	f.Add("one two three", 7)
	f.Add("日本語、です。", 5)
	f.Add("a\u0301\u0301 b\tc", 2)
	f.Add("👩‍👩‍👧 ok", 1)
	f.Fuzz(func(t *testing.T, text string, width int) {
		if untrusted([]byte(text)) >= 0 || strings.ContainsAny(text, "\t") {
			t.Skip("refused when a lesson is loaded")
		}
		width = width%100 + 2
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		lines := Wrap(text, width)
		if got := strings.Join(lines, ""); squeeze(got) != squeeze(text) {
			t.Errorf("Wrap(%q, %d) lost something: %q", text, width, lines)
		}
		for _, l := range lines {
			if cells(l) > max(width, 2) {
				t.Errorf("Wrap(%q, %d): %d cells: %q", text, width, cells(l), l)
			}
		}
	})
}
