package judge

import (
	"strings"
	"testing"
	"time"

	"example/wirebook/internal/exchange"

	"example/wirebook/internal/play"
)

const (
	head  = "title: a title\nwhy: A sentence.\n"
	get   = "-- request --\nGET / HTTP/1.1\n\n"
	await = "-- response --\nHTTP/1.1 200 OK\nContent-Length: 3\n\nYes^D\n"
	yes   = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nYes"
)

// pageFile is an exchange with a page; its Date may be any.
const pageFile = head + `exercise: line-ends
judges: line-ends, header Content-Type
cuts: every
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

func parse(t testing.TB, file string) *exchange.Exchange {
	t.Helper()
	x, err := exchange.Parse("page.txtar", []byte(file), nil)
	if err != nil {
		t.Fatal(err)
	}
	x.Step = "01-socket"
	return x
}

// when is the moment at which every answer in these tests came.
var when = time.Date(2026, time.November, 20, 10, 0, 0, 0, time.UTC)

const now = "Date: Fri, 20 Nov 2026 10:00:00 GMT\r\n"

// transcript is a transcript of one request, one answer and how it ended.
func transcript(sent, got string, end play.End) *play.Transcript {
	t := &play.Transcript{Alive: true, Turns: []play.Turn{
		{Conn: 1, Sent: []byte(sent), Got: []byte(got), End: end, When: when, Took: 5 * time.Second},
	}}
	last := play.Turn{Conn: 1, End: end}
	if end == play.Open { // as the player sees it when it awaits a close
		last.End = play.Silent
	}
	t.Turns = append(t.Turns, last)
	return t
}

// judged is an exchange that judges everything about a page.
const judged = head + `exercise: page
judges: start, version, line-ends, status, reason, header Content-Type, framing, body, alive
-- request --
GET / HTTP/1.1
Host: localhost

-- response --
HTTP/1.1 200 OK
Content-Type: text/html; charset=utf-8
Content-Length: 3

Yes^D
-- close --
`

const sentPage = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"

// TestJudgeAccepts has what is right and looks unusual. None of it may fail.
func TestJudgeAccepts(t *testing.T) {
	const typ = "Content-Type: text/html; charset=utf-8\r\n"
	for name, test := range map[string]struct {
		got string
		end play.End
	}{
		"as written":       {"HTTP/1.1 200 OK\r\n" + typ + "Content-Length: 3\r\n\r\nYes", play.Closed},
		"more fields":      {"HTTP/1.1 200 OK\r\nDate: x\r\nServer: mine\r\nX-Odd: 1\r\n" + typ + "Content-Length: 3\r\nConnection: close\r\n\r\nYes", play.Closed},
		"other order":      {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n" + typ + "\r\nYes", play.Closed},
		"lower case":       {"HTTP/1.1 200 OK\r\ncontent-length: 3\r\ncontent-type: text/html; charset=utf-8\r\n\r\nYes", play.Closed},
		"upper case":       {"HTTP/1.1 200 OK\r\nCONTENT-LENGTH: 3\r\nCONTENT-TYPE: TEXT/HTML; CHARSET=UTF-8\r\n\r\nYes", play.Closed},
		"no space":         {"HTTP/1.1 200 OK\r\nContent-Length:3\r\nContent-Type:text/html;charset=utf-8\r\n\r\nYes", play.Closed},
		"tabs":             {"HTTP/1.1 200 OK\r\nContent-Length:\t3\t\r\nContent-Type:\t text/html;\tcharset=\"utf-8\"\r\n\r\nYes", play.Closed},
		"more parameters":  {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Type: text/html; charset=utf-8; a=b\r\n\r\nYes", play.Closed},
		"other phrase":     {"HTTP/1.1 200 Here you are: tea\r\n" + typ + "Content-Length: 3\r\n\r\nYes", play.Closed},
		"phrase in Latin1": {"HTTP/1.1 200 Tr\xe8s bien\r\n" + typ + "Content-Length: 3\r\n\r\nYes", play.Closed},
		"empty phrase":     {"HTTP/1.1 200 \r\n" + typ + "Content-Length: 3\r\n\r\nYes", play.Closed},
		"HTTP/1.0":         {"HTTP/1.0 200 OK\r\n" + typ + "Content-Length: 3\r\n\r\nYes", play.Closed},
		"length twice":     {"HTTP/1.1 200 OK\r\n" + typ + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nYes", play.Closed},
		"chunked":          {"HTTP/1.1 200 OK\r\n" + typ + "Transfer-Encoding: chunked\r\n\r\n1\r\nY\r\n2;x=y\r\nes\r\n0\r\nTrailer: t\r\n\r\n", play.Closed},
		"kept open":        {"HTTP/1.1 200 OK\r\n" + typ + "Content-Length: 3\r\n\r\nYes", play.Open},
		"interim first":    {"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n" + typ + "Content-Length: 3\r\n\r\nYes", play.Closed},
	} {
		if f := Judged(parse(t, judged), transcript(sentPage, test.got, test.end)); f != nil {
			t.Errorf("%s:\n%s", name, f.Text())
		}
	}
}

// TestJudgeOneAspect shows that each aspect alone forgives all other flaws: the
// notes' server has most of them at once.
func TestJudgeOneAspect(t *testing.T) {
	const all = "\nHTTP/1.x  200 OK  \nContent-Type: text/html; charset=utf-8\nContent-Length: 9\n\nYes"
	for judges, want := range map[string]bool{
		"start": false, "version": false, "line-ends": false, "status": true, "reason": false,
		"header Content-Type": true, "framing": false, "body": true, "cut": true, "alive": true, "close": true,
	} {
		x := parse(t, strings.Replace(judged, "judges: start, version, line-ends, status, reason, header Content-Type, framing, body, alive", "judges: "+judges, 1))
		f := Judged(x, transcript(sentPage, all, play.Closed))
		if (f == nil) != want {
			t.Errorf("%s: passes %v, want %v: %+v", judges, f == nil, want, f)
		}
	}
}

// TestJudgeBodyByClose: content that ends with the connection is right where
// framing is not judged.
func TestJudgeBodyByClose(t *testing.T) {
	x := parse(t, strings.Replace(judged, "framing, ", "", 1))
	if f := Judged(x, transcript(sentPage, "HTTP/1.0 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\nYes", play.Closed)); f != nil {
		t.Error(f.Text())
	}
}

// TestJudgeRefuses has a wrong answer for everything that an aspect looks at.
func TestJudgeRefuses(t *testing.T) {
	page := "-- request --\nGET / HTTP/1.1\n\n-- response --\nHTTP/1.1 405|501 *\nDate: *\nServer: *\nContent-Type: text/html; charset=utf-8\nAllow: GET, HEAD\nLocation: /a/\nContent-Length: 3\n\nYes^D\n-- close --\n"
	head10 := strings.Replace(page, "HTTP/1.1\n", "HTTP/1.0\n", 1)
	method := strings.Replace(page, "GET /", "HEAD /", 1)
	contains := strings.Replace(page, "Yes^D", "body: contains a yes", 1)
	clock := strings.Replace(page, "Yes^D", "body: now", 1)
	rawFile := "-- request --\nGET / HTTP/1.1\n\n-- response.raw --\nYes^D\n-- close --\n"
	const ok = "HTTP/1.1 405 No\r\n"
	for name, test := range map[string]struct {
		judges, file, got string
		end               play.End
		saw               string
		at                int
	}{
		"empty line first":    {"start", page, "\n" + ok, play.Closed, "“␊” stands before the status line", 0},
		"no status line":      {"start", page, "Yes", play.Closed, "the answer begins with “Yes”, not with a status line", 0},
		"only an empty line":  {"start", page, "\r\n", play.Closed, "only “␍␊” came, and no status line", 2},
		"version":             {"version", page, "HTTP/1.x 405 No\r\n", play.Closed, "the version is “HTTP/1.x”: there is no such version", 7},
		"version case":        {"version", page, "http/1.1 405 No\r\n", play.Closed, "the version is “http/1.1”: there is no such version", 0},
		"version 2":           {"version", page, "HTTP/2 405 No\r\n", play.Closed, "the version is “HTTP/2”: that one speaks in frames, not in lines of text", 5},
		"version too long":    {"version", page, "HTTP/1.10 405 No\r\n", play.Closed, "the version is “HTTP/1.10”: there is no such version", 8},
		"no version":          {"version", page, "<p>", play.Closed, "the answer begins with “<p>”, not with a status line", 0},
		"LF":                  {"line-ends", page, "HTTP/1.1 405 No\nA: b\r\n\r\n", play.Closed, "the status line ends in LF alone (byte 15)", 15},
		"LF in a field":       {"line-ends", page, ok + "A: b\n\r\n", play.Closed, "the line “A” ends in LF alone (byte 21)", 21},
		"LF at the end":       {"line-ends", page, ok + "A: b\r\n\n", play.Closed, "the empty line ends in LF alone (byte 23)", 23},
		"CR CR LF":            {"line-ends", page, "HTTP/1.1 405 No\r\r\n", play.Closed, "a CR stands inside the status line (byte 15)", 15},
		"CR alone":            {"line-ends", page, ok + "A: b\rC: d\r\n\r\n", play.Closed, "a CR stands inside the line “A” (byte 21)", 21},
		"status":              {"status", page, "HTTP/1.1 200 OK\r\n", play.Closed, "the code is 200, due 405 or 501", 9},
		"status missing":      {"status", page, "HTTP/1.1 OK\r\n", play.Closed, "the status line holds no code", 9},
		"no status":           {"status", page, "Yes", play.Closed, "the answer begins with “Yes”, not with a status line", 0},
		"space after phrase":  {"reason", page, "HTTP/1.1 405 No  \r\n", play.Closed, "white space follows the reason phrase (byte 15)", 15},
		"two spaces":          {"reason", page, "HTTP/1.1 405  No\r\n", play.Closed, "more white space stands before the reason phrase (byte 13)", 13},
		"tab":                 {"reason", page, "HTTP/1.1 405\tNo\r\n", play.Closed, "no space follows the code (byte 12)", 12},
		"no space":            {"reason", page, "HTTP/1.1 405\r\n", play.Closed, "the status line ends after the code: no space follows it (byte 12)", 12},
		"only spaces":         {"reason", page, "HTTP/1.1 405  \r\n", play.Closed, "more white space stands before the reason phrase (byte 13)", 13},
		"no code, no phrase":  {"reason", page, "HTTP/1.1 No\r\n", play.Closed, "the status line holds no code, so no phrase can follow it", 9},
		"no field":            {"header Content-Type", page, ok + "\r\n", play.Closed, "there is no field Content-Type", -1},
		"other type":          {"header Content-Type", page, ok + "Content-Type: text/plain; charset=utf-8\r\n\r\n", play.Closed, "Content-Type is “text/plain; charset=utf-8”", 36},
		"no parameter":        {"header Content-Type", page, ok + "Content-Type: text/html\r\n\r\n", play.Closed, "Content-Type is “text/html”", 40},
		"no type":             {"header Content-Type", page, ok + "Content-Type: ;\r\n\r\n", play.Closed, "Content-Type is “;”", 31},
		"space before colon":  {"header Content-Type", page, ok + "Content-Type : text/html; charset=utf-8\r\n\r\n", play.Closed, "white space stands between Content-Type and its colon", 29},
		"the first counts":    {"header Content-Type", page, ok + "Content-Type: a/b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n", play.Closed, "Content-Type is “a/b”", 31},
		"empty value":         {"header Server", page, ok + "Server:\r\n\r\n", play.Closed, "the field Server is empty", 24},
		"no date":             {"header Date", page, ok + "Date: today\r\n\r\n", play.Closed, "“today” is not an HTTP date", 23},
		"date's zone":         {"header Date", page, ok + "Date: Fri, 20 Nov 2026 10:00:00 CET\r\n\r\n", play.Closed, "“Fri, 20 Nov 2026 10:00:00 CET” is not an HTTP date", 49},
		"date's day":          {"header Date", page, ok + "Date: Mon, 20 Nov 2026 10:00:00 GMT\r\n\r\n", play.Closed, "“Mon, 20 Nov 2026 10:00:00 GMT” is not an HTTP date", 23},
		"old date":            {"header Date", page, ok + "Date: Wed, 18 Nov 2026 09:00:00 GMT\r\n\r\n", play.Closed, "the Date is 49h0m0s off", 23},
		"other methods":       {"header Allow", page, ok + "Allow: HEAD, POST\r\n\r\n", play.Closed, "Allow is “HEAD, POST”", 24},
		"other place":         {"header Location", page, ok + "Location: /A/\r\n\r\n", play.Closed, "Location is “/A/”", 28},
		"length missing":      {"framing", page, ok + "\r\nYes", play.Closed, "nothing in the head says how long the content is", 17},
		"length too small":    {"framing", page, ok + "Content-Length: 2\r\n\r\nYes", play.Closed, "Content-Length is 2, the content has 3 bytes: a client shows “Ye” and reports nothing", 33},
		"length too large":    {"framing", page, ok + "Content-Length: 5\r\n\r\nYes", play.Closed, "5 bytes were promised, 3 came: a client waits for 2 more", 33},
		"length no number":    {"framing", page, ok + "Content-Length: three\r\n\r\nYes", play.Closed, "Content-Length is “three”, not a number", 33},
		"lengths differ":      {"framing", page, ok + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nYes", play.Closed, "Content-Length stands twice: 3 and 4", 52},
		"length and chunks":   {"framing", page, ok + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", play.Closed, "both Content-Length and Transfer-Encoding tell the length", 36},
		"chunks to 1.0":       {"framing", head10, ok + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", play.Closed, "the content is chunked, the request was HTTP/1.0", 17},
		"chunk size":          {"framing", page, ok + "Transfer-Encoding: chunked\r\n\r\nYes\r\n", play.Closed, "no chunk size stands here", 47},
		"chunk too long":      {"framing", page, ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nYes\r\n0\r\n\r\n", play.Closed, "a chunk is longer than its size says", 52},
		"chunk LF":            {"framing", page, ok + "Transfer-Encoding: chunked\r\n\r\n3\nYes\r\n0\r\n\r\n", play.Closed, "a line of the chunked coding ends in LF alone", 48},
		"chunks unended":      {"framing", page, ok + "Transfer-Encoding: chunked\r\n\r\n3\r\nYes\r\n", play.Closed, "the chunked content has no end: the last chunk is missing", 55},
		"after the chunks":    {"framing", page, ok + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nYes", play.Closed, "the answer is due to end at byte 52: 3 bytes too many came", 52},
		"other coding":        {"framing", page, ok + "Transfer-Encoding: gzip\r\n\r\nYes", play.Closed, "Transfer-Encoding is “gzip”", 36},
		"content after HEAD":  {"framing", method, ok + "Content-Length: 3\r\n\r\nYes", play.Closed, "3 bytes of content follow the head of a HEAD answer", 38},
		"content after 304":   {"framing", page, "HTTP/1.1 304 No\r\n\r\nYes", play.Closed, "3 bytes of content follow the head of a 304 answer", 19},
		"head without end":    {"framing", page, ok + "Content-Length: 3\r\n", play.Closed, "the head never ends: no empty line came", 36},
		"no head":             {"framing", page, "Yes", play.Closed, "the answer begins with “Yes”, not with a status line", 0},
		"body differs":        {"body", page, ok + "\r\nYas", play.Closed, "the content differs (byte 20)", 20},
		"body short":          {"body", page, ok + "\r\nY", play.Closed, "the content has 1 byte, 2 bytes are missing", 20},
		"body long":           {"body", page, ok + "\r\nYes!\n", play.Closed, "the content has 5 bytes, 2 bytes too many", 22},
		"body in chunks":      {"body", page, ok + "Transfer-Encoding: chunked\r\n\r\n3\r\nYas\r\n0\r\n\r\n", play.Closed, "the content differs at its byte 1", -1},
		"body in the head":    {"body", page, ok + "Content-Length: 3\r\nYes", play.Closed, "the head never ends: “Yes” follows the last field, so it reads as one more", 36},
		"body does not hold":  {"body", contains, ok + "\r\nYes", play.Closed, "the content does not hold “a yes”", -1},
		"no time":             {"body", clock, ok + "\r\n10 o'clock\n", play.Closed, "the content is not one line with an HTTP date: “10 o'clock”", 19},
		"two times":           {"body", clock, ok + "\r\nFri, 20 Nov 2026 10:00:00 GMT\n\n", play.Closed, "the content is not one line with an HTTP date: “Fri, 20 Nov 2026 10:00:00 GMT␊”", 48},
		"late":                {"body", clock, ok + "\r\nFri, 20 Nov 2026 09:59:50 GMT\n", play.Closed, "the time told is 10s off", 19},
		"body, then a reset":  {"body", page, ok + "\r\nY", play.WasReset, "20 bytes came, then a reset, not a close: the content has 1 byte, 2 bytes are missing", 20},
		"raw":                 {"body", rawFile, "No", play.Closed, "the content differs (byte 0)", 0},
		"stays open":          {"close", page, ok + "Content-Length: 3\r\n\r\nYes", play.Open, "the connection stays open", -1},
		"reset":               {"close", page, ok + "Content-Length: 3\r\n\r\nYes", play.WasReset, "41 bytes came, then a reset, not a close", -1},
		"cut: other status":   {"cut", page, "HTTP/1.1 400 Bad\r\n\r\n", play.Closed, "the code is 400, due 405 or 501", 9},
		"cut: other body":     {"cut", page, ok + "\r\n", play.Closed, "the content has 0 bytes, 3 bytes are missing", 19},
		"cut: nothing":        {"cut", page, "", play.Closed, "the server closed without an answer", -1},
		"nothing, reset":      {"body", page, "", play.WasReset, "the server reset the connection without an answer", -1},
		"nothing, no server":  {"status", page, "", play.Refused, "no connection: nothing listens there", -1},
		"nothing, still open": {"status", page, "", play.Silent, "no byte came in 5 s: your server reads on, the client has sent everything and waits too", -1},
	} {
		x := parse(t, head+"exercise: e\njudges: "+test.judges+"\n"+test.file)
		f := Judged(x, transcript(string(x.Script[0].Data), test.got, test.end))
		switch {
		case f == nil:
			t.Errorf("%s: it passes", name)
		case f.Saw != test.saw || f.At != test.at:
			t.Errorf("%s: got %d, %s, want %d, %s", name, f.At, f.Saw, test.at, test.saw)
		case f.Aspect != x.Judges[0].Aspect || f.Exchange != "01/page" || f.Rule == "" || f.Why == "" || string(f.Got) != test.got:
			t.Errorf("%s: %+v", name, f)
		}
	}
}

// TestJudgeAcceptsValues has values that differ and mean the same.
func TestJudgeAcceptsValues(t *testing.T) {
	const ok = "HTTP/1.1 501 No\r\n"
	for name, test := range map[string]struct{ judges, due, got string }{
		"one of two codes":   {"status", "", ok + "\r\n"},
		"date":               {"header Date", "Date: *", ok + now + "\r\n"},
		"any value":          {"header Server", "Server: *", ok + "Server: mine\r\n\r\n"},
		"set of methods":     {"header Allow", "Allow: GET, HEAD", ok + "Allow: HEAD,GET\r\n\r\n"},
		"tokens":             {"header Connection", "Connection: close", ok + "Connection: Close\r\n\r\n"},
		"length":             {"header Content-Length", "Content-Length: 3", ok + "Content-Length: 03\r\n\r\nYes"},
		"now":                {"body", "\nbody: now", ok + "\r\nFri, 20 Nov 2026 09:59:56 GMT\r\n"},
		"any body":           {"body", "\nbody: *", ok + "\r\n"},
		"body holds":         {"body", "\nbody: contains es", ok + "\r\nYes"},
		"not judged: status": {"body", "\nYes^D", "HTTP/1.1 200 OK\r\n\r\nYes"},
		"wrong length, body": {"body", "\nYes^D", ok + "Content-Length: 2\r\n\r\nYes"},
		"bytes too many":     {"body", "\nYes^D", ok + "Content-Length: 3\r\n\r\nYes\n"},
	} {
		response := "HTTP/1.1 405|501 *\n" + test.due + "\n"
		if !strings.HasPrefix(test.due, "\n") {
			response += "\n"
		}
		x := parse(t, head+"exercise: e\njudges: "+test.judges+"\n"+get+"-- response --\n"+response)
		if f := Judged(x, transcript(sentPage, test.got, play.Closed)); f != nil {
			t.Errorf("%s:\n%s", name, f.Text())
		}
	}
}

func TestJudgeAlive(t *testing.T) {
	x := parse(t, head+"exercise: e\njudges: alive\n-- half-close --\n-- close --\n")
	silent := func(end play.End, got string) *play.Transcript {
		return &play.Transcript{Alive: true, Turns: []play.Turn{{Conn: 1, End: end, Got: []byte(got), Took: time.Second}}}
	}
	dead := func(end play.End) *play.Transcript {
		tr := silent(play.Closed, "")
		tr.Alive, tr.Probe = false, &play.ProbeError{End: end}
		return tr
	}
	for saw, tr := range map[string]*play.Transcript{
		"":                                    silent(play.Closed, ""),
		"3 bytes came, and nothing was asked": silent(play.Closed, "Yes"),
		"the client has ended its side, and the server does not close":                             silent(play.Silent, ""),
		"the server reset the connection without an answer":                                        silent(play.WasReset, ""),
		"afterwards the server answers nobody: the next client found no connection":                dead(play.Refused),
		"afterwards the server answers nobody: the next client was closed on without an answer":    dead(play.Closed),
		"afterwards the server answers nobody: the next client was reset without an answer":        dead(play.WasReset),
		"afterwards the server answers nobody: the next client waited in vain":                     dead(play.Silent),
		"nobody asked whether the server still answers: the exchange was played without its probe": {Turns: silent(play.Closed, "").Turns},
		"it was not played to this point":                                                          {Alive: true},
	} {
		f := Judged(x, tr)
		if saw == "" && f != nil || saw != "" && (f == nil || f.Saw != saw) {
			t.Errorf("got %+v, want %q", f, saw)
		}
	}
	answered := parse(t, head+"exercise: e\njudges: alive\n"+get+await)
	if f := Judged(answered, transcript(sentPage, "anything", play.Silent)); f != nil {
		t.Errorf("only alive is judged, and it is: %s", f.Saw)
	}
}

// TestJudgeOrder: the first aspect of the file's list that fails is told, and
// with several answers, which one it is.
func TestJudgeOrder(t *testing.T) {
	file := get + await + get + await
	two := &play.Transcript{Alive: true, Turns: []play.Turn{
		{Conn: 1, Sent: []byte(sentPage), Got: []byte(yes), When: when},
		{Conn: 1, Sent: []byte(sentPage), Got: []byte("HTTP/1.1 404 No\r\n\r\n"), End: play.Closed, When: when},
	}}
	for judges, want := range map[string]string{
		"body, status": "answer 2: the content has 0 bytes, 3 bytes are missing",
		"status, body": "answer 2: the code is 404, due 200",
	} {
		if f := Judged(parse(t, head+"exercise: e\njudges: "+judges+"\n"+file), two); f == nil || f.Saw != want {
			t.Errorf("got %+v, want %s", f, want)
		}
	}
	// The answer to HEAD is told apart when both requests went out at once.
	x := parse(t, head+"exercise: e\njudges: framing\n"+get+strings.Replace(get, "GET", "HEAD", 1)+await+"-- response --\nHTTP/1.1 200 OK\n\n")
	atOnce := &play.Transcript{Turns: []play.Turn{
		{Conn: 1, Sent: []byte("GET / HTTP/1.1\r\n\r\nHEAD / HTTP/1.1\r\n\r\n"), Got: []byte(yes)},
		{Conn: 1, Got: []byte("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n"), End: play.Closed},
	}}
	if f := Judged(x, atOnce); f != nil {
		t.Error(f.Text())
	}
}

func TestJudgeCut(t *testing.T) {
	x := parse(t, head+"exercise: e\njudges: cut\ncuts: every\n"+get+await)
	tr := transcript(sentPage, "", play.Closed)
	tr.Cut = 2
	f := Judged(x, tr)
	const want = "cut after byte 2 (“GE”): the server closed without an answer; whole, it passes"
	if f == nil || f.Saw != want || f.Cut != 2 || f.Aspect != exchange.Cut {
		t.Errorf("got %+v, want %s", f, want)
	}
}

// TestDateFlaw: the caret stands where the form ends, not where the time is
// another one.
func TestDateFlaw(t *testing.T) {
	for date, want := range map[string]struct {
		at   int
		want string
	}{
		"Mon, 02 Jan 2023 03:04:05 UTC":  {26, "G"},
		"Mon, 02 Jan 2023 03:04:05 gmt":  {26, "G"},
		"Mon, 02 Jan 2023 03:04:05":      {25, " "},
		"Mon, 02 Jan 2023 03:04:05 GMT ": {29, ""},
		"Mon, 2 Jan 2023 03:04:05 GMT":   {6, ""},
		"Mon, 02 January 2023":           {11, " "},
		"Mon, 02 jan 2023 03:04:05 UTC":  {8, ""},
		"Monday, 02-Jan-23 03:04:05 GMT": {3, ","},
		"Mon Jan  2 03:04:05 2023":       {3, ","},
		"2023-01-02T03:04:05Z":           {0, ""},
		"Mon, 02 Jan 2023 24:04:05 GMT":  {17, ""},
		"Mon, 02 Jan 2023 23:60:05 GMT":  {20, ""},
		"Mon, 02 Jan 2023 23:04:60 GMT":  {23, ""},
		"Mon, 30 Feb 2023 23:04:05 GMT":  {5, ""},
		"Tue, 02 Jan 2023 23:04:05 GMT":  {0, ""},
		"Mo":                             {0, ""},
		"":                               {0, ""},
	} {
		if _, ok := parseDate(date); ok {
			t.Errorf("%s has no flaw", date)
		}
		if at, due := dateFlaw(date); at != want.at || string(due) != want.want {
			t.Errorf("%q: got %d, %q, want %d, %q", date, at, due, want.at, want.want)
		}
	}
}

// TestInterim: an interim response belongs to the same request as the final
// one, and a response to HEAD has no content.
func TestInterim(t *testing.T) {
	const final = "-- response --\nHTTP/1.1 200 OK\nContent-Length: 3\n\nbody: *\n"
	x := parse(t, head+"exercise: e\njudges: framing\n-- request --\nHEAD / HTTP/1.1\n\n-- response --\nHTTP/1.1 100 Continue\n\n"+final)
	tr := &play.Transcript{Alive: true, Turns: []play.Turn{
		{Conn: 1, Sent: []byte("HEAD / HTTP/1.1\r\n\r\n"), Got: []byte("HTTP/1.1 100 Continue\r\n\r\n")},
		{Conn: 1, Got: []byte("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n"), End: play.Closed},
	}}
	if f := Judged(x, tr); f != nil {
		t.Error(f.Text())
	}
}

// TestResetAfterAnswer: the reset that came instead of the awaited close is a
// reason why bytes of the answer before it are missing.
func TestResetAfterAnswer(t *testing.T) {
	x := parse(t, head+"exercise: e\njudges: body\n"+get+await+"-- close --\n")
	tr := transcript(sentPage, strings.TrimSuffix(yes, "s"), play.Open)
	tr.Turns[1].End = play.WasReset
	const want = "40 bytes came, then a reset, not a close: the content has 2 bytes, 1 byte is missing"
	if f := Judged(x, tr); f == nil || f.Saw != want {
		t.Errorf("got %+v, want %s", f, want)
	}
}

// TestBriefly: a sentence quotes at most 40 bytes from a beginning, and at most
// 20 from an end.
func TestBriefly(t *testing.T) {
	long := strings.Repeat("a", 41)
	if got := brief([]byte(long)); got != long[:40]+"…" {
		t.Errorf("got %s", got)
	}
	if got := ending([]byte(long)); got != "…"+long[:20] {
		t.Errorf("got %s", got)
	}
}

// A failure says where its response begins on the connection: the second one
// after the first, and bytes before the close with the response they follow.
func TestOffset(t *testing.T) {
	x := parse(t, head+"exercise: e\njudges: status\n"+get+await+get+await+"-- close --\n")
	turn := func(got string) play.Turn {
		return play.Turn{Conn: 1, Sent: []byte("GET / HTTP/1.1\r\n\r\n"), Got: []byte(got), When: when}
	}
	no := strings.Replace(yes, "200", "404", 1)
	played := &play.Transcript{Alive: true, Turns: []play.Turn{turn(yes), turn(no), {Conn: 1, Got: []byte("more"), End: play.Closed}}}
	f := Judged(x, played)
	if f == nil || f.Conn != 1 || f.Offset != len(yes) || string(f.Got) != no+"more" {
		t.Errorf("got %+v, want offset %d", f, len(yes))
	}
}
