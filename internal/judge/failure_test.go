package judge

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"time"

	"example/wirebook/internal/exchange"
	"example/wirebook/internal/play"
)

var update = flag.Bool("update", false, "write the golden files of this package")

// TestFailureText has a golden text in testdata/failure for each kind of
// failure that a learner can meet. The first line of the notes' server comes
// from its recordings.
func TestFailureText(t *testing.T) {
	const page = `-- request --
GET / HTTP/1.1
Host: localhost:8000

-- response --
HTTP/1.1 200 OK
Date: *
Content-Type: text/html; charset=utf-8
Content-Length: 6

hello
-- close --
`
	const (
		typ = "Content-Type: text/html; charset=utf-8\r\n"
		ok  = "HTTP/1.1 200 OK\r\n"
	)
	file := func(judges, script string) string {
		return head + "exercise: e\njudges: " + judges + "\n" + script
	}
	picture := strings.Replace(page, "hello\n-- close", "^xFF^xD8^D\n@repeat 10238 ^@\n-- close", 1)
	jpeg := "\xff\xd8" + strings.Repeat("\x00", 10_238)
	cutFile := strings.Replace(file("cut", page), "judges", "cuts: every\njudges", 1)
	for name, test := range map[string]struct {
		file string
		tr   *play.Transcript
	}{
		"line-ends":      {file("line-ends", page), transcript("", "HTTP/1.1 200 OK\nContent-Type: text/html\n\nhello\n", play.Closed)},
		"start":          {file("start", page), transcript("", "\nHTTP/1.x 200 OK  \nContent-Type: image/jpg\n\n\xff\xd8", play.Closed)},
		"version":        {file("version", page), transcript("", "HTTP/1.x 200 OK  \nContent-Type: text/html\n\nhello\n", play.Closed)},
		"status":         {file("status", page), transcript("", "HTTP/1.1 404 Not Found\r\n\r\n", play.Closed)},
		"reason":         {file("reason", page), transcript("", "HTTP/1.1 200 OK  \r\n"+typ+"\r\nhello\n", play.Closed)},
		"header":         {file("header Content-Type", page), transcript("", ok+"Content-Type: text/plain\r\n\r\nhello\n", play.Closed)},
		"header-missing": {file("header Content-Type", page), transcript("", ok+"\r\nhello\n", play.Closed)},
		"date":           {file("header Date", page), transcript("", ok+"Date: 20/11/2026\r\n"+typ+"\r\nhello\n", play.Closed)},
		"date-zone":      {file("header Date", page), transcript("", ok+"Date: Fri, 20 Nov 2026 10:00:00 UTC\r\n"+typ+"\r\nhello\n", play.Closed)},
		"methods":        {file("status", strings.Replace(page, "200 OK", "405|501 Not Implemented", 1)), transcript("", "", play.Closed)},
		"framing":        {file("framing", page), transcript("", ok+typ+"\r\nhello\n", play.Closed)},
		"length-short":   {file("framing", page), transcript("", ok+"Content-Length: 5\r\n\r\nhello\n", play.Closed)},
		"length-long":    {file("framing", page), transcript("", ok+"Content-Length: 60\r\n\r\nhello\n", play.Closed)},
		"chunks":         {file("framing", page), transcript("", ok+"Transfer-Encoding: chunked\r\n\r\n6\r\nhello\n\r\n", play.Closed)},
		"head-content":   {file("framing", strings.Replace(page, "GET", "HEAD", 1)), transcript("", ok+"Content-Length: 6\r\n\r\nhello\n", play.Closed)},
		"body":           {file("body", page), transcript("", ok+typ+"\r\nhallo\n", play.Closed)},
		"body-reset":     {file("body", page), transcript("", ok+typ+"\r\nhel", play.WasReset)},
		"head-unended":   {file("body", page), transcript("", ok+typ+"hello\n", play.Closed)},
		"silent":         {file("status", page), transcript("", "", play.Silent)},
		"closed":         {file("status", page), transcript("", "", play.Closed)},
		"not-http":       {file("status", page), transcript("", "Yes", play.Closed)},
		"stays-open":     {file("close", page), transcript("", ok+typ+"Content-Length: 6\r\n\r\nhello\n", play.Open)},
		"reset":          {file("close", page), transcript("", ok+typ+"Content-Length: 6\r\n\r\nhello\n", play.WasReset)},
		"cut":            {cutFile, transcript("", "", play.Closed)},
		"dead":           {file("alive", page), transcript("", "", play.WasReset)},
		"no-server":      {file("status", page), transcript("", "", play.Refused)},
		"exact":          {head + page, transcript("", ok+"Date: x\r\n"+typ+"Content-Length: 6\r\n\r\nhellO\n", play.Closed)},
		"exact-binary":   {head + picture, transcript("", ok+"Date: x\r\n"+typ+"Content-Length: 6\r\n\r\n"+jpeg[:9000]+"\r"+jpeg[9001:], play.Closed)},
		"exact-surplus":  {head + page, transcript("", ok+"Date: x\r\n"+typ+"Content-Length: 6\r\n\r\nhello\n\n", play.Closed)},
		"escapes":        {file("status", page), transcript("", "\x1b[2J\x1b]0;title\x07\u009b31m", play.Closed)},
	} {
		x := parse(t, test.file)
		test.tr.Turns[0].Sent = x.Script[0].Data
		f := func() *Failure {
			switch name {
			case "cut":
				test.tr.Cut = 2
			case "dead":
				test.tr.Alive, test.tr.Probe = false, &play.ProbeError{End: play.Refused, Err: syscall.ECONNREFUSED}
			case "no-server":
				test.tr.Turns[0].Sent = nil
			}
			if strings.HasPrefix(name, "exact") {
				return Exact(x, test.tr)
			}
			return Judged(x, test.tr)
		}()
		if f == nil {
			t.Errorf("%s: it passes", name)
			continue
		}
		f.Look = "write the head"
		got := f.Text()
		golden(t, filepath.Join("testdata", "failure", name+".txt"), got)
		for _, r := range got {
			if r < ' ' && r != '\n' || r == '`' { // Markdown is not for terminals
				t.Errorf("%s: %U in the text", name, r)
			}
		}
		for _, word := range []string{"invalid", "malformed", "unexpected", "failed", "wrong"} {
			if strings.Contains(got, word) {
				t.Errorf("%s: the word %s blames and tells nothing:\n%s", name, word, got)
			}
		}
		if n := len(strings.Fields(f.Saw + " " + f.Rule + " " + f.Look)); n > 60 {
			t.Errorf("%s: %d words", name, n)
		}
	}
}

// TestFailureTwoClients: a second client waits because the first one is silent.
// Its failure names both, since neither alone shows the cause.
func TestFailureTwoClients(t *testing.T) {
	x := parse(t, head+"exercise: e\njudges: status\n-- connection 1 --\n-- connection 2 --\n"+get+await+
		"-- connection 1 --\n"+get+await)
	silent := &play.Transcript{Turns: []play.Turn{{Conn: 2, Sent: []byte(sentPage), End: play.Silent, Took: 5 * time.Second}}}
	f := Judged(x, silent)
	if f == nil || f.Before != "connection 1: nothing sent yet, it stays open\nthen, on connection 2:" || string(f.Sent) != sentPage {
		t.Fatalf("%+v", f)
	}
	f.Look = "write the head"
	golden(t, filepath.Join("testdata", "failure", "two-clients.txt"), f.Text())
}

// TestOthers has what may happen on a connection beside the one that fails.
func TestOthers(t *testing.T) {
	const second = "-- connection 2 --\n" + get + await
	for script, want := range map[string]struct {
		turns    []play.Turn
		reported string
		open     string
	}{
		get + await: {nil, "", ""},
		"-- connection 1 --\n" + second: {nil,
			"connection 1: nothing sent yet, it stays open", "connection 1"},
		"-- request --\nGE^D\n" + second: {nil,
			"connection 1: “GE” sent, it stays open", "connection 1"},
		"-- request --\nGE^D\n-- half-close --\n" + second: {nil,
			"connection 1: “GE” sent, then half-closed, it stays open", "connection 1"},
		"-- request --\nGE^D\n-- reset --\n" + second: {nil,
			"connection 1: “GE” sent, then reset by the client", ""},
		get + await + second: {[]play.Turn{{Conn: 1, Got: []byte(yes), End: play.Closed}},
			"connection 1: “GET / HTTP/1.1” sent, 41 bytes came, then the server closed", ""},
		get + await + "-- close --\n" + second: {[]play.Turn{{Conn: 1}, {Conn: 1, End: play.WasReset}},
			"connection 1: “GET / HTTP/1.1” sent, then the server reset it", ""},
		get + "-- connection 2 --\n-- connection 3 --\n" + get + await: {nil,
			"connection 1: “GET / HTTP/1.1” sent, it stays open\nconnection 2: nothing sent yet, it stays open", "connection 1 and connection 2"},
	} {
		x := parse(t, head+script)
		last := x.Script[len(x.Script)-1]
		if want.reported != "" {
			want.reported += fmt.Sprintf("\nthen, on connection %d:", last.Conn)
		}
		got := others(x, &play.Transcript{Turns: want.turns}, len(x.Script)-1)
		if got.reported != want.reported || got.open != want.open {
			t.Errorf("%s\ngot  %+v\nwant {%s %s}", script, got, want.reported, want.open)
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.ReplaceAll(string(want), "\r\n", "\n"); got != want {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}

// TestFailureCaret: the caret stands under its byte, whatever stands before it.
func TestFailureCaret(t *testing.T) {
	f := &Failure{Got: []byte("a\t\xe9\x1bb\nc"), At: 4, DueBytes: []byte("B")}
	lines := strings.Split(f.Text(), "\n")
	for i, line := range lines {
		if column := strings.Index(line, "^ byte"); column >= 0 {
			if got := []rune(lines[i-1])[column]; got != 'b' || line[column:] != "^ byte 4: “b” (hex 62), due “B” (hex 42)" {
				t.Errorf("the caret is under %q: %q", got, line)
			}
			return
		}
	}
	t.Error("no caret:\n" + f.Text())
}

// TestCaret has a name for every kind of byte.
func TestCaret(t *testing.T) {
	for _, test := range []struct {
		message string
		at      int
		want    string
		text    string
	}{
		{"HTTP/2", 5, "1", "^ byte 5: “2” (hex 32), due “1” (hex 31)"},
		{"OK\n", 2, "\r\n", "^ byte 2: LF (hex 0a), due CR LF (hex 0d 0a)"},
		{"a\t ", 1, " x", "^ byte 1: tab (hex 09), due space “x” (hex 20 78)"},
		{"\xe9", 0, "\x1b", "^ byte 0: ‹E9› (hex e9), due ␛ (hex 1b)"},
		{"Yes", 3, "0\r\n", "^ end, due “0” CR LF (hex 30 0d 0a)"},
		{strings.Repeat("a", 1235), 1234, "", "^ byte 1,234: “a” (hex 61)"},
	} {
		if got := Caret([]byte(test.message), test.at, []byte(test.want)); got != test.text {
			t.Errorf("got %s, want %s", got, test.text)
		}
	}
}

func TestFailureRule(t *testing.T) {
	x := parse(t, head+"rule: Ours.\nexercise: e\njudges: status\n"+get+await)
	if f := Judged(x, transcript(sentPage, "Yes", play.Closed)); f == nil || f.Rule != "Ours." {
		t.Errorf("%+v", f)
	}
}

func TestEveryAspectHasARule(t *testing.T) {
	for _, a := range exchange.Aspects {
		if rules[a] == "" {
			t.Errorf("no rule for the aspect %s", a)
		}
	}
}

func TestFailureJSON(t *testing.T) {
	want := &Failure{Exchange: "01/page", Aspect: exchange.Body, Cut: 2, Saw: "saw", Before: "before", Sent: []byte{0, 0xff}, Got: []byte("\r\n\x1b"),
		Due: "due", At: 1, DueBytes: []byte{0x80}, Rule: "rule", Look: "look", Why: "why"}
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got *Failure
	if err := json.Unmarshal(data, &got); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%s reads as %+v, %v", data, got, err)
	}
	if !strings.Contains(string(data), `"sent":"AP8=","got":"DQob"`) {
		t.Errorf("%s", data)
	}
}

// TestSawNothing has the sentences that depend on more than how it ended.
func TestSawNothing(t *testing.T) {
	for want, r := range map[string]round{
		"no byte came":          {turn: &play.Turn{}},
		"no byte came in 0.2 s": {turn: &play.Turn{End: play.Silent, Took: 200 * time.Millisecond}},
		"no byte came in 5 s: your server has stopped reading, the client has more to send": {
			turn: &play.Turn{End: play.Silent, Took: 5 * time.Second, SendErr: os.ErrDeadlineExceeded}, sent: []byte("x")},
		"no byte came in 5 s: your server reads on, the client has sent everything and waits too": {
			turn: &play.Turn{End: play.Silent, Took: 5 * time.Second}, sent: []byte("x")},
	} {
		if got := sawNothing(r); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	for want, got := range map[string]string{
		"of 5 promised bytes of content 3 are missing": "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nYe",
		"the last chunk is missing":                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nY\r\n",
		"the head has not ended":                       "HTTP/1.1 200 OK\r\nA",
		"no length says where the answer ends":         "HTTP/1.1 200 OK\r\n\r\nYes",
	} {
		r := round{turn: &play.Turn{End: play.Silent, Took: 5 * time.Second}, got: []byte(got)}
		if saw := sawUnended(r); !strings.HasSuffix(saw, " came in 5 s, and the connection stays open: "+want) {
			t.Errorf("got %s, want %s", saw, want)
		}
	}
	if got := sawReset(round{}); got != "the server reset the connection, and sent nothing" {
		t.Error(got)
	}
	if got := sawDead(errors.New("x")); !strings.HasSuffix(got, "was not served") {
		t.Error(got)
	}
}
