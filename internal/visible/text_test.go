package visible

import (
	"strings"
	"testing"
)

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"":                       "",
		"two\nlines\r\n":         "two\nlines\n",
		"a\tb":                   "a    b",
		"Grüße, 世界":              "Grüße, 世界",
		"\x1b[31mred\a":          "␛[31mred␇",
		"bad \xff byte":          "bad ‹FF› byte",
		"back\rover":             "back␍over",
		"bidi \u202e turned":     "bidi ‹E2›‹80›‹AE› turned",
		"C1 control \u009b31m":   "C1 control ‹C2›‹9B›31m",
		"no line end\n\nat last": "no line end\n\nat last",
	} {
		if got := Text([]byte(in)); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestOneLine(t *testing.T) {
	if got := OneLine(strings.Repeat("x", 161)); len(got) != 160 {
		t.Errorf("%d bytes", len(got))
	}
	if got := OneLine("a\nb"); got != "a␊b" {
		t.Errorf("got %q", got)
	}
	for _, s := range []string{strings.Repeat("x", 500), strings.Repeat("世", 100), strings.Repeat("x", lineLimit-1) + "世"} {
		got := OneLine(s)
		if len(got) > lineLimit || !strings.HasSuffix(got, "…") || strings.ContainsRune(got, '\ufffd') {
			t.Errorf("%d bytes: %q", len(got), got)
		}
	}
	if s := strings.Repeat("x", lineLimit); OneLine(s) != s {
		t.Error("a line that fits was cut")
	}
}

func TestIsText(t *testing.T) {
	for in, want := range map[string]bool{
		"":                       true,
		"a\tb\r\n\f":             true,
		"Grüße":                  true,
		"Gr\xfc\xdfe in Latin-1": true,
		"a\x00b":                 false,
		"\x1b[31m":               false,
		"delete\x7f":             false,
	} {
		if got := IsText([]byte(in)); got != want {
			t.Errorf("%q: got %v", in, got)
		}
	}
}
