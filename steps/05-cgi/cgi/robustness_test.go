package cgi

import (
	"fmt"
	"io"
	"net"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"example/wirebook/steps/04-static/httpserver"
)

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
			l := newLifeline(t)
			start := time.Now()
			var wg sync.WaitGroup
			wg.Go(func() {
				got := s.get(t, "/cgi-bin/"+c.script+l.query())
				if status(got) != c.due {
					t.Errorf("got %.60q, want %s", got, c.due)
				}
				if took := time.Since(start); took < limit {
					t.Errorf("ended after %v, before its time", took)
				}
			})
			script := l.started(t)
			if got := s.get(t, "/hello.txt"); status(got) != "200" {
				t.Errorf("beside it: got %.60q", got)
			}
			awaitEnd(t, script)
			wg.Wait()
			due := fmt.Sprintf("CGI script /cgi-bin/%s: killed after 300ms",
				c.script)
			if !strings.Contains(s.log.String(), due) {
				t.Errorf("no %q in the log: %s", due, s.log)
			}
		})
	}
}

// A flood goes to a client that reads, and does not fill the memory.
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

// A script is killed when its client leaves, also one that does not care
// whether anybody reads. That is no news for the log.
func TestClientLeaves(t *testing.T) {
	t.Parallel()
	s := ownSite(t, nil)
	l := newLifeline(t)
	nc := dial(t, s.addr)
	io.WriteString(nc, "GET /cgi-bin/ignorepipe"+l.query()+" HTTP/1.0\r\n\r\n")
	script := l.started(t)
	_, err := io.CopyN(io.Discard, nc, 1000)
	must(t, err)
	nc.Close()
	awaitEnd(t, script)
	if log := s.log.String(); strings.Contains(log, "CGI script") {
		t.Errorf("log: %s", log)
	}
}

// What a script leaves behind in its group is ended with it.
func TestFork(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a script is not ended with what it has started on Windows")
	}
	t.Parallel()
	s := ownSite(t, nil)
	for _, script := range []string{"fork", "forkquiet"} {
		awaitEnd(t, forkFrom(t, s, script))
	}
}

// Whoever has left the group does not keep the client waiting.
func TestForkAway(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a read of a pipe cannot be ended on Windows")
	}
	t.Parallel()
	forkFrom(t, ownSite(t, nil), "forkaway")
}

// forkFrom runs a script that starts another process, and returns that.
func forkFrom(t *testing.T, s *site, script string) net.Conn {
	t.Helper()
	l := newLifeline(t)
	nc := dial(t, s.addr)
	io.WriteString(nc, "GET /cgi-bin/"+script+l.query()+" HTTP/1.0\r\n\r\n")
	parent, child := l.started(t), l.started(t)
	io.WriteString(parent, "x") // now it may end
	began := time.Now()
	got, err := io.ReadAll(nc)
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("%s: the client waited %v for the end", script, took)
	}
	if err != nil || content(string(got)) != "parent\n" {
		t.Errorf("%s: got %q, %v", script, got, err)
	}
	return child
}

// The end of a script's output is seen when it comes, not when it is looked for.
func TestShortScripts(t *testing.T) {
	s := ownSite(t, nil)
	fastest := time.Hour
	for range 20 {
		began := time.Now()
		s.get(t, "/cgi-bin/print?text=Content-Type:+a/b%0a%0a")
		fastest = min(fastest, time.Since(began))
	}
	if fastest >= drainTimeout {
		t.Errorf("of 20 scripts the fastest took %v", fastest)
	}
}

// Fifty scripts at once are all answered, each its own client.
func TestManyScripts(t *testing.T) {
	t.Parallel()
	s := ownSite(t, nil)
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			got := s.get(t, fmt.Sprintf("/cgi-bin/print?text=%s%d",
				"Content-Type:+a/b%0a%0a", i))
			if content(got) != strconv.Itoa(i) {
				t.Errorf("client %d: got %q", i, got)
			}
		})
	}
	wg.Wait()
}

// Closing the handler ends the scripts that run.
func TestCloseEndsScripts(t *testing.T) {
	t.Parallel()
	s := ownSite(t, nil)
	l := newLifeline(t)
	nc := dial(t, s.addr)
	io.WriteString(nc, "GET /cgi-bin/hang"+l.query()+" HTTP/1.0\r\n\r\n")
	script := l.started(t)
	s.handler.Close()
	if got, _ := io.ReadAll(nc); status(string(got)) != "500" {
		t.Errorf("got %q", got)
	}
	awaitEnd(t, script)
}
