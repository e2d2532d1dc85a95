package cgi

import (
	"bufio"
	"io"
	"net/url"
	"strings"
	"testing"

	"example/wirebook/steps/04-static/httpserver"
)

// A promise of a length is kept or the connection is closed: what follows must
// not be read as the next answer.
func TestLengths(t *testing.T) {
	t.Parallel()
	s := ownSite(t, func(s *httpserver.HTTPServer, _ *CGIHTTPRequestHandler) {
		s.Protocol = "HTTP/1.1"
	})
	for _, c := range []struct {
		name, head, body string
		due              string // what is sent of the content
		kept             bool   // the connection
	}{
		{"right", "Content-Length: 3\n", "abc", "abc", true},
		{"too short", "Content-Length: 3\n", "abcdef", "abc", false},
		{"too long", "Content-Length: 9\n", "abc", "abc", false},
		{"none", "", "abc", "abc", false},
		{"no number", "Content-Length: many\n", "abc", "abc", false},
		{"two", "Content-Length: 3\nContent-Length: 2\n", "abc", "abc", true},
		{"no content", "Status: 204 Nothing\n", "abc", "", true},
		{"not modified", "Status: 304 Not Modified\n", "abc", "", true},
		{"coding", "Content-Length: 3\nTransfer-Encoding: chunked\n", "abc",
			"abc", true},
		{"close", "Content-Length: 3\nConnection: close\n", "abc", "abc", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := "Content-Type: text/plain\n" + c.head + "\n" + c.body
			request := "GET /cgi-bin/print?text=" + url.QueryEscape(text) +
				" HTTP/1.1\r\nHost: x\r\n\r\n"
			const last = "GET /hello.txt HTTP/1.1\r\nHost: x\r\n" +
				"Connection: close\r\n\r\n"
			got := ask(t, s.addr, request+last)
			first, second, _ := strings.Cut(got, "HTTP/1.1 200 OK\r\n")
			if content(first) != c.due {
				t.Errorf("content %q, want %q", content(first), c.due)
			}
			if kept := content(second) == "Hello\n"; kept != c.kept {
				t.Errorf("kept: %v, want %v: %q", kept, c.kept, got)
			}
			if strings.Contains(got, "Transfer-Encoding") {
				t.Errorf("a coding that the content has not: %q", got)
			}
			if strings.Count(got, "Content-Length") > 2 {
				t.Errorf("two lengths: %q", got)
			}
		})
	}
}

// A script's head: what goes through, and what is a 500.
func TestHeads(t *testing.T) {
	t.Parallel()
	s := ownSite(t, nil)
	for _, c := range []struct{ name, text, due string }{
		{"type", "Content-Type: a/b\n\nx", "200"},
		{"status alone", "Status: 201 Made\n\n", "201"},
		{"status without a phrase", "Status: 403\n\n", "403"},
		{"location away", "Location: http://x/\n\n", "302"},
		{"location of another host", "Location: //x/\n\n", "302"},
		{"location and status", "Status: 303\nLocation: /hello.txt\n\n", "303"},
		{"location here", "Location: /hello.txt\n\n", "200"},
		{"location to nothing", "Location: /nothing\n\n", "404"},
		{"nothing", "", "500"},
		{"no field", "\n\nx", "500"},
		{"no type", "X: y\n\nx", "500"},
		{"no empty line", "Content-Type: a/b\n", "500"},
		{"no line end", "Content-Type: a/b", "500"},
		{"no colon", "Content-Type a/b\n\n", "500"},
		{"space in a name", "Content Type: a/b\n\n", "500"},
		{"folded", "Content-Type: a/b\n and/more\n\n", "500"},
		{"status line", "HTTP/1.1 200 OK\nContent-Type: a/b\n\n", "500"},
		{"status in words", "Status: fine\n\n", "500"},
		{"status 100", "Status: 100 Continue\n\n", "500"},
		{"status 1000", "Status: 1000\n\n", "500"},
		{"long line", "X: " + strings.Repeat("x", 50<<10) + "\n\n", "500"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := s.get(t, "/cgi-bin/print?text="+url.QueryEscape(c.text))
			if status(got) != c.due {
				t.Errorf("got %.90q, want %s", got, c.due)
			}
		})
	}
}

// How long a head may be, and a line of it.
func TestHeadLimits(t *testing.T) {
	const least = "Status: 200\n\n"
	fill := func(size int) string { // with short lines
		lines := strings.Repeat("X: y\n", (size-len(least))/5-1)
		last := size - len(least) - len(lines)
		return lines + "X:" + strings.Repeat("y", last-3) + "\n" + least
	}
	for _, c := range []struct {
		name, head string
		ok         bool
	}{
		{"a head of 64 KiB", fill(64 << 10), true},
		{"a head that is longer by a byte", fill(64<<10 + 1), false},
		{"a line of 32 KiB", "X:" + strings.Repeat(" ", 32<<10-3) + "\n" + least,
			true},
		{"a line that is longer by a byte", "X:" +
			strings.Repeat(" ", 32<<10-2) + "\n" + least, false},
	} {
		head, err := readHead(newReader(c.head))
		if (err == nil) != c.ok {
			t.Errorf("%s: %v, %v", c.name, head, err)
		}
	}
}

// newReader reads what a script has printed.
func newReader(output string) *bufio.Reader {
	return bufio.NewReaderSize(strings.NewReader(output), 32<<10)
}

// Neither a script nor a path can end a line of the head that the server
// writes.
func TestNoLineInAField(t *testing.T) {
	t.Parallel()
	s := ownSite(t, nil)
	text := "Content-Type: a/b\rX-Evil: 1\nStatus: 200 a\rb\x00c\n\n"
	for _, path := range []string{
		"/cgi-bin/print?text=" + url.QueryEscape(text),
		"/cgi-bin/x%0d%0aX-Evil:%201", "/%0d%0aX-Evil:%201/cgi-bin",
		"/cgi-bin/print/%0d%0aX-Evil:%201", "/cgi-bin%0d%0aX-Evil:%201",
	} {
		head, _, _ := strings.Cut(s.get(t, path), "\r\n\r\n")
		for line := range strings.SplitSeq(head, "\r\n") {
			if strings.ContainsAny(line, "\r\n\x00") ||
				strings.HasPrefix(line, "X-Evil") {
				t.Errorf("%s: a line of the head: %q", path, line)
			}
		}
	}
}

// The first part of a page is sent while the script works on the second.
func TestOutputIsNotHeldBack(t *testing.T) {
	t.Parallel()
	s := ownSite(t, nil)
	nc := dial(t, s.addr)
	io.WriteString(nc, "GET /cgi-bin/slow HTTP/1.0\r\n\r\n")
	var got strings.Builder
	buf := make([]byte, 1024)
	for !strings.HasSuffix(got.String(), "one\n") {
		n, err := nc.Read(buf)
		must(t, err)
		got.Write(buf[:n])
	}
	put(t, s.dir, 0o644, map[string]string{"go": ""})
	rest, err := io.ReadAll(nc)
	if string(rest) != "two\n" || err != nil {
		t.Errorf("then %q, %v", rest, err)
	}
}
