package exchange

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

const head = "title: a title\nwhy: A sentence.\n"

const pageFile = `title: the page
why: A browser asks with a request line,
  fields and an empty line.
# for the lesson's first page
notes: E1 E3
exercise: line-ends
judges: line-ends, header Content-Type
rule: Lines end in CR LF (RFC 9112, 2.1).
cuts: every

-- file a.txt --
one
-- request --
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

// parse is Parse for tests that need a good file.
func parse(t testing.TB, file string) *Exchange {
	t.Helper()
	x, err := Parse("page.txtar", []byte(file), nil)
	if err != nil {
		t.Fatal(err)
	}
	x.Step = "01-socket"
	return x
}

func TestParsePage(t *testing.T) {
	want := &Exchange{
		Step: "01-socket", Name: "page", Title: "the page",
		Why:   "A browser asks with a request line, fields and an empty line.",
		Notes: []string{"E1", "E3"}, Exercise: "line-ends",
		Judges: []Judgement{{LineEnds, ""}, {Header, "Content-Type"}},
		Rule:   "Lines end in CR LF (RFC 9112, 2.1).", Cuts: true,
		Files: []File{{"a.txt", []byte("one\n")}},
		Script: []Action{
			{Kind: Send, Line: 13, Conn: 1, Data: []byte("GET / HTTP/1.1\r\nHost: localhost:8000\r\n\r\n")},
			{Kind: Expect, Line: 17, Conn: 1, Response: &Response{
				Pattern: []byte("HTTP/1.1 200 OK\r\nDate: *\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 6\r\n\r\nhello\n"),
				Codes:   []int{200},
			}},
			{Kind: ExpectClose, Line: 24, Conn: 1},
		},
	}
	for name, file := range map[string]string{
		"LF":                pageFile,
		"CR LF":             strings.ReplaceAll(pageFile, "\n", "\r\n"),
		"no last line feed": strings.TrimSuffix(pageFile, "\n"),
	} {
		if got := parse(t, file); !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n got %+v\nwant %+v", name, got, want)
		}
	}
	if id := want.ID(); id != "01/page" {
		t.Errorf("ID is %q", id)
	}
	if n := len(want.CutPoints()); n != 39 {
		t.Errorf("%d cut points of 40 bytes, want 39", n)
	}
}

// TestParseWire has what each kind of section becomes on the wire.
func TestParseWire(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"head":               {"-- request --\nGET / HTTP/1.1\n\n", "GET / HTTP/1.1\r\n\r\n"},
		"head and content":   {"-- request --\nPOST / HTTP/1.1\n\na=1\nb\n", "POST / HTTP/1.1\r\n\r\na=1\nb\n"},
		"no line end":        {"-- request --\nGE^D\n", "GE"},
		"joined lines":       {"-- request --\nGET /^D\nx^D\n HTTP/1.1\n\n", "GET /x HTTP/1.1\r\n\r\n"},
		"only a line end":    {"-- request --\n\n", "\r\n"},
		"empty line first":   {"-- request --\n\nGET / HTTP/1.1\n\nx\n", "\r\nGET / HTTP/1.1\r\n\r\nx\n"},
		"raw":                {"-- request.raw --\nGET / HTTP/1.1\n\n", "GET / HTTP/1.1\n\n"},
		"raw with CR":        {"-- request.raw --\nGET / HTTP/1.1^M\n^M\n", "GET / HTTP/1.1\r\n\r\n"},
		"notation":           {"-- request.raw --\n^@^A^I^Z^[^\\^]^_^?^^^xE9^x0a^D\n", "\x00\x01\t\x1a\x1b\x1c\x1d\x1f\x7f^\xe9\n"},
		"bytes as they are":  {"-- request.raw --\ngrüß\tdich^D\n", "grüß\tdich"},
		"repeat":             {"-- request --\nGET /^D\n@repeat 3 ab\n HTTP/1.1\n\n", "GET /ababab HTTP/1.1\r\n\r\n"},
		"repeat lines":       {"-- request --\nGET / HTTP/1.1\n@repeat 2 A: b^M^J\n\n", "GET / HTTP/1.1\r\nA: b\r\nA: b\r\n\r\n"},
		"at sign":            {"-- request.raw --\n^x40repeat\n a@b\n", "@repeat\n a@b\n"},
		"hyphens":            {"-- request.raw --\n--boundary\n^x2D- close --\n--boundary--\n", "--boundary\n-- close --\n--boundary--\n"},
		"two sections":       {"-- request --\nGET / HT^D\n-- pause 1ms --\n-- request --\nTP/1.1\nA: b\n\nx\n", "GET / HTTP/1.1\r\nA: b\r\n\r\nx\n"},
		"cut in the end":     {"-- request --\nGET / HTTP/1.1^D\n-- pause 1ms --\n-- request --\n\n\nx\n", "GET / HTTP/1.1\r\n\r\nx\n"},
		"two requests":       {"-- request --\nGET / HTTP/1.1\n\n-- request --\nGET /b HTTP/1.1\n\n", "GET / HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n"},
		"content on its own": {"-- request --\nPOST / HTTP/1.1\n\n-- pause 1ms --\n-- request.raw --\na\nb\n", "POST / HTTP/1.1\r\n\r\na\nb\n"},
	} {
		var got []byte
		for _, a := range parse(t, head+test.text).Script {
			got = append(got, a.Data...)
		}
		if string(got) != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

func TestParseScript(t *testing.T) {
	x := parse(t, head+`-- request --
GET / HTTP/1.1

-- pause 50ms --

-- connection 2 --
-- request.raw --
x
-- half-close --
-- response.raw --
Yes^D
-- connection 1 --
-- response --
HTTP/1.1 405|501 *

body: contains <b> & c
-- response --
HTTP/1.1 200 OK

body: *
-- response --
HTTP/1.1 200 OK

body: now
-- reset --
`)
	want := []Action{
		{Kind: Send, Line: 3, Conn: 1, Data: []byte("GET / HTTP/1.1\r\n\r\n")},
		{Kind: Pause, Line: 6, Conn: 1, Pause: 50 * time.Millisecond},
		{Kind: Connect, Line: 8, Conn: 2},
		{Kind: Send, Line: 9, Conn: 2, Data: []byte("x\n"), Raw: true},
		{Kind: HalfClose, Line: 11, Conn: 2},
		{Kind: Expect, Line: 12, Conn: 2, Raw: true, Response: &Response{Pattern: []byte("Yes")}},
		{Kind: Expect, Line: 15, Conn: 1, Response: &Response{
			Pattern: []byte("HTTP/1.1 405|501 *\r\n\r\n"), Codes: []int{405, 501}, Match: BodyContains, Text: []byte("<b> & c")}},
		{Kind: Expect, Line: 19, Conn: 1, Response: &Response{Pattern: []byte("HTTP/1.1 200 OK\r\n\r\n"), Codes: []int{200}, Match: BodyAny}},
		{Kind: Expect, Line: 23, Conn: 1, Response: &Response{Pattern: []byte("HTTP/1.1 200 OK\r\n\r\n"), Codes: []int{200}, Match: BodyNow}},
		{Kind: Reset, Line: 27, Conn: 1},
	}
	if !reflect.DeepEqual(x.Script, want) {
		t.Errorf("\n got %+v\nwant %+v", x.Script, want)
	}
}

const get = "-- request --\nGET / HTTP/1.1\n\n"

func TestParseErrors(t *testing.T) {
	const response = "-- response --\nHTTP/1.1 200 OK\n\n"
	long := strings.Repeat("x", maxFile)
	for file, want := range map[string]string{
		"":                                           "1: no title",
		"title: t\n":                                 "1: no why",
		head:                                         "2: no section: nothing happens",
		head + "titel: x\n" + get:                    "3: unknown key: titel",
		head + "why: again\n" + get:                  "3: key given twice: why",
		head + "rule:\n" + get:                       "3: no value: rule",
		head + "a line\n" + get:                      `3: not a key and a value: "a line"`,
		"  x\n" + head + get:                         `1: nothing to continue: "  x"`,
		head + "notes: 3\n" + get:                    "3: not an error of the notes: 3",
		head + "cuts: some\n" + get:                  "3: unknown cuts: some",
		head + "cuts: every\n-- close --\n":          "3: cuts: the first request is too short to cut",
		head + "exercise: e\n" + get:                 "3: exercise and judges go together",
		head + "judges: status\n" + get:              "3: exercise and judges go together",
		head + "exercise: e\njudges: speed\n":        "4: unknown aspect: speed",
		head + "exercise: e\njudges: header\n":       "4: header needs a field's name, no other aspect has one: header",
		head + "exercise: e\njudges: body x\n":       "4: header needs a field's name, no other aspect has one: body x",
		head + "exercise: e\njudges: body,body\n":    "4: aspect given twice: body",
		head + "exercise: e\njudges: status\n" + get: "4: judges status: no response here can show it",
		head + "exercise: e\njudges: close\n" + get:  "4: judges close: no response here can show it",
		head + "exercise: e\njudges: header Date\n" + get + response:             "4: judges header Date: no response here can show it",
		head + "exercise: e\njudges: status\n" + get + "-- response.raw --\nx\n": "4: judges status: no response here can show it",
		head + "-- foo --\n":                                           "3: unknown section: foo",
		head + "-- close now --\n":                                     "3: unknown section: close now",
		head + "-- close --\nx\n":                                      `4: close takes no text: "x"`,
		head + "--close --\n":                                          `3: not a marker: "--close --": one space on either side of the name`,
		head + get + "--request.raw--\n":                               `6: not a marker: "--request.raw--": one space on either side of the name`,
		head + "-- pause 11s --\n":                                     `3: pause: not a time up to 10s: "11s"`,
		head + "-- pause --\n":                                         `3: pause: not a time up to 10s: ""`,
		head + "-- connection 2 --\n":                                  "3: connection 2: the next new one is 1",
		head + get + "-- connection 3 --\n":                            "6: connection 3: the next new one is 2",
		head + "-- connection x --\n":                                  `3: connection: not a number from 1 to 16: "x"`,
		head + get + "-- connection 1 --\nx\n":                         `7: connection 1 takes no text: "x"`,
		head + "-- half-close --\n" + get:                              "4: connection 1 is half-closed: nothing more can be sent",
		head + "-- half-close --\n-- half-close --\n":                  "4: connection 1 is half-closed already",
		head + "-- reset --\n-- close --\n":                            "4: connection 1 was reset: nothing can follow",
		head + "-- request --\n^D\n":                                   "3: request sends nothing",
		head + "-- request --\nx^DDD\n":                                "4: ^D inside a line: it ends one; the byte 04 is ^x04",
		head + "-- request --\n\nx^\n":                                 "5: lone caret at the end: write ^^",
		head + "-- request --\n^a\n":                                   "4: unknown notation: ^a",
		head + "-- request --\n^x4\n":                                  `4: ^x needs two hex digits: "4"`,
		head + "-- request --\n^x+4\n":                                 `4: ^x needs two hex digits: "+4"`,
		head + "-- request --\n@flie a\n":                              "4: unknown directive: @flie; an at sign that begins a line is ^x40",
		head + "-- request --\n@file a.txt\n":                          "4: @file a.txt: no www folder to read from",
		head + "-- request --\n@repeat a\n":                            `4: @repeat needs a count and a text: "a"`,
		head + "-- request --\n@repeat 2 a^D\n":                        "4: ^D after @repeat: it never has a line end",
		head + "-- request --\n@repeat 5000000 a\n":                    "4: @file and @repeat add more than 4194304 bytes",
		head + "-- request --\n@repeat 9999999999999 a":                "4: @file and @repeat add more than 4194304 bytes",
		head + "-- request --\n@repeat 4000000 a\n@repeat 4000000 a\n": "5: @file and @repeat add more than 4194304 bytes",
		head + "-- request --\nGET\r / HTTP/1.1\n":                     "4: control byte 0d: write ^x0D",
		head + "-- request --\nGET\x1b\n":                              "4: control byte 1b: write ^x1B",
		head + "-- response --\nHTTP/1.1 200 OK\n":                     "4: response: no empty line ends the head; use response.raw for what is not HTTP",
		head + "-- response --\nYes\n\n":                               `4: response: not a status line: "Yes"; use response.raw for what is not HTTP`,
		head + "-- response --\nHTTP/1.1 20 OK\n\n":                    `4: response: not a status code: "20"`,
		head + "-- response --\nHTTP/1.1 405| *\n\n":                   `4: response: not a status code: ""`,
		head + response + "body: holds x\n":                            `4: unknown way to compare a body: "holds x"`,
		head + "-- response.raw --\n^D\n":                              "3: response.raw awaits nothing: use close",
		head + "-- file ../x --\n":                                     `3: file: not a plain relative name: "../x"`,
		head + "-- file --\n":                                          `3: file: not a plain relative name: ""`,
		head + "-- file a\\b --\n":                                     `3: file: not a plain relative name: "a\\b"`,
		head + "-- file a --\n-- file a --\n":                          "4: file given twice: a",
		long + "x":                                                     "1: file too large: 1048577 bytes, at most 1048576",
	} {
		_, err := Parse("exchanges/page.txtar", []byte(file), nil)
		if want = "exchange: page.txtar:" + want; err == nil || err.Error() != want {
			t.Errorf("%.200q:\n got %v\nwant %v", file, err, want)
		}
	}
}

// TestFile: a body can be a file of the folder that the servers serve, and
// nothing outside it.
func TestFile(t *testing.T) {
	www := fstest.MapFS{
		"test.jpg": {Data: []byte("\xff\xd8\n\xff")},
		"big":      {Data: bytes.Repeat([]byte("x"), maxAdded+1)},
	}
	x, err := Parse("picture.txtar", []byte(head+get+"-- response --\nHTTP/1.1 200 OK\n\n@file test.jpg\n"), www)
	if err != nil {
		t.Fatal(err)
	}
	if got := x.Script[1].Response.Content(); string(got) != "\xff\xd8\n\xff" {
		t.Errorf("the body is %q", got)
	}
	for name, want := range map[string]string{
		"../01/www/test.jpg": "not a plain relative name",
		"none":               "open none: file does not exist",
		"big":                "4194305 bytes, at most 4194304",
	} {
		_, err := Parse("bad.txtar", []byte(head+"-- request --\n@file "+name+"\n"), www)
		if want = "exchange: bad.txtar:4: @file " + name + ": " + want; err == nil || err.Error() != want {
			t.Errorf("\n got %v\nwant %s", err, want)
		}
	}
}

func TestResponseField(t *testing.T) {
	x := parse(t, head+get+"-- response --\nHTTP/1.1 200 OK\nDate:  *\nContent-Type: text/plain\nDate: no\n\nContent-Length: 3\n")
	r := x.Script[1].Response
	for name, want := range map[string]string{"date": "*", "CONTENT-TYPE": "text/plain"} {
		if got, ok := r.Field(name); !ok || got != want {
			t.Errorf("%s: got %q, %v, want %q", name, got, ok, want)
		}
	}
	if got, ok := r.Field("Content-Length"); ok {
		t.Errorf("content is taken for a field: %q", got)
	}
}

func TestAwaits(t *testing.T) {
	for script, want := range map[string]bool{
		get + "-- response --\nHTTP/1.1 200 OK\n\n": true,
		get:                               false,
		"-- half-close --\n-- close --\n": false,
	} {
		if got := parse(t, head+script).Awaits(); got != want {
			t.Errorf("%s awaits %v", script, got)
		}
	}
}

// TestMixedLineEnds: CR LF everywhere is a checkout's doing; CR LF here and
// there is a control byte that an editor would not show.
func TestMixedLineEnds(t *testing.T) {
	file := strings.Replace(strings.ReplaceAll(head+get, "\n", "\r\n"), "\r\n", "\n", 1)
	if _, err := Parse("page.txtar", []byte(file), nil); err == nil || !strings.Contains(err.Error(), "control byte 0d") {
		t.Errorf("got %v", err)
	}
}

// TestHeadBeginsAnew: what a request left open says nothing about the next one.
func TestHeadBeginsAnew(t *testing.T) {
	x := parse(t, head+"-- request --\nPOST / HTTP/1.1\n-- response --\nHTTP/1.1 400 No\n\n-- request --\n\nGET / HTTP/1.1\n\n")
	if got, want := string(x.Script[2].Data), "\r\nGET / HTTP/1.1\r\n\r\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestContentOffset(t *testing.T) {
	for message, want := range map[string]int{
		"":                      0,
		"GET /\r\n":             7,
		"GET /\r\n\r\nab":       9,
		"GET /\n\nab\n\nc":      7,
		"\r\n\r\nA\r\n\r\nbody": 9,
		"Yes":                   3,
	} {
		if got := ContentOffset([]byte(message)); got != want {
			t.Errorf("%q: got %d, want %d", message, got, want)
		}
	}
}

func TestResponse(t *testing.T) {
	for status, want := range map[string]struct {
		interim  bool
		readable string
	}{
		"100 Continue":      {true, "HTTP/1.1 100 Continue"},
		"199 x":             {true, "HTTP/1.1 199 x"},
		"200 OK":            {false, "HTTP/1.1 200 OK"},
		"405|501 *":         {false, "HTTP/1.1 405 or 501 *"},
		"400|405|501 a|b|c": {false, "HTTP/1.1 400 or 405 or 501 a|b|c"},
	} {
		r := parse(t, head+get+"-- response --\nHTTP/1.1 "+status+"\n\n").Script[1].Response
		if got := strings.TrimRight(string(r.Readable()), "\r\n"); got != want.readable || r.Interim() != want.interim {
			t.Errorf("%s: got %q, interim %v", status, got, r.Interim())
		}
	}
}

func TestCutPoints(t *testing.T) {
	x := parse(t, head+"-- request --\nabc^D\n")
	if got := x.CutPoints(); !slices.Equal(got, []int{1, 2}) {
		t.Errorf("three bytes can be cut after %v", got)
	}
}

// TestApplies: of a raw response all is content, so that nothing else can be
// judged.
func TestApplies(t *testing.T) {
	a := parse(t, head+get+"-- response.raw --\nYes^D\n").Script[1]
	for _, aspect := range Aspects {
		due := aspect == Body || aspect == Cut
		if got := (Judgement{Aspect: aspect, Field: "A"}).Applies(a); got != due {
			t.Errorf("%s: got %v", aspect, got)
		}
	}
}

func TestParseSections(t *testing.T) {
	all, err := ParseSections("x.txtar", []byte("# a comment\n-- one --\nkey: first\n\n\n  second\nother:\n  a\n  b\n-- two --\n"))
	if err != nil || len(all) != 2 || all[0].Name != "one" || all[0].Line != 2 || all[1].Name != "two" {
		t.Fatalf("got %+v, %v", all, err)
	}
	if got, want := all[0].Entries[0].Text(), "first\n\n\nsecond"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if e := all[0].Entries[1]; e.Text() != "a\nb" || e.Sentence() != "a b" || e.Line != 7 {
		t.Errorf("got %+v", e)
	}
	if _, err := ParseSections("x.txtar", []byte("key: x\n-- one --\n")); err == nil {
		t.Error("a key before the first section is read")
	}
}
