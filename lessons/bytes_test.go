package lessons

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"example/wirebook/internal/wire/message"
)

// TestRoles: which role each byte of a message is painted in.
func TestRoles(t *testing.T) {
	tests := []struct {
		what, message string
		dir           message.Dir
		due           []string
	}{
		{"request", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", message.ToServer, []string{
			"method:GET", "body: ", "target:/", "body: ", "version:HTTP/1.1", "line end:\r\n",
			"field name:Host", "body::", "body: ", "field value:x", "line end:\r\n", "line end:\r\n"}},
		{"response", "HTTP/1.1 404 Not Found\r\n\r\nhello\n", message.ToClient, []string{
			"version:HTTP/1.1", "body: ", "status code:404", "body: ", "reason:Not Found", "line end:\r\n",
			"line end:\r\n", "body bytes:hello\n"}},
		{"the notes' picture", "\nHTTP/1.x 200 OK  \nA: b\n\n\xff", message.ToClient, []string{
			"line end:\n", "version:HTTP/1.x", "body: ", "status code:200", "body: ", "reason:OK  ", "line end:\n",
			"field name:A", "body::", "body: ", "field value:b", "line end:\n", "line end:\n", "body bytes:\xff"}},
		{"two requests", "GET / HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n", message.ToServer, []string{
			"method:GET", "body: ", "target:/", "body: ", "version:HTTP/1.1", "line end:\r\n", "line end:\r\n",
			"method:GET", "body: ", "target:/b", "body: ", "version:HTTP/1.1", "line end:\r\n", "line end:\r\n"}},
		{"content and what follows it", "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nabGET", message.ToServer, []string{
			"method:POST", "body: ", "target:/", "body: ", "version:HTTP/1.1", "line end:\r\n",
			"field name:Content-Length", "body::", "body: ", "field value:2", "line end:\r\n", "line end:\r\n",
			"body bytes:ab", "method:GET"}},
		{"chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;a\r\nx\r\n0\r\nT: v\r\n\r\n", message.ToClient, []string{
			"version:HTTP/1.1", "body: ", "status code:200", "body: ", "reason:OK", "line end:\r\n",
			"field name:Transfer-Encoding", "body::", "body: ", "field value:chunked", "line end:\r\n", "line end:\r\n",
			"field value:1", "body:;a", "line end:\r\n", "body bytes:x", "line end:\r\n", "field value:0", "line end:\r\n",
			"field name:T", "body::", "body: ", "field value:v", "line end:\r\n", "line end:\r\n"}},
		{"no response", "Yes", message.ToClient, []string{"body bytes:Yes"}},
		{"a page without a head", "<p>\n\nx", message.ToClient, []string{"body bytes:<p>\n\nx"}},
		{"no request", "\x16\x03\x01x\r\n", message.ToServer, []string{"body bytes:\x16\x03\x01x\r\n"}},
	}
	for _, test := range tests {
		var got []string
		for _, s := range said(test.dir, []byte(test.message)).parts {
			from := 0
			for _, r := range s.runs {
				got = append(got, r.role.String()+":"+string(s.bytes[from:r.end]))
				from = r.end
			}
		}
		if !slices.Equal(got, test.due) {
			t.Errorf("%s:\n%q\ndue\n%q", test.what, got, test.due)
		}
	}
}

// TestCutWord: the rest of a word that was cut is painted as the word is.
func TestCutWord(t *testing.T) {
	l, err := parse(t, "# T\n\n```exchange cut-after-ge request\n```\n")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range l.Blocks[1].events {
		for _, s := range e.parts {
			got = append(got, string(s.bytes[:s.runs[0].end])+" "+s.runs[0].role.String())
		}
	}
	if due := []string{"GE method", "T method"}; !slices.Equal(got, due) {
		t.Errorf("parts begin with %q, due %q", got, due)
	}
}

// TestMediaType: content that cannot be shown is named by its own head's type.
func TestMediaType(t *testing.T) {
	two := "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: 2\r\n\r\n\x00\xd8" +
		"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 1\r\n\r\n\x00"
	text := draw(lines(said(message.ToClient, []byte(two)).messageRows(60)))
	for _, due := range []string{"… 2 bytes of image/jpeg", "… 1 byte of image/png"} {
		if !strings.Contains(text, due) {
			t.Errorf("no %q in\n%s", due, text)
		}
	}
}

// TestLongMessages: what is left out is counted.
func TestLongMessages(t *testing.T) {
	head := "HTTP/1.1 200 OK\r\n" + strings.Repeat("A: b\r\n", 40) + "\r\n"
	long := "GET /" + strings.Repeat("x", 200) + " HTTP/1.1\r\n\r\n"
	page := "HTTP/1.1 200 OK\r\n\r\n" + strings.Repeat("line\n", 50)
	wholePage := said(message.ToClient, []byte(page))
	wholePage.whole = true
	tests := []struct {
		what  string
		e     event
		lines int
		due   string
	}{
		{"a head of 42 lines", said(message.ToClient, []byte(head)), 25, "… 104 more bytes"},
		{"a line of 214 bytes", said(message.ToServer, []byte(long)), 3, "… 54 more bytes in this line␍␊"},
		{"a page", said(message.ToClient, []byte(page)), 9, "… 220 more bytes"},
		{"a whole page", wholePage, 43, "… 50 more bytes"},
		{"one byte more", said(message.ToClient, []byte("HTTP/1.1 200 OK\r\n\r\n"+strings.Repeat("\n", 7))), 9, "… 1 more byte"},
	}
	for _, test := range tests {
		rows := test.e.messageRows(200)
		if text := draw(lines(rows)); len(rows) != test.lines || !strings.Contains(text, test.due+"\n") {
			t.Errorf("%s: %d lines, due %d with %q:\n%s", test.what, len(rows), test.lines, test.due, text)
		}
	}
}

func lines(rows []row) []Line {
	var all []Line
	for _, r := range rows {
		all = append(all, Line{Spans: r})
	}
	return all
}

// FuzzMessageRows: every byte of what was said is in one stretch, and what is
// shown of it holds nothing that a terminal would obey.
func FuzzMessageRows(f *testing.F) {
	f.Add([]byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), false, 40)
	f.Add([]byte("\nHTTP/1.x 200 OK  \n\n\x1b[2J\xff"), true, 20)
	f.Add([]byte("\r\n\r\n"), false, 30)
	f.Fuzz(func(t *testing.T, b []byte, response bool, width int) {
		dir := message.ToServer
		if response {
			dir = message.ToClient
		}
		var all []byte
		for _, s := range said(dir, b).parts {
			all = append(all, s.bytes...)
			if last := s.runs[len(s.runs)-1].end; last != len(s.bytes) {
				t.Fatalf("roles for %d of %d bytes: %q", last, len(s.bytes), s.bytes)
			}
		}
		if !bytes.Equal(all, b) {
			t.Fatalf("%q is shown as %q", b, all)
		}
		width = max(width%100, 0) + 10
		for _, r := range said(dir, b).messageRows(width) {
			text := plain(Line{Spans: r})
			if i := untrusted([]byte(text)); i >= 0 || strings.ContainsAny(text, "\t\n") {
				t.Fatalf("%q shows as %q", b, text)
			}
			if rowWidth(r) > width {
				t.Fatalf("%d cells in a row of %d: %q", rowWidth(r), width, text)
			}
		}
	})
}
