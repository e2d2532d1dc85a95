package httpserver

import (
	"bufio"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestParseLine(t *testing.T) {
	for _, c := range []struct{ line, method, target, proto string }{
		{"GET / HTTP/1.1", "GET", "/", "HTTP/1.1"},
		{"GET /", "GET", "/", "HTTP/0.9"},
		{"get\t/a\v\fHTTP/1.0\r ", "get", "/a", "HTTP/1.0"},
		{"GET /\x85\xa0\x1c\u00a0\u2003 HTTP/1.0", "GET",
			"/\x85\xa0\x1c\u00a0\u2003", "HTTP/1.0"},
		{"GET //a//b HTTP/1.1", "GET", "/a//b", "HTTP/1.1"},
		{"GET / HTTP/0.9", "GET", "/", "HTTP/0.9"},
		{"GET / HTTP/1.9", "GET", "/", "HTTP/1.9"},
		{"\x00 \x01 HTTP/1.0", "\x00", "\x01", "HTTP/1.0"},
	} {
		r := Request{Line: c.line}
		if fault := r.parseLine(); fault != nil {
			t.Errorf("%q: %v", c.line, fault)
		}
		if r.Method != c.method || r.Target != c.target || r.Proto != c.proto {
			t.Errorf("%q: got %q %q %q", c.line, r.Method, r.Target, r.Proto)
		}
	}
}

func TestParseLineRefuses(t *testing.T) {
	for _, c := range []struct {
		line    string
		code    int
		message string
		proto   string // HTTP/0.9: the answer has no status line
	}{
		{"GET", 400, "Bad request syntax ('GET')", "HTTP/0.9"},
		{"POST /", 400, "Bad HTTP/0.9 request type ('POST')", "HTTP/0.9"},
		{"a b c", 400, "Bad request version ('c')", "HTTP/0.9"},
		{"a b c HTTP/1.0", 400, "Bad request syntax ('a b c HTTP/1.0')",
			"HTTP/1.0"},
		{"GET / HTTP/1", 400, "Bad request version ('HTTP/1')", "HTTP/0.9"},
		{"GET / HTTP/1.", 400, "Bad request version ('HTTP/1.')", "HTTP/0.9"},
		{"GET / HTTP/1.1.1", 400, "Bad request version ('HTTP/1.1.1')",
			"HTTP/0.9"},
		{"GET / HTTP/+1.1", 400, "Bad request version ('HTTP/+1.1')",
			"HTTP/0.9"},
		{"GET / HTTP/1_0.1", 400, "Bad request version ('HTTP/1_0.1')",
			"HTTP/0.9"},
		{"GET / HTTP/1.\xb2", 400, "Bad request version ('HTTP/1.\xb2')",
			"HTTP/0.9"},
		{"GET / HTTP/1.10", 400, "Bad request version ('HTTP/1.10')",
			"HTTP/0.9"},
		{"GET / HTTP/10.0", 400, "Bad request version ('HTTP/10.0')",
			"HTTP/0.9"},
		{"GET / HTTP/1:0", 400, "Bad request version ('HTTP/1:0')",
			"HTTP/0.9"},
		{"GET / HTTP/2.0", 505, "Invalid HTTP version (2.0)", "HTTP/0.9"},
		{"a b c HTTP/3.1", 505, "Invalid HTTP version (3.1)", "HTTP/0.9"},
	} {
		r := Request{Line: c.line}
		fault := r.parseLine()
		if fault == nil || fault.Code != c.code || fault.Message != c.message ||
			r.Proto != c.proto {
			t.Errorf("%q: got %v as %s", c.line, fault, r.Proto)
		}
	}
}

func TestReadFields(t *testing.T) {
	for _, c := range []struct {
		head  string
		due   Fields
		clean bool
	}{
		{"\r\n", nil, true},
		{"", nil, true}, // the end of the stream
		{"A: b\r\n\r\n", Fields{{"A", "b"}}, true},
		{"A:b\nC:\t d \t\n\n", Fields{{"A", "b"}, {"C", "d"}}, true},
		{"A: b", Fields{{"A", "b"}}, true},
		{"A: b:c\r\na: d\r\n\r\n", Fields{{"A", "b:c"}, {"a", "d"}}, true},
		{"A: b\r\n\t c\r\n\r\n", Fields{{"A", "b c"}}, true},
		{"A: b\rC: d\r\n\r\n", Fields{{"A", "b C: d"}}, true},
		{"A: \xe9\r\n\r\n", Fields{{"A", "\xe9"}}, true},
		{"A: b\r\nno field\r\nC: d\r\n\r\n", Fields{{"A", "b"}}, false},
		{"A : b\r\n\r\n", nil, false},
		{": b\r\n\r\n", nil, false},
		{"A\xe9: b\r\n\r\n", nil, false},
		{"A\x7f: b\r\n\r\n", nil, false},
		{" A: b\r\n\r\n", nil, false},
	} {
		in := bufio.NewReaderSize(strings.NewReader(c.head+"rest"), 16)
		if !strings.HasSuffix(c.head, "\n") {
			in.Reset(strings.NewReader(c.head))
		}
		got, clean, err := readFields(in)
		if err != nil || clean != c.clean || !slices.Equal(got, c.due) {
			t.Errorf("%q: got %q, %v, %v", c.head, got, clean, err)
		}
		if rest, _ := in.ReadString(0); strings.HasSuffix(c.head, "\n") &&
			rest != "rest" {
			t.Errorf("%q: left %q", c.head, rest)
		}
	}
}

// A head may have 256 KiB and no byte more, in lines of 64 KiB and no byte more.
func TestHeadLimits(t *testing.T) {
	line := func(size int) string { // with its line end
		return "X: " + strings.Repeat("x", size-5) + "\r\n"
	}
	most := strings.Repeat(line(1<<16), 3)
	for _, c := range []struct {
		head, message string
	}{
		{most + line(1<<16-2) + "\r\n", ""},
		{most + line(1<<16-1) + "\r\n", "Head too large"},
		{line(1<<16) + "\r\n", ""},
		{line(1<<16+1) + "\r\n", "Line too long"},
		{strings.Repeat("X: x\r\n", 99) + "\r\n", ""},
		{strings.Repeat("X: x\r\n", 100) + "\r\n", "Too many headers"},
	} {
		_, _, err := readFields(bufio.NewReader(strings.NewReader(c.head)))
		var fault *Error
		errors.As(err, &fault)
		if (err == nil) != (c.message == "") ||
			err != nil && (fault.Code != 431 || fault.Message != c.message) {
			t.Errorf("%d bytes: got %v, want %q", len(c.head), err, c.message)
		}
	}
}

func TestFields(t *testing.T) {
	f := Fields{{"Cookie", "a=1"}, {"Host", "x"}, {"cookie", "b=2"}}
	if got := f.Get("COOKIE"); got != "a=1" {
		t.Errorf("Get: %q", got)
	}
	if got := f.Get("none"); got != "" {
		t.Errorf("found %q, which is not there", got)
	}
}

func TestContentLength(t *testing.T) {
	for _, c := range []struct {
		values []string
		due    int64
	}{
		{nil, 0},
		{[]string{"0"}, 0},
		{[]string{"007"}, 7},
		{[]string{"9223372036854775807"}, 9223372036854775807},
		{[]string{"9223372036854775808"}, -1},
		{[]string{"5", "5"}, 5},
		{[]string{"5", "6"}, -1},
		{[]string{"0", "6"}, -1},
		{[]string{""}, -1},
		{[]string{"-5"}, -1},
		{[]string{"+5"}, -1},
		{[]string{"0x5"}, -1},
		{[]string{"1_0"}, -1},
		{[]string{"5, 5"}, -1},
		{[]string{"5 5"}, -1},
	} {
		var fields Fields
		for _, value := range c.values {
			fields = append(fields, Field{"content-length", value})
		}
		if got := contentLength(fields); got != c.due {
			t.Errorf("%q: got %d, want %d", c.values, got, c.due)
		}
		fields = append(fields, Field{"transfer-encoding", "identity"})
		if got := contentLength(fields); got != -1 {
			t.Errorf("%q and a transfer coding: got %d", c.values, got)
		}
	}
}

func TestPathAndQuery(t *testing.T) {
	for _, c := range []struct{ target, path, query string }{
		{"/", "/", ""},
		{"/a?b=c?d#e", "/a", "b=c?d"},
		{"/a#b?c", "/a", ""},
		{"?", "", ""},
	} {
		r := Request{Target: c.target}
		if r.Path() != c.path || r.Query() != c.query {
			t.Errorf("%q: got %q %q", c.target, r.Path(), r.Query())
		}
	}
}

func TestParseDate(t *testing.T) {
	for text, ok := range map[string]bool{
		"Thu, 02 Jan 2020 03:04:05 GMT":       true,
		"Thursday, 02-Jan-20 03:04:05 GMT":    true,
		"Thu Jan  2 03:04:05 2020":            true,
		"Thu, 02 Jan 2020 03:04:05 +0000":     false,
		"Thu,  02 Jan 2020 03:04:05 GMT":      true,
		"Thu, 02 Jan 2020 04:04:05 +0100":     false,
		"Thu, 02 Jan 2020 03:04:05 EST":       false,
		"Thu, 32 Jan 2020 03:04:05 GMT":       false,
		"2020-01-02T03:04:05Z":                false,
		"":                                    false,
		"0":                                   false,
		"Thu, 02 Jan 2020 03:04:05 GMT, what": false,
	} {
		got, is := parseDate(text)
		if is != ok || ok && !got.Equal(siteTime) {
			t.Errorf("%q: got %v, %v", text, got, is)
		}
	}
	if got := httpDate(siteTime.In(time.FixedZone("", 3600))); got !=
		"Thu, 02 Jan 2020 03:04:05 GMT" {
		t.Errorf("httpDate: %q", got)
	}
}
