package exchange

import (
	"reflect"
	"strings"
	"testing"
)

func TestReadAnswer(t *testing.T) {
	get := asked{method: "GET", version: "HTTP/1.1"}
	head := asked{method: "HEAD", version: "HTTP/1.1"}
	const chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n"
	for name, test := range map[string]struct {
		raw    string
		q      asked
		closed bool
		code   int
		body   string
		left   string // bytes after the end
		whole  bool
	}{
		"length":                 {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nYesHTTP", get, false, 200, "Yes", "HTTP", true},
		"length, more to come":   {"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nYes", get, false, 200, "Yes", "", false},
		"length zero":            {"HTTP/1.1 200 OK\r\ncontent-length:\t00\r\n\r\n", get, false, 200, "", "", true},
		"length is no number":    {"HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\nYes", get, true, 200, "Yes", "", true},
		"length beyond all":      {"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nYes", get, false, 200, "Yes", "", false},
		"until close":            {"HTTP/1.1 200 OK\r\n\r\nYes", get, true, 200, "Yes", "", true},
		"until close, open":      {"HTTP/1.1 200 OK\r\n\r\nYes", get, false, 200, "Yes", "", false},
		"LF":                     {"HTTP/1.x 200 OK  \nContent-Type: text/html\n\n<p>", get, true, 200, "<p>", "", true},
		"empty lines first":      {"\n\r\nHTTP/1.0 404\n\n", get, true, 404, "", "", true},
		"white space":            {"HTTP/1.1\t 200\r\nContent-Length :  3  \r\n\r\nYes", get, false, 200, "Yes", "", true},
		"folded":                 {"HTTP/1.1 200 OK\r\nContent-Length:\r\n 3\r\n\r\nYes", get, false, 200, "Yes", "", true},
		"no code":                {"HTTP/1.1 OK\r\n\r\n", get, true, 0, "", "", true},
		"four digits":            {"HTTP/1.1 2000 OK\r\n\r\n", get, true, 0, "", "", true},
		"no HTTP":                {"Yes", get, true, 0, "Yes", "", true},
		"no HTTP, open":          {"Yes\n", get, false, 0, "Yes\n", "", false},
		"empty line, no HTTP":    {"\nYes", get, true, 0, "Yes", "", true},
		"beginning":              {"HT", get, false, 0, "", "", false},
		"nothing":                {"", get, false, 0, "", "", false},
		"only an empty line":     {"\r\n", get, false, 0, "", "", false},
		"head without end":       {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nYes", get, true, 200, "", "", true},
		"HEAD":                   {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nx", head, false, 200, "", "x", true},
		"204":                    {"HTTP/1.1 204 No Content\r\n\r\nx", get, false, 204, "", "x", true},
		"304":                    {"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", get, false, 304, "", "", true},
		"interim":                {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab", get, false, 200, "a", "b", true},
		"interim, more to come":  {"HTTP/1.1 100 Continue\r\n\r\n", get, false, 0, "", "", false},
		"interim, then closed":   {"HTTP/1.1 100 Continue\r\n\r\n", get, true, 100, "", "", true},
		"interim wanted":         {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", asked{interim: true}, false, 100, "", "HTTP/1.1 200 OK\r\n\r\n", true},
		"chunks":                 {chunked + "3\r\nYes\r\n2;a=b\r\n, \r\n0\r\nA: b\r\n\r\nx", get, false, 200, "Yes, ", "x", true},
		"chunks, more to come":   {chunked + "3\r\nYes\r\n4\r\nab", get, false, 200, "Yesab", "", false},
		"chunks, no trailer yet": {chunked + "0\r\n", get, false, 200, "", "", false},
		"chunks, LF":             {chunked + "3\nYes\n0\n\n", get, false, 200, "Yes", "", true},
		"chunks, CR so far":      {chunked + "3\r\nYes\r", get, false, 200, "Yes", "\r", false},
		"no chunks":              {chunked + "Yes\r\n", get, true, 200, "Yes\r\n", "", true},
		"chunk too long":         {chunked + "2\r\nYes\r\n0\r\n\r\n", get, true, 200, "2\r\nYes\r\n0\r\n\r\n", "", true},
		"chunk beyond all":       {chunked + "ffffffffffffffff\r\n", get, true, 200, "ffffffffffffffff\r\n", "", true},
	} {
		r := readAnswer([]byte(test.raw), test.q, test.closed)
		if r.code != test.code || string(r.body) != test.body || r.whole != test.whole || string(r.raw[r.end:]) != test.left {
			t.Errorf("%s: code %d, body %q, left %q, whole %v, want %d, %q, %q, %v", name,
				r.code, r.body, r.raw[r.end:], r.whole, test.code, test.body, test.left, test.whole)
		}
	}
}

// TestReadAnswerPlaces has where the reader found things, for carets.
func TestReadAnswerPlaces(t *testing.T) {
	r := readAnswer([]byte("\nHTTP/1.1  200 OK\r\nA:  b \r\nno colon\r\n\r\nx"), asked{}, true)
	if r.first != 1 || r.start != 1 || r.codeAt != 11 || r.bodyAt != 39 || len(r.lines) != 4 {
		t.Errorf("%+v", r)
	}
	want := []field{{"A", "b", 19, 23}, {"", "no colon", 27, 27}}
	if !reflect.DeepEqual(r.fields, want) {
		t.Errorf("fields %+v, want %+v", r.fields, want)
	}
}

func TestRequests(t *testing.T) {
	post := "POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\na=1"
	for sent, want := range map[string]string{
		"":                               "",
		"\r\n":                           "",
		"GE":                             "GE ",
		"GET /\r\n":                      "GET ",
		"GET / HTTP/1.0\nA: b\n\n":       "GET HTTP/1.0",
		post + "HEAD / HTTP/1.1\r\n\r\n": "POST HTTP/1.1, HEAD HTTP/1.1",
		post[:len(post)-1]:               "POST HTTP/1.1",
		"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n": "POST HTTP/1.1, GET HTTP/1.1",
		"   \r\nGET / HTTP/1.1\r\n\r\n": " ",
	} {
		var got []string
		for _, q := range requests([]byte(sent)) {
			got = append(got, q.method+" "+q.version)
		}
		if s := strings.Join(got, ", "); s != want {
			t.Errorf("%q: got %q, want %q", sent, s, want)
		}
	}
}

// FuzzReadAnswer asks that the reader never fails, keeps its places inside the
// bytes, and does not change its mind about an end that it has found.
func FuzzReadAnswer(f *testing.F) {
	f.Add([]byte("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nYes"), "GET")
	f.Add([]byte("\nHTTP/1.x 200 OK  \nTransfer-Encoding: chunked\n\n3\nYes\n0\n\n"), "GET")
	f.Add([]byte("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"), "HEAD")
	f.Fuzz(func(t *testing.T, b []byte, method string) {
		q := asked{method: method}
		r := readAnswer(b, q, false)
		if r.first > r.start || r.start > len(b) || r.end > len(b) || r.bodyAt > r.end {
			t.Fatalf("places outside of %q: %+v", b, r)
		}
		for _, g := range r.fields {
			if g.at > g.valueAt || g.valueAt > len(b) {
				t.Fatalf("field outside of %q: %+v", b, g)
			}
		}
		if r.whole {
			more := readAnswer(append(b[:len(b):len(b)], "\r\nHTTP/1.1 404 x\r\n\r\n"...), q, true)
			if more.end != r.end || more.code != r.code || string(more.body) != string(r.body) {
				t.Errorf("%q ends at %d; with more after it at %d", b, r.end, more.end)
			}
		}
		if n := len(requests(b)); n > len(b) {
			t.Errorf("%d requests in %q", n, b)
		}
	})
}
