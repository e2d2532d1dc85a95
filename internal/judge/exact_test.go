package judge

import (
	"errors"
	"strings"
	"testing"

	"example/wirebook/internal/play"
)

func TestExact(t *testing.T) {
	const due = "-- response --\nHTTP/1.1 405|501 *\nDate: *\nContent-Length: 3\n\nYes^D\n-- close --\n"
	const ok = "HTTP/1.1 405 No\r\n" + now + "Content-Length: 3\r\n\r\n"
	raw := "-- response.raw --\nYes^D\n-- close --\n"
	contains := strings.Replace(due, "Yes^D", "body: contains es", 1)
	clock := strings.ReplaceAll(due, "Yes^D", "body: now")
	long := "-- response.raw --\n@repeat 300 ab\n"
	for name, test := range map[string]struct {
		file, got string
		end       play.End
		saw       string // empty: they agree
		at        int
		due       string
	}{
		"the same":          {due, ok + "Yes", play.Closed, "", 0, ""},
		"the other code":    {due, strings.Replace(ok, "405 No", "501 Not Implemented", 1) + "Yes", play.Closed, "", 0, ""},
		"empty phrase":      {due, strings.Replace(ok, "No", "", 1) + "Yes", play.Closed, "", 0, ""},
		"a third code":      {due, strings.Replace(ok, "405", "404", 1) + "Yes", play.Closed, "the code differs (byte 9)", 9, "405 or 501"},
		"no space":          {due, strings.Replace(ok, "405 No", "405", 1) + "Yes", play.Closed, "the status line differs at byte 12", 12, "HTTP/1.1 405 or 501 *␍␊"},
		"version":           {due, strings.Replace(ok, "1.1", "1.0", 1) + "Yes", play.Closed, "the status line differs at byte 7", 7, "HTTP/1.1 405 or 501 *␍␊"},
		"case":              {due, strings.Replace(ok, "Date", "date", 1) + "Yes", play.Closed, "line 2 of the head differs at byte 17", 17, "Date: *␍␊"},
		"LF":                {due, strings.Replace(ok, "No\r", "No", 1) + "Yes", play.Closed, "the status line differs at byte 15", 15, "HTTP/1.1 405 or 501 *␍␊"},
		"no value":          {due, strings.Replace(ok, now, "Date: \r\n", 1) + "Yes", play.Closed, "a value is missing (byte 23)", 23, "any value"},
		"a field more":      {due, strings.Replace(ok, "\r\n\r\n", "\r\nA: b\r\n\r\n", 1) + "Yes", play.Closed, "line 4 of the head differs at byte 73", 73, "␍␊"},
		"a field less":      {due, strings.Replace(ok, "Content-Length: 3\r\n", "", 1) + "Yes", play.Closed, "line 3 of the head differs at byte 54", 54, "Content-Length: 3␍␊"},
		"other content":     {due, ok + "Yas", play.Closed, "the content differs at byte 76", 76, "Yes"},
		"less content":      {due, ok + "Y", play.Closed, "the answer ends after 76 bytes: more is due", 76, "Yes"},
		"more content":      {due, ok + "Yes!", play.Closed, "the answer is due to end at byte 78: 1 byte too many came", 78, "nothing more"},
		"kept open":         {due, ok + "Yes", play.Open, "the connection stays open", -1, "a close"},
		"reset":             {due, ok + "Yes", play.WasReset, "78 bytes came, then a reset, not a close", -1, ""},
		"unended":           {strings.Replace(due, "Content-Length: 3", "A: b", 1), strings.Replace(ok, "Content-Length: 3", "A: b", 1) + "Yes", play.Silent, "65 bytes came in 5 s, and the connection stays open: no length says where the answer ends", 65, ""},
		"nothing":           {due, "", play.Closed, "the server closed without an answer", -1, "HTTP/1.1 405 or 501 *␍␊"},
		"raw":               {raw, "Yes", play.Closed, "", 0, ""},
		"raw, more":         {raw, "Yes\n", play.Closed, "the answer is due to end at byte 3: 1 byte too many came", 3, "nothing more"},
		"raw, less":         {raw, "Ye", play.Closed, "the answer ends after 2 bytes: more is due", 2, "Yes"},
		"raw, long":         {long, strings.Repeat("ab", 299) + "xy", play.Closed, "the answer differs at byte 598", 598, "…" + strings.Repeat("ab", 17)},
		"holds":             {contains, ok + "Yes", play.Closed, "", 0, ""},
		"does not hold":     {contains, ok + "Yas", play.Closed, "the content does not hold “es”", -1, "es"},
		"holds, head wrong": {contains, strings.Replace(ok, "Date", "date", 1) + "Yes", play.Closed, "line 2 of the head differs at byte 17", 17, "Date: *␍␊"},
		"holds, and more":   {contains, ok + "Yes!", play.Closed, "the answer is due to end at byte 78: 1 byte too many came", 78, "nothing more"},
		"no time":           {clock, ok + "Yes", play.Closed, "the content is not one line with an HTTP date: “Yes”", 75, "Fri, 20 Nov 2026 10:00:00 GMT"},
	} {
		x := parse(t, head+get+test.file)
		f := Exact(x, transcript(string(x.Script[0].Data), test.got, test.end))
		switch {
		case test.saw == "" && f != nil:
			t.Errorf("%s:\n%s", name, f.Text())
		case test.saw != "" && f == nil:
			t.Errorf("%s: they agree", name)
		case f != nil && (f.Saw != test.saw || f.At != test.at || f.Due != test.due || f.Aspect != "" || f.Rule == ""):
			t.Errorf("%s: got %d, %s, due %s, want %d, %s, due %s", name, f.At, f.Saw, f.Due, test.at, test.saw, test.due)
		}
	}
}

// TestExactEnds has the ends that one connection cannot show.
func TestExactEnds(t *testing.T) {
	x := parse(t, head+get+await+"-- close --\n")
	tr := transcript(sentPage, yes, play.Open)
	tr.Turns[1] = play.Turn{Conn: 1, Got: []byte("!"), End: play.Closed}
	f := Exact(x, tr)
	if f == nil || f.Saw != "1 byte too many came before the close" || f.At != len(yes) || string(f.Got) != yes+"!" {
		t.Errorf("%+v", f)
	}
	tr = transcript(sentPage, yes, play.Closed)
	tr.Probe = errors.New("no")
	if f := Exact(x, tr); f == nil || f.Saw != "afterwards the server answers nobody: the next client was not served" {
		t.Errorf("%+v", f)
	}
	tr.Turns = tr.Turns[:1]
	if f := Exact(x, tr); f == nil || f.Saw != "it was not played to this point" {
		t.Errorf("%+v", f)
	}
	// Without a close in the file either end will do.
	x = parse(t, head+get+await)
	for _, end := range []play.End{play.Open, play.Closed} {
		if f := Exact(x, transcript(sentPage, yes, end)); f != nil {
			t.Error(f.Text())
		}
	}
}
