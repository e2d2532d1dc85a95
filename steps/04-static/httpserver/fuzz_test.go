package httpserver

import (
	"bytes"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"example/wirebook/steps/03-tcpserver/socketserver"
)

// FuzzConversation feeds a server any bytes and checks that whatever comes
// back is one well-formed response after another, and none leaves the folder:
//
//	go test -fuzz FuzzConversation -fuzztime 2m ./steps/04-static/httpserver
func FuzzConversation(f *testing.F) {
	seeds := []string{"", "\r\n", "GET", "GET /list HTTP/1.1\r\n\r\n",
		"GET /list/?<x> HTTP/1.1\r\n\r\nHEAD / HTTP/1.0\r\n\r\n",
		"POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.1\n\n",
		"GET /out/secret.txt HTTP/1.0\r\n\r\n", "GET /%2e%2e/%ff HTTP/1.1\n\n",
		"HEAD /hello.txt HTTP/1.1\r\nIf-Modified-Since: x\r\n y\r\n\r\n",
		"GET /hello.txt HTTP/1.1\r\nExpect: 100-continue\r\n\r\n"}
	for _, seed := range seeds {
		f.Add([]byte(seed), true)
		f.Add([]byte(seed), false)
	}
	dir := f.TempDir()
	site := filepath.Join(dir, "site")
	must(f, os.MkdirAll(filepath.Join(site, "list", "x"), 0o755))
	must(f, os.WriteFile(filepath.Join(site, "hello.txt"),
		[]byte("Hello\n"), 0o644))
	must(f, os.WriteFile(filepath.Join(dir, "secret.txt"),
		[]byte(theSecret), 0o644))
	symlink(f, "..", filepath.Join(site, "out"))
	h, err := NewSimpleHTTPRequestHandler(site)
	must(f, err)
	f.Cleanup(func() { h.Close() })

	f.Fuzz(func(t *testing.T, request []byte, http11 bool) {
		read := 0 // requests that reached the handler
		count := func(w *ResponseWriter, r *Request) {
			read++
			h.Handle(w, r)
		}
		var log bytes.Buffer
		s := &HTTPServer{Protocol: "HTTP/1.0", handler: handlerFunc(count),
			Log: &log}
		if http11 {
			s.Protocol = "HTTP/1.1"
		}
		client := &fakeConn{in: *bytes.NewReader(request)}
		if err := s.serveConn(&socketserver.Request{Conn: client}); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(client.out.String(), theSecret) {
			t.Fatalf("got the secret: %q", &client.out)
		}
		logged := logLine.FindAllStringSubmatch(log.String(), -1)
		checkResponses(t, client.out.String(), s.Protocol, logged, read)
	})
}

// logLine is the log's line for a response: the request line and the code.
var logLine = regexp.MustCompile(`(?m)^ - - \[[^]]*\] "(.*)" (\d{3}) -$`)

// checkResponses takes responses apart one by one. Each has a line in the log.
// The requests for the first ones could be read; for the last one perhaps not.
func checkResponses(t *testing.T, responses, protocol string,
	logged [][]string, read int) {
	t.Helper()
	for i := 0; responses != ""; i++ {
		if !strings.HasPrefix(responses, protocol+" ") {
			if page := strings.HasPrefix(responses, "<!DOCTYPE HTML>\n"); page ||
				responses == "Hello\n" {
				return // HTTP/0.9: nothing but content, up to the end
			}
			t.Fatalf("no response begins with %v", fold(responses))
		}
		head, rest, found := strings.Cut(responses, "\r\n\r\n")
		if !found {
			t.Fatalf("a head without end: %v", fold(responses))
		}
		checkHead(t, head)
		responses = rest
		if status(head) == "100" {
			i-- // the response itself follows
			continue
		}
		if i >= len(logged) || logged[i][2] != status(head) {
			t.Fatalf("response %d is %q, the log is %q", i, head, logged)
		}
		isHead := strings.HasPrefix(logged[i][1], "HEAD")
		if status(head) == "304" || isHead && (i < read || rest == "") {
			continue // no content, or of a HEAD that could not be read
		}
		length, err := strconv.Atoi(field(head+"\r\n\r\n", "Content-Length"))
		if err != nil || length > len(rest) {
			t.Fatalf("%q: %d bytes follow", head, len(rest))
		}
		responses = rest[length:]
	}
}

// checkHead looks for lines that the server would not write.
func checkHead(t *testing.T, head string) {
	t.Helper()
	for i, line := range strings.Split(head, "\r\n") {
		if strings.ContainsAny(line, "\r\n\x00\x1b") ||
			i > 0 && !knownField.MatchString(line) {
			t.Fatalf("line %q in %q", line, head)
		}
	}
}

var knownField = regexp.MustCompile(`^(Server: \S+ \S+|Date: \w{3}, .* GMT|` +
	`Content-[tT]ype: text/(html; ?charset=utf-8|html;charset=utf-8|plain)|` +
	`Content-Length: \d+|Last-Modified: .* GMT|Connection: close|` +
	`Location: (/|([^/:]|/[^/\\])[!-~]*))$`)

// A fakeConn is a client that has sent everything before it is listened to.
type fakeConn struct {
	net.Conn // nil: what is not below is not called
	in       bytes.Reader
	out      bytes.Buffer
	writes   int
}

func (c *fakeConn) Read(p []byte) (int, error)       { return c.in.Read(p) }
func (c *fakeConn) Close() error                     { return nil }
func (c *fakeConn) SetReadDeadline(time.Time) error  { return nil }
func (c *fakeConn) SetWriteDeadline(time.Time) error { return nil }

func (c *fakeConn) Write(p []byte) (int, error) {
	c.writes++
	return c.out.Write(p)
}

// FuzzTranslatePath checks that every path gives a name that is local.
func FuzzTranslatePath(f *testing.F) {
	for _, seed := range []string{"/", "/../..", "/%2e%2e%2f", "/a//b/",
		"/%00", "/%ed%b3%bf", "..", "\xff", "/a?b#c"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, target string) {
		name, _ := TranslatePath(target)
		if strings.HasPrefix(name, "/") || name == "" ||
			slices.Contains(strings.Split(name, "/"), "..") {
			t.Errorf("%q: got %q", target, name)
		}
		if utf8.ValidString(name) && !fs.ValidPath(name) {
			t.Errorf("%q: got %q, no valid path", target, name)
		}
	})
}

// FuzzQuote checks that the link of a listing leads to the name it is for.
func FuzzQuote(f *testing.F) {
	for _, seed := range []string{"a b", "é", "\xff", "%41", "\xed\xb3\xbf"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		link := quote(name)
		if !goodLink.MatchString(link) {
			t.Fatalf("%q: link %q", name, link)
		}
		if got, err := url.PathUnescape(link); got != name || err != nil {
			t.Errorf("%q: link %q leads to %q, %v", name, link, got, err)
		}
		if got := unquote(link); got != name {
			t.Errorf("%q: unquote(%q) is %q", name, link, got)
		}
	})
}

// goodLink has only what needs no encoding in a path (RFC 3986, 2.3).
var goodLink = regexp.MustCompile(`^([A-Za-z0-9._~/-]|%[0-9A-F]{2})*$`)
