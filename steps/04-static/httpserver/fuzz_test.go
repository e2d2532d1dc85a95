package httpserver

import (
	"bytes"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"example/wirebook/steps/03-tcpserver/socketserver"
)

// FuzzConversation feeds a server any bytes and checks that whatever comes
// back is one well-formed answer after another, and none leaves the folder:
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
	must(f, os.Symlink("..", filepath.Join(site, "out")))
	h, err := NewSimpleHTTPRequestHandler(site)
	must(f, err)
	f.Cleanup(func() { h.Close() })

	f.Fuzz(func(t *testing.T, request []byte, http11 bool) {
		var methods []string // of the requests that could be read
		note := func(w *ResponseWriter, r *Request) {
			methods = append(methods, r.Method)
			h.Handle(w, r)
		}
		s := &HTTPServer{Protocol: "HTTP/1.0", Software: "x",
			handler: HandlerFunc(note), date: clock{format: HTTPDate}}
		if http11 {
			s.Protocol = "HTTP/1.1"
		}
		client := &fakeConn{in: *bytes.NewReader(request)}
		if err := s.talk(&socketserver.Request{Conn: client}); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(client.out.String(), theSecret) {
			t.Fatalf("got the secret: %q", &client.out)
		}
		checkAnswers(t, client.out.String(), s.Protocol, methods)
	})
}

// checkAnswers takes answers apart one by one. methods are those of the
// requests that they are for; the last answer may be to one without a method.
func checkAnswers(t *testing.T, answers, protocol string, methods []string) {
	t.Helper()
	for answers != "" {
		method := "" // of a request that could not be read
		if len(methods) > 0 {
			method = methods[0]
		}
		if !strings.HasPrefix(answers, protocol+" ") {
			if page := strings.HasPrefix(answers, "<!DOCTYPE HTML>\n"); page ||
				answers == "Hello\n" {
				return // HTTP/0.9: nothing but content, up to the end
			}
			t.Fatalf("no answer begins with %v", fold(answers))
		}
		head, rest, found := strings.Cut(answers, "\r\n\r\n")
		if !found {
			t.Fatalf("a head without end: %v", fold(answers))
		}
		checkHead(t, head)
		answers = rest
		if status(head) == "100" {
			continue // the answer itself follows
		}
		methods = methods[min(1, len(methods)):]
		if status(head) == "304" || method == "HEAD" || rest == "" {
			continue
		}
		length, err := strconv.Atoi(field(head+"\r\n\r\n", "Content-Length"))
		if err != nil || length > len(rest) {
			t.Fatalf("%q: %d bytes follow", head, len(rest))
		}
		answers = rest[length:]
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

var knownField = regexp.MustCompile(`^(Server: x|Date: \w{3}, .* GMT|` +
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
		if !strings.Contains(name, "\xff") && strings.ToValidUTF8(
			name, "") == name && !fs.ValidPath(name) {
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
		for i := range len(link) {
			if !unreserved(link[i]) && link[i] != '/' && link[i] != '%' {
				t.Fatalf("%q: link %q", name, link)
			}
		}
		if got := unquote(link); got != name {
			t.Errorf("%q: link %q leads to %q", name, link, got)
		}
	})
}
