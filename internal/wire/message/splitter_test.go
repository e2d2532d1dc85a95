package message

import (
	"strings"
	"testing"
)

const (
	get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
	ok2 = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
)

// The record of a direction ends with its last byte that is kept, and nothing is
// said of what comes after.
func TestMaxBytes(t *testing.T) {
	const three = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhi!" // 41 bytes
	s := &Splitter{MaxBytes: 40}
	for i, add := range []struct {
		b    string
		kept int
	}{{three[:30], 30}, {three[30:40], 10}, {"", 0}, {three[40:], 0}, {"x", 0}} {
		if s.Stopped(ToClient) != (i > 3) {
			t.Errorf("before %d: stopped %v", i, s.Stopped(ToClient))
		}
		if n := s.Add(ToClient, []byte(add.b)); n != add.kept {
			t.Errorf("of %q it keeps %d, due %d", add.b, n, add.kept)
		}
	}
	if got := string(s.Bytes(ToClient)); got != three[:40] {
		t.Errorf("kept %q", got)
	}
	s.End(ToClient)
	m := s.Messages()[0]
	if m.Complete || m.Missing != -1 || !m.Unkept || m.Len != 40 {
		t.Errorf("complete %v, missing %d, unkept %v, %d bytes", m.Complete, m.Missing, m.Unkept, m.Len)
	}
	last := m.Spans[len(m.Spans)-1]
	if last.Finding != "" || !strings.Contains(m.Explain(last), "2 bytes of it are kept. It goes on where the record ends") {
		t.Errorf("%q, %q", last.Finding, m.Explain(last))
	}
	if s.Add(ToServer, []byte(get)) != len(get) || s.Stopped(ToServer) {
		t.Error("the other direction has ended, too")
	}
	whole := &Splitter{MaxBytes: len(three)}
	if n := whole.Add(ToClient, []byte(three+"more")); n != len(three) || !whole.Messages()[0].Complete || whole.Messages()[0].Unkept {
		t.Errorf("keeps %d of %d, %+v", n, len(three), whole.Messages()[0])
	}
}

// After many spans both directions end, so that no request stands there without
// its response.
func TestMaxSpans(t *testing.T) {
	s := &Splitter{MaxSpans: 100}
	n := 0
	for n < 1000 && s.Add(ToServer, []byte(get)) > 0 {
		n++
	}
	if spans := len(spansOf(s, ToServer)); spans < 100 || spans > 120 || n != 9 {
		t.Errorf("%d spans of %d requests", spans, n)
	}
	if s.Add(ToClient, []byte(ok2)) != 0 || !s.Stopped(ToClient) {
		t.Error("the responses go on")
	}
}

// How a response is to be read depends on its request. Where that is not kept,
// neither is the response.
func TestResponseToWhatIsNotKept(t *testing.T) {
	s := &Splitter{MaxBytes: len(get)}
	s.Add(ToServer, []byte(get+"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n"))
	s.MaxBytes = 1000
	if n := s.Add(ToClient, []byte(ok2+ok2)); n != len(ok2) {
		t.Errorf("keeps %d bytes of responses, due %d", n, len(ok2))
	}
	if all := s.Messages(); len(all) != 2 || !all[1].Complete {
		t.Errorf("messages\n%s", outline(s))
	}
}

// The end that came first holds.
func TestEndAndCut(t *testing.T) {
	const untilClose = "HTTP/1.1 200 OK\r\n\r\nabc"
	for _, test := range []struct {
		name     string
		ends     []func(*Splitter, Dir)
		complete bool
		finding  string
	}{
		{"ended", []func(*Splitter, Dir){(*Splitter).End}, true, ""},
		{"reset", []func(*Splitter, Dir){(*Splitter).Cut}, false, "was reset here"},
		{"ended, then reset", []func(*Splitter, Dir){(*Splitter).End, (*Splitter).Cut}, true, ""},
		{"reset, then ended", []func(*Splitter, Dir){(*Splitter).Cut, (*Splitter).End}, false, "was reset here"},
		{"reset twice", []func(*Splitter, Dir){(*Splitter).Cut, (*Splitter).Cut}, false, "was reset here"},
	} {
		s := record(get, untilClose)
		for _, end := range test.ends {
			end(s, ToClient)
		}
		m := s.Messages()[1]
		last := m.Spans[len(m.Spans)-1]
		if m.Complete != test.complete || strings.Count(last.Finding, "The connection") != strings.Count(test.finding, "reset") ||
			!strings.Contains(last.Finding, test.finding) {
			t.Errorf("%s: complete %v, %q", test.name, m.Complete, last.Finding)
		}
		if n := s.Add(ToClient, []byte("more")); n != 0 {
			t.Errorf("%s: %d bytes are taken after the end", test.name, n)
		}
	}
}

// A response is read by what is known of its request when it comes.
func TestMethodInTime(t *testing.T) {
	for sent, due := range map[string]SpanKind{
		"HEAD":                               Content, // it may go on as another word
		"HEAD ":                              NotHTTP,
		"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n": NotHTTP,
	} {
		s := record(sent, ok2)
		spans := spansOf(s, ToClient)
		if last := spans[len(spans)-1]; last.Kind != due {
			t.Errorf("%q: the content is %s, due %s", sent, last.Kind, due)
		}
	}
}

// A tunnel begins behind the request that it was asked for with, however late
// that ends.
func TestTunnelAfterItsRequest(t *testing.T) {
	s := record("POST / HTTP/1.1\r\nHost: x\r\nUpgrade: y\r\nContent-Length: 4\r\n\r\nab", "HTTP/1.1 101 x\r\n\r\n")
	s.Add(ToServer, []byte("cdGET / HTTP/1.1\r\n"))
	all := s.Messages()
	if len(all) != 3 || !all[0].Complete || all[2].Spans[0].Kind != Tunnel || string(all[2].Bytes()) != "GET / HTTP/1.1\r\n" {
		t.Errorf("messages\n%s", outline(s))
	}
	// A request that came in between is no request any more from then on.
	s = record("GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /b", "HTTP/1.1 101 x\r\n\r\n")
	s.Add(ToServer, []byte("c HTTP/1.1\r\n"))
	due := []string{"GET / HTTP/1.1", "GET /b", "HTTP/1.1 101 x", ""}
	for i, m := range s.Messages() {
		if i >= len(due) || m.Start != due[i] {
			t.Errorf("message %d: %q\n%s", i, m.Start, outline(s))
		}
	}
	// An error response makes no tunnel.
	s = record("CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno")
	if m := s.Messages()[1]; m.Head.Framing != ByLength || !m.Complete {
		t.Errorf("messages\n%s", outline(s))
	}
}

func TestContentFraming(t *testing.T) {
	for _, test := range []struct {
		name             string
		dir              Dir
		method           string
		code             int
		codings, lengths []string
		due              Framing
		n                int64
	}{
		{"request", ToServer, "POST", 0, nil, nil, NoContent, 0},
		{"request with a length", ToServer, "GET", 0, nil, []string{"5"}, ByLength, 5},
		{"the same length twice", ToServer, "POST", 0, nil, []string{"5", " 5 , 5"}, ByLength, 5},
		{"lengths that differ", ToServer, "POST", 0, nil, []string{"5", "6"}, Unknown, 0},
		{"a sign", ToServer, "POST", 0, nil, []string{"+5"}, Unknown, 0},
		{"too long", ToServer, "POST", 0, nil, []string{"99999999999999999999"}, Unknown, 0},
		{"no digits", ToServer, "POST", 0, nil, []string{""}, Unknown, 0},
		{"chunks win", ToServer, "POST", 0, []string{"chunked"}, []string{"5"}, ByChunks, 0},
		{"chunked is last", ToClient, "GET", 200, []string{"gzip", "br, Chunked "}, nil, ByChunks, 0},
		{"chunked is not last", ToClient, "GET", 200, []string{"chunked, gzip"}, []string{"5"}, ByClose, 0},
		{"a request's coding is not chunked", ToServer, "POST", 0, []string{"gzip"}, nil, Unknown, 0},
		{"response", ToClient, "GET", 200, nil, nil, ByClose, 0},
		{"response, odd length", ToClient, "GET", 200, nil, []string{"x"}, ByClose, 0},
		{"HEAD", ToClient, "HEAD", 200, nil, []string{"5"}, NoContent, 0},
		{"100", ToClient, "POST", 100, nil, []string{"5"}, NoContent, 0},
		{"101", ToClient, "GET", 101, nil, nil, NoMessages, 0},
		{"204", ToClient, "GET", 204, []string{"chunked"}, nil, NoContent, 0},
		{"304", ToClient, "GET", 304, nil, []string{"5"}, NoContent, 0},
		{"305", ToClient, "GET", 305, nil, []string{"5"}, ByLength, 5},
		{"CONNECT", ToClient, "CONNECT", 204, nil, nil, NoMessages, 0},
		{"CONNECT refused", ToClient, "CONNECT", 403, nil, []string{"5"}, ByLength, 5},
	} {
		if got, n := ContentFraming(test.dir, test.method, test.code, test.codings, test.lengths); got != test.due || n != test.n {
			t.Errorf("%s: %d, %d bytes; due %d, %d", test.name, got, n, test.due, test.n)
		}
	}
}

func TestKeepsConnection(t *testing.T) {
	for head, due := range map[string]bool{
		"HTTP/1.1 200 OK\r\n":                                                      true,
		"HTTP/1.0 200 OK\r\n":                                                      false,
		"HTTP/1.1 200 OK\r\nConnection: close\r\n":                                 false,
		"HTTP/1.1 200 OK\r\nconnection: x , Close\r\n":                             false,
		"HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n":                            true,
		"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nConnection: close\r\n":       true, // the first counts
		"HTTP/1.1 200 OK\r\nX: y\r\n\r\nConnection: close":                         true, // that is content
		"HTTP/1.1 200 OK\r\nConnection:\r\n close\r\nServer: keep-alive\r\n\r\nab": false,
	} {
		s := record(get, head)
		if m := s.Messages()[1]; m.KeepsConnection() != due {
			t.Errorf("%q: %v", head, m.KeepsConnection())
		}
	}
}

func TestSmallLimits(t *testing.T) {
	chunked := "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
	for _, test := range []struct {
		name, sent, got string
		finding         string // on some span; empty: nowhere
	}{
		{"a size of 15 digits", get, chunked + "000000000000001\r\nx\r\n", ""},
		{"a size of 16 digits", get, chunked + "0000000000000001\r\nx\r\n", "more than 15 digits"},
		{"code 599", get, "HTTP/1.1 599 x\r\n", ""},
		{"code 600", get, "HTTP/1.1 600 x\r\n", "between 100 and 599"},
		{"code 100", get, "HTTP/1.1 100 x\r\n", ""},
		{"code 099", get, "HTTP/1.1 099 x\r\n", "between 100 and 599"},
		{"a gzip in chunks", get, "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n", ""},
	} {
		s := record(test.sent, test.got)
		var findings []string
		for _, span := range spansOf(s, ToClient) {
			if span.Finding != "" {
				findings = append(findings, span.Finding)
			}
		}
		if all := strings.Join(findings, " "); (test.finding == "") != (all == "") || !strings.Contains(all, test.finding) {
			t.Errorf("%s: %q", test.name, all)
		}
	}
	for sent, due := range map[string]SpanKind{"ge": Method, "ge ": NotHTTP, "get": Method, "get ": Method, "gett": NotHTTP, "GETT ": Method} {
		if got := spansOf(record(sent, ""), ToServer)[0].Kind; got != due {
			t.Errorf("%q begins with %s, due %s", sent, got, due)
		}
	}
}
