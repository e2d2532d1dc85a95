package cgi

import (
	"fmt"
	"io"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"example/wirebook/steps/04-static/httpserver"
)

// ownSite serves scripts that are this test binary. A nil config leaves a
// script 20 s.
func ownSite(t testing.TB,
	config func(*httpserver.HTTPServer, *CGIHTTPRequestHandler)) *site {
	t.Helper()
	dir := openDir(t)
	put(t, dir, 0o644, map[string]string{"hello.txt": "Hello\n"})
	names := []string{"args", "complain", "echo", "env", "flood", "floodlog",
		"fork", "forkaway", "forkquiet", "halfhead", "hang", "hello", "print",
		"slow", "started", "stubborn"}
	for i := range names {
		names[i] = "cgi-bin/" + names[i]
		if runtime.GOOS == "windows" {
			names[i] += ".exe"
		}
	}
	ownScripts(t, dir, names...)
	return serve(t, dir, config)
}

// A script that hangs is killed when its time is over, and one that has not
// said what it will answer is a 504. Others are served meanwhile.
func TestTimeLimit(t *testing.T) {
	t.Parallel()
	const limit = 300 * time.Millisecond
	s := ownSite(t, func(_ *httpserver.HTTPServer, h *CGIHTTPRequestHandler) {
		h.Timeout = limit
	})
	for _, c := range []struct{ script, due string }{
		{"hang", "504"}, {"stubborn", "504"}, {"halfhead", "504"},
		{"flood", "200"},
	} {
		t.Run(c.script, func(t *testing.T) {
			start := time.Now()
			var wg sync.WaitGroup
			wg.Go(func() {
				got := s.get(t, "/cgi-bin/"+c.script)
				if status(got) != c.due {
					t.Errorf("got %.60q, want %s", got, c.due)
				}
				if took := time.Since(start); took < limit {
					t.Errorf("ended after %v, before its time", took)
				}
			})
			if got := s.get(t, "/hello.txt"); status(got) != "200" {
				t.Errorf("beside it: got %.60q", got)
			}
			wg.Wait()
		})
	}
}

// A flood goes to a client that reads and does not fill the memory; it ends
// when the client leaves.
func TestFlood(t *testing.T) {
	s := ownSite(t, nil)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	nc := dial(t, s.addr)
	io.WriteString(nc, "GET /cgi-bin/flood HTTP/1.0\r\n\r\n")
	n, err := io.CopyN(io.Discard, nc, 256<<20)
	if err != nil {
		t.Errorf("%d bytes, then %v", n, err)
	}
	nc.Close()
	runtime.ReadMemStats(&after)
	if grown := int64(after.Sys) - int64(before.Sys); grown > 16<<20 {
		t.Errorf("memory grew by %d MiB", grown>>20)
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
	log := s.log.String()
	if n := strings.Count(log, "\n"); n > maxLogLines+10 {
		t.Errorf("%d lines of log", n)
	}
	if !strings.Contains(log, "the rest is not shown") {
		t.Error("the log does not say that there was more")
	}
}

// What a script says cannot make a line of the log that is not its own, nor
// reach the terminal as it is.
func TestComplaints(t *testing.T) {
	t.Parallel()
	s := ownSite(t, nil)
	text := "first\nsecond \x1b[31mred\r" + strings.Repeat("x", 5000)
	s.get(t, "/cgi-bin/complain?text="+url.QueryEscape(text))
	for line := range strings.Lines(s.log.String()) {
		if !strings.HasPrefix(line, "127.0.0.1 - - [") ||
			strings.Contains(line, "\x1b") ||
			len(line) > 1200 && strings.Contains(line, "] CGI script") {
			t.Errorf("a line of the log: %.200q", line)
		}
	}
	if !strings.Contains(s.log.String(), `CGI script: second \x1b[31mred`) {
		t.Errorf("log: %.300q", s.log.String())
	}
}

// What a script leaves behind in its group is ended with it, and whoever has
// left the group does not keep the client waiting.
func TestFork(t *testing.T) {
	t.Parallel()
	s := ownSite(t, nil)
	for _, script := range []string{"fork", "forkquiet", "forkaway"} {
		start := time.Now()
		got := s.get(t, "/cgi-bin/"+script)
		if content(got) != "parent\n" {
			t.Errorf("%s: got %q", script, got)
		}
		if took := time.Since(start); took > patience/2 {
			t.Errorf("%s: answered after %v", script, took)
		}
	}
}

// Fifty scripts at once are all answered, each its own client.
func TestManyScripts(t *testing.T) {
	t.Parallel()
	s := ownSite(t, nil)
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			got := s.get(t, fmt.Sprintf("/cgi-bin/args?%d", i))
			if !strings.Contains(content(got), strconv.Itoa(i)) {
				t.Errorf("client %d: got %q", i, got)
			}
		})
	}
	wg.Wait()
}

// Closing the handler ends the scripts that run.
func TestCloseEndsScripts(t *testing.T) {
	s := ownSite(t, nil)
	nc := dial(t, s.addr)
	io.WriteString(nc, "GET /cgi-bin/started HTTP/1.0\r\n\r\n")
	waitFor(t, "the script to start", func() bool {
		return strings.Contains(s.log.String(), "CGI script: started")
	})
	s.handler.Close()
	if got, _ := io.ReadAll(nc); status(string(got)) != "500" {
		t.Errorf("got %q", got)
	}
}
