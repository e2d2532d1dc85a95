package message

import (
	"regexp"
	"strings"
	"testing"
)

// sentenceEnd is where one sentence ends and the next begins. "9112, 2.2" has
// no such place.
var sentenceEnd = regexp.MustCompile(`[.?!] `)

// checkSentences looks for what makes a sentence hard to read on a screen.
func checkSentences(t *testing.T, where, text string) {
	t.Helper()
	for _, s := range sentenceEnd.Split(text, -1) {
		if n := len(strings.Fields(s)); n > 25 {
			t.Errorf("%s: %d words: %s", where, n, s)
		}
	}
	if !strings.HasSuffix(text, ".") || strings.Contains(text, "  ") || strings.TrimSpace(text) != text {
		t.Errorf("%s: badly put together: %q", where, text)
	}
	for _, r := range text {
		if r < ' ' || 0x7f <= r && r < 0xa0 {
			t.Errorf("%s: control character in %q", where, text)
		}
	}
}

// Every kind of span, in every shape of the table, has sentences that name
// their RFC section.
func TestExplainEverything(t *testing.T) {
	for _, test := range splits {
		c := record(test.sent, test.got)
		for _, m := range c.Messages() {
			for _, s := range m.Spans {
				text := m.Explain(s)
				checkSentences(t, test.name, text)
				if !strings.Contains(text, "RFC ") {
					t.Errorf("%s: %s: no RFC section: %s", test.name, s.Kind, text)
				}
				if s.Finding != "" && strings.Contains(text, s.Finding) {
					t.Errorf("%s: %s: the finding is told twice: %s", test.name, s.Kind, text)
				}
				if s.Finding != "" {
					checkSentences(t, test.name, s.Finding)
				}
			}
		}
	}
	for _, table := range []map[string]string{methodSentences, fieldSentences} {
		for name, text := range table {
			checkSentences(t, name, text)
		}
	}
	for _, text := range codeSentences {
		checkSentences(t, "status", text)
	}
	for _, f := range fieldFamilies {
		checkSentences(t, f.start, f.sentence)
	}
}

func TestExplain(t *testing.T) {
	for _, test := range []struct {
		name, sent, got string
		dir             Dir
		at              int // the byte under the cursor
		want            string
	}{
		{"half a method", "GE", "", ToServer, 0, "The start of a method."},
		{"GET", "GET / HTTP/1.1\r\n", "", ToServer, 1, "GET asks for"},
		{"own method", "BREW / HTTP/1.1\r\n", "", ToServer, 1, "501"},
		{"favicon", "GET /favicon.ico HTTP/1.1\r\n", "", ToServer, 5, "its icon by itself"},
		{"query", "GET /?a HTTP/1.1\r\n", "", ToServer, 5, "query"},
		{"1.0", "GET / HTTP/1.0\r\n", "", ToServer, 8, "the connection ends with the answer"},
		{"half a line end", "GET / HTTP/1.0\r", "", ToServer, 14, "LF is still to come"},
		{"Host", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "", ToServer, 17, "Which site the client means"},
		{"value of Host", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "", ToServer, 22, "The value of Host. Which site"},
		{"client hint", "GET / HTTP/1.1\r\nsec-ch-ua: x\r\n\r\n", "", ToServer, 17, "client hint"},
		{"own field", "GET / HTTP/1.1\r\nX-Y: x\r\n\r\n", "", ToServer, 17, "A field name"},
		{"half an empty line", "GET / HTTP/1.1\r\nHost: x\r\n\r", "", ToServer, 25, "The first half of the empty line"},
		{"an interim code by its class", "GET / HTTP/1.0\r\n\r\n", "HTTP/1.0 199 x\r\n", ToClient, 10, "the answer proper is still to come"},
		{"end of a request", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "", ToServer, 25, "no content comes with it"},
		{"end of a head", "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\n", "", ToServer, 36, "the content begins behind it"},
		{"content to come", "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nab", "", ToServer, 38, "2 bytes so far, and Content-Length promises 1 more"},
		{"not found", "GET / HTTP/1.0\r\n\r\n", "HTTP/1.0 404 Not Found\r\n", ToClient, 10, "nothing under this target"},
		{"a code by its class", "GET / HTTP/1.0\r\n\r\n", "HTTP/1.0 599 x\r\n", ToClient, 10, "the server is at fault"},
		{"white space after the reason", "GET / HTTP/1.0\r\n\r\n", "HTTP/1.0 200 OK \r\n", ToClient, 15, "belongs to it: allowed"},
		{"a proof", "GET / HTTP/1.0\r\nAuthorization: x\r\n\r\n", "", ToServer, 17, "Who the client is"},
		{"a hint", "GET / HTTP/1.0\r\nSec-Other: x\r\n\r\n", "", ToServer, 17, "script cannot"},
		{"until close", "GET / HTTP/1.0\r\n\r\n", "HTTP/1.0 200 OK\r\n\r\nab", ToClient, 20, "ends when the server closes"},
		{"Yes", "x", "Yes", ToClient, 0, "an answer begins with HTTP/"},
		{"HTTP/0.9", "GET /\r\n", "Yes", ToClient, 0, "the bare content is the answer"},
		{"hexadecimal", "GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1a\r\n", ToClient, 47, "hexadecimal 1a is 26 bytes"},
	} {
		c := record(test.sent, test.got)
		text := ""
		for _, m := range c.Messages() {
			for _, s := range m.Spans {
				if m.Dir == test.dir && s.Off <= test.at && test.at < s.Off+s.Len {
					text = m.Explain(s)
				}
			}
		}
		if !strings.Contains(text, test.want) {
			t.Errorf("%s: %q, want %q in it", test.name, text, test.want)
		}
	}
}

// A span that is not of this connection is no reason to panic.
func TestExplainForeignSpan(t *testing.T) {
	for k := SpanKind(-1); k <= spanKinds; k++ {
		if k >= 0 && k < spanKinds {
			if (&Message{}).Explain(Span{Kind: k, Off: 7, Len: 7}) == "" {
				t.Errorf("%s: nothing", k)
			}
		}
		if k.String() == "" {
			t.Errorf("kind %d has no name", k)
		}
	}
}
