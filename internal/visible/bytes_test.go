package visible

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestVisible(t *testing.T) {
	got := Bytes([]byte("GET /\r\n\t\x00\x1b[31m\x7f\x80\xe9 ‹"))
	want := "GET /␍␊␉␀␛[31m␡‹80›‹E9› ‹E2›‹80›‹B9›"
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// hide undoes Visible; that it can is why no two byte strings look the same.
func hide(s string) []byte {
	var b []byte
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r == '‹':
			var c byte
			fmt.Sscanf(s, "‹%02X›", &c)
			b, n = append(b, c), len("‹E9›")
		case r == '␡':
			b = append(b, 0x7f)
		case r >= '␀':
			b = append(b, byte(r-'␀'))
		default:
			b = append(b, byte(r))
		}
		s = s[n:]
	}
	return b
}

func checkVisible(t *testing.T, b []byte) {
	t.Helper()
	s := Bytes(b)
	for _, r := range s {
		if unicode.IsControl(r) || r == utf8.RuneError || !unicode.IsPrint(r) {
			t.Errorf("Bytes(%q) holds %U", b, r)
		}
	}
	if got := hide(s); string(got) != string(b) {
		t.Errorf("Bytes(%q) is %s, which reads as %q", b, s, got)
	}
	if got, want := Column(b, len(b)), utf8.RuneCountInString(s); got != want {
		t.Errorf("Column(%q) is %d, want %d", b, got, want)
	}
}

func TestVisibleEveryByte(t *testing.T) {
	for a := range 256 {
		for b := range 256 {
			checkVisible(t, []byte{byte(a), byte(b)})
		}
	}
}

func FuzzVisible(f *testing.F) {
	f.Add([]byte("HTTP/1.1 200 OK\r\n\r\n‹E9›\x1b[2J\u009b31m"))
	f.Fuzz(func(t *testing.T, b []byte) {
		checkVisible(t, b)
		checkRows(t, b, len(b)/3, len(b)/2)
	})
}

// checkRows asks that rows stand for every byte once, in order, and that the
// byte that matters is shown.
func checkRows(t *testing.T, b []byte, content, at int) {
	t.Helper()
	off, shown := 0, false
	for _, row := range Rows(b, content, at) {
		if row.Off != off || row.Len < 1 {
			t.Fatalf("row at %d of %d bytes, want at %d: %q", row.Off, row.Len, off, b)
		}
		off += row.Len
		if !row.Gap {
			if strings.ReplaceAll(row.Text, "␠", " ") != Bytes(b[row.Off:off]) || string(hide(row.Text)) != string(b[row.Off:off]) {
				t.Errorf("row %q of %q", row.Text, b)
			}
			shown = shown || at >= row.Off && at < off
		}
	}
	if off != len(b) || at >= 0 && at < len(b) && !shown {
		t.Errorf("rows end at %d, byte %d shown: %v: %q", off, at, shown, b)
	}
}

func TestRows(t *testing.T) {
	const ok = "HTTP/1.1 200 OK\r\n\r\n"
	binary := ok + "\xff\xd8" + strings.Repeat("\x00", 10_254)
	for name, test := range map[string]struct {
		message string
		at      int
		want    []string
	}{
		"text":   {ok + "a\nb", -1, []string{"HTTP/1.1 200 OK␍␊", "␍␊", "a␊", "b"}},
		"binary": {binary, -1, []string{"HTTP/1.1 200 OK␍␊", "␍␊", "‹FF›‹D8›" + strings.Repeat("␀", 14), "… 10,240 bytes more"}},
		"far": {binary, 5000, []string{"HTTP/1.1 200 OK␍␊", "␍␊", "‹FF›‹D8›" + strings.Repeat("␀", 14),
			"… 4,933 bytes more", strings.Repeat("␀", 64), "… 5,243 bytes more"}},
		"long line": {"GET /" + strings.Repeat("a", 2000), -1, []string{"GET /" + strings.Repeat("a", 1019), "… 981 bytes more"}},
		"nothing":   {"", -1, nil},
		"blanks": {"HTTP/1.x  200 OK  \nA: \r\n \r\r\n\n a  b \nc ", -1,
			[]string{"HTTP/1.x  200 OK␠␠␊", "A:␠␍␊", "␠␍␍␊", "␊", " a  b␠␊", "c␠"}},
		"blanks cut short": {"A:" + strings.Repeat(" ", 2000) + "\n", -1, []string{"A:" + strings.Repeat(" ", 1022), "… 979 bytes more"}},
	} {
		var got []string
		content := len(test.message)
		if strings.HasPrefix(test.message, ok) {
			content = len(ok)
		}
		for _, row := range Rows([]byte(test.message), content, test.at) {
			got = append(got, row.Text)
		}
		if strings.Join(got, "\n") != strings.Join(test.want, "\n") {
			t.Errorf("%s: got\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(test.want, "\n"))
		}
		for at := -1; at <= len(test.message); at += 1 + len(test.message)/50 {
			checkRows(t, []byte(test.message), content, at)
		}
	}
	long := ok + strings.Repeat("a line of text\n", 1000)
	checkRows(t, []byte(long), len(ok), 12_000)
	if n := len(Rows([]byte(long), len(ok), 12_000)); n > 300 {
		t.Errorf("a long text has %d rows", n)
	}
}

func TestCutShort(t *testing.T) {
	b := []byte("abcd \n")
	for _, test := range []struct{ got, want string }{
		{Line(b), "abcd␠␊"},
		{ShortLine(b, 6), "abcd␠␊"},
		{ShortLine(b, 5), "abcd … 1 byte more"},
		{Start(b, 6), "abcd ␊"},
		{Start(b, 3), "abc…"},
		{End(b, 6), "abcd ␊"},
		{End(b, 3), "…d ␊"},
	} {
		if test.got != test.want {
			t.Errorf("got %s, want %s", test.got, test.want)
		}
	}
}
