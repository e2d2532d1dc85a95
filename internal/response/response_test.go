package response

import (
	"reflect"
	"strings"
	"testing"
)

func TestRead(t *testing.T) {
	get := Request{Method: "GET", Version: "HTTP/1.1"}
	head := Request{Method: "HEAD", Version: "HTTP/1.1"}
	const chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n"
	for name, test := range map[string]struct {
		raw    string
		q      Request
		closed bool
		code   int
		body   string
		left   string // bytes after the end
		whole  bool
	}{
		"length":                  {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nYesHTTP", get, false, 200, "Yes", "HTTP", true},
		"length, more to come":    {"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nYes", get, false, 200, "Yes", "", false},
		"length zero":             {"HTTP/1.1 200 OK\r\ncontent-length:\t00\r\n\r\n", get, false, 200, "", "", true},
		"length is no number":     {"HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\nYes", get, true, 200, "Yes", "", true},
		"length beyond all":       {"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nYes", get, false, 200, "Yes", "", false},
		"until close":             {"HTTP/1.1 200 OK\r\n\r\nYes", get, true, 200, "Yes", "", true},
		"until close, open":       {"HTTP/1.1 200 OK\r\n\r\nYes", get, false, 200, "Yes", "", false},
		"LF":                      {"HTTP/1.x 200 OK  \nContent-Type: text/html\n\n<p>", get, true, 200, "<p>", "", true},
		"empty lines first":       {"\n\r\nHTTP/1.0 404\n\n", get, true, 404, "", "", true},
		"white space":             {"HTTP/1.1\t 200\r\nContent-Length :  3  \r\n\r\nYes", get, false, 200, "Yes", "", true},
		"folded":                  {"HTTP/1.1 200 OK\r\nContent-Length:\r\n 3\r\n\r\nYes", get, false, 200, "Yes", "", true},
		"no code":                 {"HTTP/1.1 OK\r\n\r\n", get, true, 0, "", "", true},
		"four digits":             {"HTTP/1.1 2000 OK\r\n\r\n", get, true, 0, "", "", true},
		"no HTTP":                 {"Yes", get, true, 0, "Yes", "", true},
		"no HTTP, open":           {"Yes\n", get, false, 0, "Yes\n", "", false},
		"empty line, no HTTP":     {"\nYes", get, true, 0, "Yes", "", true},
		"beginning":               {"HT", get, false, 0, "", "", false},
		"nothing":                 {"", get, false, 0, "", "", false},
		"only an empty line":      {"\r\n", get, false, 0, "", "", false},
		"head without end":        {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nYes", get, true, 200, "", "", true},
		"HEAD":                    {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nx", head, false, 200, "", "x", true},
		"204":                     {"HTTP/1.1 204 No Content\r\n\r\nx", get, false, 204, "", "x", true},
		"304":                     {"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", get, false, 304, "", "", true},
		"101":                     {"HTTP/1.1 101 Switching Protocols\r\n\r\nx", Request{Interim: true}, false, 101, "", "x", true},
		"interim":                 {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab", get, false, 200, "a", "b", true},
		"interim, more to come":   {"HTTP/1.1 100 Continue\r\n\r\n", get, false, 0, "", "", false},
		"interim, then closed":    {"HTTP/1.1 100 Continue\r\n\r\n", get, true, 100, "", "", true},
		"interim awaited":         {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", Request{Interim: true}, false, 100, "", "HTTP/1.1 200 OK\r\n\r\n", true},
		"chunks":                  {chunked + "3\r\nYes\r\n2;a=b\r\n, \r\n0\r\nA: b\r\n\r\nx", get, false, 200, "Yes, ", "x", true},
		"chunk size, then blanks": {chunked + "3 \t\r\nYes\r\n0 \r\n\r\n", get, true, 200, "Yes", "", true},
		"chunks, more to come":    {chunked + "3\r\nYes\r\n4\r\nab", get, false, 200, "Yesab", "", false},
		"chunks, no trailer yet":  {chunked + "0\r\n", get, false, 200, "", "", false},
		"chunks, LF":              {chunked + "3\nYes\n0\n\n", get, false, 200, "Yes", "", true},
		"chunks, CR so far":       {chunked + "3\r\nYes\r", get, false, 200, "Yes", "\r", false},
		"no chunks":               {chunked + "Yes\r\n", get, true, 200, "Yes\r\n", "", true},
		"no chunks, open":         {chunked + "Yes\r\n", get, false, 200, "Yes\r\n", "", false},
		"chunk too long":          {chunked + "2\r\nYes\r\n0\r\n\r\n", get, true, 200, "2\r\nYes\r\n0\r\n\r\n", "", true},
		"chunk beyond all":        {chunked + "ffffffffffffffff\r\n", get, true, 200, "ffffffffffffffff\r\n", "", true},
	} {
		r := Read([]byte(test.raw), test.q, test.closed)
		if r.Code != test.code || string(r.Body) != test.body || r.Whole != test.whole || string(r.Raw[r.End:]) != test.left {
			t.Errorf("%s: code %d, body %q, left %q, whole %v, want %d, %q, %q, %v", name,
				r.Code, r.Body, r.Raw[r.End:], r.Whole, test.code, test.body, test.left, test.whole)
		}
	}
}

// TestReadPlaces has where the reader found things, for carets.
func TestReadPlaces(t *testing.T) {
	r := Read([]byte("\nHTTP/1.1  200 OK\r\nA:  b \r\nno colon\r\n\r\nx"), Request{}, true)
	if r.First != 1 || r.Start != 1 || r.CodeAt != 11 || r.BodyAt != 39 || len(r.Lines) != 4 {
		t.Errorf("%+v", r)
	}
	want := []Field{{"A", "b", 19, 23}, {"", "no colon", 27, 27}}
	if !reflect.DeepEqual(r.Fields, want) {
		t.Errorf("fields %+v, want %+v", r.Fields, want)
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
		"GET / HTTP/1.1\r\n\r\nHEAD / HTTP/1.0\r\n\r\n": "GET HTTP/1.1, HEAD HTTP/1.0",
		post[:len(post)-1]: "POST HTTP/1.1",
		"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n": "POST HTTP/1.1, GET HTTP/1.1",
		"   \r\nGET / HTTP/1.1\r\n\r\n": " ",
	} {
		var got []string
		for _, q := range Requests([]byte(sent)) {
			got = append(got, q.Method+" "+q.Version)
		}
		if s := strings.Join(got, ", "); s != want {
			t.Errorf("%q: got %q, want %q", sent, s, want)
		}
	}
}

// FuzzRead asks that the reader never fails, keeps its places inside the
// bytes, and does not change its mind about an end that it has found.
func FuzzRead(f *testing.F) {
	f.Add([]byte("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nYes"), "GET")
	f.Add([]byte("\nHTTP/1.x 200 OK  \nTransfer-Encoding: chunked\n\n3\nYes\n0\n\n"), "GET")
	f.Add([]byte("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"), "HEAD")
	f.Fuzz(func(t *testing.T, b []byte, method string) {
		q := Request{Method: method}
		r := Read(b, q, false)
		if r.First > r.Start || r.Start > len(b) || r.End > len(b) || r.BodyAt > r.End {
			t.Fatalf("places outside of %q: %+v", b, r)
		}
		for _, g := range r.Fields {
			if g.At > g.ValueAt || g.ValueAt > len(b) {
				t.Fatalf("field outside of %q: %+v", b, g)
			}
		}
		if r.Whole {
			more := Read(append(b[:len(b):len(b)], "\r\nHTTP/1.1 404 x\r\n\r\n"...), q, true)
			if more.End != r.End || more.Code != r.Code || string(more.Body) != string(r.Body) {
				t.Errorf("%q ends at %d; with more after it at %d", b, r.End, more.End)
			}
		}
		if n := len(Requests(b)); n > len(b) {
			t.Errorf("%d requests in %q", n, b)
		}
	})
}

func TestParseLength(t *testing.T) {
	for value, want := range map[string]int{"0": 0, "007": 7, "999999999": 999_999_999,
		"1000000001": 1e9, "99999999999999999999": 1e9, "": -1, "-1": -1, "+1": -1, "1 ": -1, "0x1": -1} {
		n, ok := ParseLength(value)
		if ok != (want >= 0) || ok && n != want {
			t.Errorf("%q: got %d, %v", value, n, ok)
		}
	}
}

func TestField(t *testing.T) {
	r := Read([]byte("HTTP/1.1 200 OK\r\nA: first\r\na: second\r\nno colon\r\n\r\n"), Request{}, true)
	if f, ok := r.Field("a"); !ok || f.Value != "first" {
		t.Errorf("got %+v, %v", f, ok)
	}
	if f, ok := r.Field("b"); ok {
		t.Errorf("found %+v", f)
	}
}

// TestChunks has what judging needs of a chunked content: its first flaw, where
// that is, and whether the end has come.
func TestChunks(t *testing.T) {
	for coding, want := range map[string]struct {
		flaw   string
		at     int
		done   bool
		broken bool
	}{
		"3\r\nYes\r\n0\r\n\r\n":   {"", 0, true, false},
		"3\nYes\r\n0\n\n":         {"a line of the chunked coding ends in LF alone", 1, true, false},
		"3\r\nYes\n0\r\n\r\n":     {"a line of the chunked coding ends in LF alone", 6, true, false},
		"2\r\nYes\r\n0\r\n\r\n":   {"a chunk is longer than its size says", 5, false, true},
		"Yes\r\n":                 {"no chunk size stands here", 0, false, true},
		"Y":                       {"", 0, false, false},
		"3\r\nYes\r\nx\r\n":       {"no chunk size stands here", 8, false, true},
		"3 ;a=b\r\nYes\r\n":       {"", 0, false, false},
		"3 x\r\nYes\r\n0\r\n\r\n": {"no chunk size stands here", 0, false, true},
	} {
		c := readChunks([]byte(coding))
		if c.Flaw != want.flaw || c.FlawAt != want.at || c.Done != want.done || c.broken != want.broken {
			t.Errorf("%q: got %+v", coding, c)
		}
	}
}
