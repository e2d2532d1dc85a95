package lessons

import (
	"strings"
	"testing"
)

// parsed writes a message's parts as "role:bytes", one a line.
func parsed(message string, response bool) string {
	var lines []string
	from := 0
	for _, p := range anatomy([]byte(message), response) {
		lines = append(lines, p.role.String()+":"+message[from:p.end])
		from = p.end
	}
	return strings.Join(lines, "\n")
}

func TestAnatomy(t *testing.T) {
	tests := []struct {
		what, message string
		response      bool
		due           []string
	}{
		{"request", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", false, []string{
			"method:GET", "body: ", "target:/", "body: ", "version:HTTP/1.1", "line end:\r\n",
			"field name:Host", "body::", "field value: x", "line end:\r\n", "line end:\r\n"}},
		{"response", "HTTP/1.1 404 Not Found\r\n\r\nhello\n", true, []string{
			"version:HTTP/1.1", "body: ", "status code:404", "body: ", "reason:Not Found", "line end:\r\n",
			"line end:\r\n", "body bytes:hello\n"}},
		{"the notes' picture", "\nHTTP/1.x 200 OK  \nA: b\n\n\xff", true, []string{
			"line end:\n", "version:HTTP/1.x", "body: ", "status code:200", "body: ", "reason:OK  ", "line end:\n",
			"field name:A", "body::", "field value: b", "line end:\n", "line end:\n", "body bytes:\xff"}},
		{"two requests", "GET / HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n", false, []string{
			"method:GET", "body: ", "target:/", "body: ", "version:HTTP/1.1", "line end:\r\n", "line end:\r\n",
			"method:GET", "body: ", "target:/b", "body: ", "version:HTTP/1.1", "line end:\r\n", "line end:\r\n"}},
		{"content", "POST / HTTP/1.1\r\nCONTENT-LENGTH: 4\r\n\r\na b c", false, []string{
			"method:POST", "body: ", "target:/", "body: ", "version:HTTP/1.1", "line end:\r\n",
			"field name:CONTENT-LENGTH", "body::", "field value: 4", "line end:\r\n", "line end:\r\n", "body bytes:a b c"}},
		{"cut", "GET / HT", false, []string{"method:GET", "body: ", "target:/", "body: ", "version:HT"}},
		{"one word", "HELLO\r\n", false, []string{"body:HELLO", "line end:\r\n"}},
		{"no request", "can you hear me?", false, []string{"body:can you hear me?"}},
		{"no response", "Yes", true, []string{"body bytes:Yes"}},
		{"a page without a head", "<p>\n\nx", true, []string{"body bytes:<p>\n\nx"}},
		{"line without a colon", "GET / HTTP/1.1\nx\n", false, []string{
			"method:GET", "body: ", "target:/", "body: ", "version:HTTP/1.1", "line end:\n", "body:x", "line end:\n"}},
	}
	for _, test := range tests {
		if got, due := parsed(test.message, test.response), strings.Join(test.due, "\n"); got != due {
			t.Errorf("%s:\n%q\ndue\n%q", test.what, got, due)
		}
	}
}

// FuzzAnatomy: parts cover every byte once, and what is shown of them holds no
// byte that a terminal would obey.
func FuzzAnatomy(f *testing.F) {
	f.Add([]byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), false, 40)
	f.Add([]byte("\nHTTP/1.x 200 OK  \n\n\x1b[2J\xff"), true, 20)
	f.Add([]byte("\r\n\r\n"), false, 30)
	f.Fuzz(func(t *testing.T, b []byte, response bool, width int) {
		parts := anatomy(b, response)
		at := 0
		for _, p := range parts {
			if p.end <= at {
				t.Fatalf("an empty part at %d of %q", at, b)
			}
			at = p.end
		}
		if at != len(b) {
			t.Fatalf("parts cover %d of %d bytes: %q", at, len(b), b)
		}
		width = max(width%100, 0) + 10
		for _, r := range said(b, response).messageRows(width) {
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
