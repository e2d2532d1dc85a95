package cgi

import (
	"fmt"
	"io"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"example/wirebook/steps/04-static/httpserver"
)

// The content that a script is given: no more, no less, however large.
func TestContent(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	t.Setenv("TMP", temp) // the same on Windows
	s := ownSite(t, func(_ *httpserver.HTTPServer, h *CGIHTTPRequestHandler) {
		h.MaxBody = 1 << 20
	})
	post := func(fields, body string) string {
		return ask(t, s.addr,
			"POST /cgi-bin/echo HTTP/1.1\r\n"+fields+"\r\n"+body)
	}
	for _, n := range []int{0, 1, 65536, 65537, 1 << 20} {
		got := post(fmt.Sprintf("Content-Length: %d\r\n", n),
			strings.Repeat("x", n))
		if !strings.HasPrefix(content(got), strconv.Itoa(n)+" bytes") {
			t.Errorf("%d bytes: got %q", n, got)
		}
	}
	got := post("Content-Length: 3\r\n", "abcdef")
	if due := `3 bytes: "abc"`; content(got) != due {
		t.Errorf("more than was announced: got %q, want %q", got, due)
	}
	for _, c := range []struct{ name, fields, body, due string }{
		{"no length", "", "", "200"},
		{"too large", "Content-Length: 1048577\r\n", "", "413"},
		{"far too large", "Content-Length: 99999999999999999999\r\n", "", "400"},
		{"negative", "Content-Length: -1\r\n", "", "400"},
		{"two lengths", "Content-Length: 1\r\nContent-Length: 2\r\n", "ab", "400"},
		{"chunked", "Transfer-Encoding: chunked\r\n", "0\r\n\r\n", "411"},
	} {
		if got := post(c.fields, c.body); status(got) != c.due {
			t.Errorf("%s: got %q, want %s", c.name, got, c.due)
		}
	}
	// The files that held the content are gone.
	left, err := os.ReadDir(temp)
	must(t, err)
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// A client that leaves in the middle of its form starts no script, and neither
// does one that says no more.
func TestHalfAForm(t *testing.T) {
	t.Parallel()
	const half = "POST /cgi-bin/complain?text=started HTTP/1.0\r\n" +
		"Content-Length: 12\r\n\r\nfirst"
	s := ownSite(t, nil)
	nc := dial(t, s.addr)
	io.WriteString(nc, half)
	nc.CloseWrite()
	if got, _ := io.ReadAll(nc); status(string(got)) != "400" {
		t.Errorf("got %q", got)
	}
	slow := ownSite(t, func(s *httpserver.HTTPServer, _ *CGIHTTPRequestHandler) {
		s.BodyTimeout = 50 * time.Millisecond
	})
	if got := ask(t, slow.addr, half); status(got) != "408" {
		t.Errorf("got %q", got)
	}
	if log := s.log.String() + slow.log.String(); strings.Contains(log,
		"CGI script: started") {
		t.Errorf("log: %s", log)
	}
}

// A query without "=" is the script's command line, in one word.
func TestArguments(t *testing.T) {
	t.Parallel()
	s := ownSite(t, nil)
	for query, due := range map[string]string{
		"": `[""]`, "?": `[""]`, "?a+b%20c": `["a b%20c"]`, "?a=1": `[]`,
	} {
		if arguments(query) == nil {
			due = `[]` // Windows
		}
		if got := content(s.get(t, "/cgi-bin/args"+query)); got != due {
			t.Errorf("%s: got %s, want %s", query, got, due)
		}
	}
}

// A script may go on with other things when it has closed its output. The log
// has what it says then, and how a script has failed.
func TestAfterTheOutput(t *testing.T) {
	t.Parallel()
	s := ownSite(t, nil)
	l := newLifeline(t)
	nc := dial(t, s.addr)
	io.WriteString(nc, "GET /cgi-bin/closeoutput"+l.query()+
		" HTTP/1.0\r\n\r\n")
	script := l.started(t)
	got := make([]byte, 1<<10)
	n := 0
	for !strings.HasSuffix(string(got[:n]), "done\n") {
		more, err := nc.Read(got[n:])
		must(t, err)
		n += more
	}
	io.WriteString(script, "x") // now it may go on
	io.Copy(io.Discard, nc)
	s.get(t, "/cgi-bin/exit3")
	log := s.log.String()
	for _, due := range []string{"] CGI script: done later\n",
		"] CGI script /cgi-bin/exit3: exit status 3\n"} {
		if !strings.Contains(log, due) {
			t.Errorf("no %q in the log: %s", due, log)
		}
	}
	if strings.Contains(log, "closeoutput: ") {
		t.Errorf("log: %s", log)
	}
}

// A script that complains without end is not held up by it, and the log takes
// a part of it.
func TestFloodOfComplaints(t *testing.T) {
	t.Parallel()
	s := ownSite(t, nil)
	if got := s.get(t, "/cgi-bin/floodlog"); content(got) != "done\n" {
		t.Errorf("got %.80q", got)
	}
	for _, lines := range []int{64, 65} {
		s.get(t, "/cgi-bin/complain?text="+strings.Repeat("some%0a", lines))
	}
	log := s.log.String()
	for text, due := range map[string]int{"complaint after": 64,
		"some": 2 * 64, "(the rest is not shown)": 2} {
		if n := strings.Count(log, "CGI script: "+text); n != due {
			t.Errorf("%d times %q, want %d", n, text, due)
		}
	}
}

// What a script says cannot make a line of the log that is not its own, nor
// reach the terminal as it is.
func TestComplaints(t *testing.T) {
	t.Parallel()
	s := ownSite(t, nil)
	text := "first\r\nsecond \x1b[31mred\n" + strings.Repeat("x", 1025)
	s.get(t, "/cgi-bin/complain?text="+url.QueryEscape(text))
	var got []string
	for line := range strings.Lines(s.log.String()) {
		_, message, ok := strings.Cut(line, "] CGI script: ")
		if ok {
			got = append(got, message)
		}
	}
	due := "first\nsecond \\x1b[31mred\n" + strings.Repeat("x", 1024) +
		"\nx\n"
	if strings.Join(got, "") != due {
		t.Errorf("log: %q, want %q", got, due)
	}
}
