//go:build unix

package cgi

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example/wirebook/steps/04-static/httpserver"
)

// Whatever scripts and clients do, no process and no descriptor is left, not
// even of a process that has ended and was never waited for.
func TestNothingIsLeft(t *testing.T) {
	if _, err := os.ReadDir("/proc/self/fd"); err != nil {
		t.Skip("no /proc: processes and descriptors cannot be counted here")
	}
	s := ownSite(t, func(_ *httpserver.HTTPServer, h *CGIHTTPRequestHandler) {
		h.Timeout = 100 * time.Millisecond
	})
	put(t, s.dir, 0o755, map[string]string{
		"cgi-bin/bad": "#!/no/such\n", "cgi-bin/none": "echo\n"})
	mark := fmt.Sprintf("mark%d", time.Now().UnixNano())
	request := func(script string) string {
		return "POST /cgi-bin/" + script + " HTTP/1.0\r\nX-Mark: " + mark +
			"\r\nContent-Length: 3\r\n\r\na=1"
	}
	ask(t, s.addr, request("hello")) // what is opened once is open now
	before := descriptors(t)
	for _, script := range []string{"hello", "hang", "flood", "floodlog",
		"fork", "forkquiet", "stubborn", "halfhead", "bad", "none", "print",
		"echo", "complain?text=x"} {
		for range 3 {
			ask(t, s.addr, request(script))
		}
		for i := range 3 { // and clients that reset
			nc := dial(t, s.addr)
			r := request(script)
			io.WriteString(nc, r[:len(r)*(i+1)/3])
			nc.SetLinger(0)
			nc.Close()
		}
	}
	var left []string
	for end := time.Now().Add(testTimeout); time.Now().Before(end); {
		left = marked(mark)
		if len(left) == 0 && descriptors(t) <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("processes %q, %d descriptors, %d before",
		left, descriptors(t), before)
}

func descriptors(t *testing.T) int {
	t.Helper()
	list, err := os.ReadDir("/proc/self/fd")
	must(t, err)
	return len(list)
}

// marked lists the processes that a script with this mark has started, and our
// children, of which there should be none.
func marked(mark string) []string {
	var left []string
	dirs, _ := filepath.Glob("/proc/[0-9]*")
	for _, dir := range dirs {
		environ, _ := os.ReadFile(dir + "/environ")
		stat, _ := os.ReadFile(dir + "/stat")
		_, rest, _ := strings.Cut(string(stat), ") ")
		fields := strings.Fields(rest)
		if strings.Contains(string(environ), "HTTP_X_MARK="+mark) ||
			len(fields) > 1 && fields[1] == fmt.Sprint(os.Getpid()) {
			left = append(left, string(stat))
		}
	}
	return left
}

// A script that cannot be started, and what its client learns.
func TestCannotStart(t *testing.T) {
	dir := openDir(t)
	put(t, dir, 0o755, map[string]string{
		"cgi-bin/interpreter": "#!/no/such/interpreter\n",
		"cgi-bin/crlf":        "#!/bin/sh\r\necho\r\n",
		"cgi-bin/text":        "only text\n",
		"cgi-bin/empty":       "",
		"cgi-bin/directory/x": "",
	})
	put(t, dir, 0o644, map[string]string{"cgi-bin/plain": begin})
	s := serve(t, dir, nil)
	for name, due := range map[string]string{
		"interpreter": "500 CGI script could not be started",
		"crlf":        "500 CGI script could not be started",
		"text":        "500 CGI script could not be started",
		"empty":       "500 CGI script could not be started",
		"plain":       "403 CGI script is not executable ('/cgi-bin/plain')",
		"directory":   "403 CGI script is not a plain file ('/cgi-bin/directory')",
		"missing":     "404 No such CGI script ('/cgi-bin/missing')",
	} {
		got := s.get(t, "/cgi-bin/"+name)
		if !strings.HasPrefix(got, "HTTP/1.0 "+due+"\r\n") {
			t.Errorf("%s: got %.90q, want %s", name, got, due)
		}
	}
	for _, pipe := range []string{"fifo"} {
		must(t, mkfifo(filepath.Join(dir, "cgi-bin", pipe)))
		if got := s.get(t, "/cgi-bin/"+pipe); status(got) != "403" {
			t.Errorf("%s: got %.90q", pipe, got)
		}
	}
}

// Root's scripts run as nobody. Where that user cannot get at one, the answer
// says which folder is in the way.
func TestNobody(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root runs scripts as somebody else")
	}
	top := openDir(t)
	dir := filepath.Join(top, "closed", "site")
	script := map[string]string{"cgi-bin/x.sh": begin + "id -u\nid -G\n"}
	put(t, dir, 0o755, script)
	s := serve(t, dir, nil)
	uid, gid := nobody()
	want := fmt.Sprintf("%d\n%d\n", uid, gid)
	if got := s.get(t, "/cgi-bin/x.sh"); content(got) != want {
		t.Errorf("got %q, want %q", got, want)
	}
	closed := "403 CGI script is closed to the user nobody ('/cgi-bin/x.sh')"
	put(t, dir, 0o700, script)
	if got := s.get(t, "/cgi-bin/x.sh"); !strings.Contains(got, closed) {
		t.Errorf("mode 700: got %.120q, want %s", got, closed)
	}
	put(t, dir, 0o755, script)
	must(t, os.Chmod(filepath.Join(top, "closed"), 0o700))
	if got := s.get(t, "/cgi-bin/x.sh"); !strings.Contains(got, closed) {
		t.Errorf("a closed folder: got %.200q, want %s", got, closed)
	}
}
