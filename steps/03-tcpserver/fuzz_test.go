package main

import (
	"bytes"
	"io"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"example/wirebook/steps/03-tcpserver/socketserver"
)

// A script is a connection whose client has sent everything in advance.
type script struct {
	net.Conn // nil: nothing else is called
	io.Reader
	bytes.Buffer
}

func (s *script) Read(b []byte) (int, error)  { return s.Reader.Read(b) }
func (s *script) Write(b []byte) (int, error) { return s.Buffer.Write(b) }
func (s *script) SetDeadline(time.Time) error { return nil }

var responseHead = regexp.MustCompile(`\A` +
	`(HTTP/1\.1 100 Continue\r\n\r\n)?` +
	`HTTP/1\.1 \d{3} [A-Za-z ]+\r\n` +
	`Date: [^\r\n]{29}\r\n` +
	`Content-Type: [^\r\n]+\r\n` +
	`Content-Length: (\d+)\r\n` +
	`(Allow: [A-Z, ]+\r\n)?` +
	`Connection: close\r\n\r\n`)

// Whatever a client sends, it gets one whole answer or none, and nothing that
// it sent becomes HTML.
func FuzzServeConn(f *testing.F) {
	h, err := newHandler("site", "www")
	if err != nil {
		f.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join("www", "index.html"))
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{
		"", "\r\n\r\n", "HELLO\r\n\r\n", ask, "HEAD / HTTP/1.0\r\n\r\n",
		"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 30\r\n" +
			"Content-Type: application/x-www-form-urlencoded\r\n\r\n" +
			"firstname=%3Cb%3e+%26&firstnam",
		"POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n" +
			"Content-Length: 9999\r\n\r\nshort",
		"GET http://h/%zz?a HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, sent []byte) {
		c := &script{Reader: bytes.NewReader(sent)}
		if err := h.Handle(&socketserver.Request{Conn: c}); err != nil {
			t.Fatal(err) // nothing can fail on such a connection
		}
		got := c.String()
		if got == "" && len(sent) == 0 {
			return
		}
		head := responseHead.FindStringSubmatch(got)
		if head == nil {
			t.Fatalf("%q is no response", got)
		}
		body := got[len(head[0]):]
		// The response to HEAD has the length of a body and no body.
		due := head[2]
		if isHead(string(sent)) {
			due = "0"
		}
		if strconv.Itoa(len(body)) != due {
			t.Fatalf("a body of %s bytes: %q", due, body)
		}
		before, after, _ := strings.Cut(string(page), "</body>")
		names, isPage := strings.CutPrefix(body, before)
		if !isPage {
			return
		}
		names = strings.TrimSuffix(names, "</body>"+after)
		names = strings.NewReplacer("<p>", "", "</p>\n", "").Replace(names)
		if strings.ContainsAny(names, `<>"'`) {
			t.Fatalf("raw in the page: %q", names)
		}
	})
}

// isHead tells whether these bytes begin with a request whose method is HEAD: a
// whole head, and a request line of three words.
func isHead(sent string) bool {
	head, _, whole := strings.Cut(sent, "\r\n\r\n")
	line, _, _ := strings.Cut(strings.TrimPrefix(head, "\r\n"), "\r\n")
	words := strings.Split(line, " ")
	return whole && len(head)+4 <= maxHead+1 &&
		len(words) == 3 && words[0] == "HEAD"
}
