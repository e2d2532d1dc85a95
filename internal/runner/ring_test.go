package runner

import (
	"bytes"
	"strings"
	"testing"
)

func TestRing(t *testing.T) {
	var r ring
	if text, dropped := r.last(); len(text) != 0 || dropped != 0 {
		t.Errorf("new: %q, %d", text, dropped)
	}
	var all []byte // everything ever written, the slow and plain way
	for i, size := range []int{3, logSize - 10, 5, 2, 1, 40, logSize, 1, 3 * logSize, 0, 77, logSize - 1} {
		part := bytes.Repeat([]byte{byte('a' + i)}, size)
		if n, err := r.Write(part); n != size || err != nil {
			t.Fatalf("write: %d, %v", n, err)
		}
		all = append(all, part...)
		text, dropped := r.last()
		want := all[max(0, len(all)-logSize):]
		if !bytes.Equal(text, want) || dropped != int64(len(all)-len(want)) {
			t.Fatalf("after %d bytes: %d kept, %d dropped, want %d, %d",
				len(all), len(text), dropped, len(want), len(all)-len(want))
		}
	}
}

func TestPrintable(t *testing.T) {
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
		if got := Printable([]byte(in)); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestOneLine(t *testing.T) {
	if got := oneLine("a\nb"); got != "a␊b" {
		t.Errorf("got %q", got)
	}
	for _, s := range []string{strings.Repeat("x", 500), strings.Repeat("世", 100), strings.Repeat("x", lineLimit-1) + "世"} {
		got := oneLine(s)
		if len(got) > lineLimit || !strings.HasSuffix(got, "…") || strings.ContainsRune(got, '\ufffd') {
			t.Errorf("%d bytes: %q", len(got), got)
		}
	}
	if s := strings.Repeat("x", lineLimit); oneLine(s) != s {
		t.Error("a line that fits was cut")
	}
}
