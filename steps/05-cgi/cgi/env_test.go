package cgi

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example/wirebook/steps/04-static/httpserver"
)

// All that a script is told, and what it is not: neither a password of ours nor
// one of the client's.
func TestEnvironment(t *testing.T) {
	t.Setenv("WIREBOOK_PASSWORD", "hunter2")
	for _, name := range []string{"PATH", "LANG", "LC_ALL", "TZ"} {
		t.Setenv(name, "our "+name)
	}
	t.Setenv("SystemRoot", "our Windows")
	h, err := NewCGIHTTPRequestHandler(t.TempDir())
	must(t, err)
	defer h.Close()
	r := &httpserver.Request{
		Method: "POST", Target: "/cgi-bin/env/a%20b/?q=%20#f", Length: 3,
		ClientAddress: "192.0.2.1:4711",
		Server: &httpserver.HTTPServer{Protocol: "HTTP/1.1",
			ServerName: "localhost", ServerPort: 8000},
		Fields: httpserver.Fields{
			{Name: "Content-Length", Value: "3"},
			{Name: "Content-Type", Value: "a/b"},
			{Name: "Accept", Value: "text/html"},
			{Name: "ACCEPT", Value: "text/plain"},
			{Name: "Cookie", Value: "a"},
			{Name: "Cookie", Value: "b"},
			{Name: "X-Nul", Value: "a\x00b"},
			{Name: "Proxy", Value: "http://evil/"},
			{Name: "Authorization", Value: "Basic abc"},
			{Name: "Proxy-Authorization", Value: "Basic abc"},
			{Name: "X_Under", Value: "1"},
			{Name: "Content_Length", Value: "9"},
		},
	}
	got := h.environment(r, script{name: "/cgi-bin/env", pathInfo: "/a b/"})
	due := []string{
		"GATEWAY_INTERFACE=CGI/1.1",
		"SERVER_SOFTWARE=" + httpserver.Software,
		"SERVER_NAME=localhost", "SERVER_PORT=8000",
		"SERVER_PROTOCOL=HTTP/1.1", "REQUEST_METHOD=POST",
		"SCRIPT_NAME=/cgi-bin/env", "PATH_INFO=/a b/",
		"PATH_TRANSLATED=" + filepath.Join(h.dir, "a b") +
			string(filepath.Separator),
		"QUERY_STRING=q=%20", "REMOTE_ADDR=192.0.2.1", "REMOTE_HOST=",
		"CONTENT_TYPE=a/b", "CONTENT_LENGTH=3",
		"PATH=our PATH", "LANG=our LANG", "LC_ALL=our LC_ALL", "TZ=our TZ",
		"SystemRoot=our Windows",
		"HTTP_ACCEPT=text/html,text/plain", "HTTP_COOKIE=a; b",
		"HTTP_X_NUL=a b",
	}
	slices.Sort(got)
	slices.Sort(due)
	if !slices.Equal(got, due) {
		t.Errorf("got %s,\nwant %s", strings.Join(got, "\n"),
			strings.Join(due, "\n"))
	}
}

// What a script is told where there is neither content nor more path.
func TestEnvironmentWithout(t *testing.T) {
	t.Parallel()
	s := ownSite(t, nil)
	got := strings.Split(content(s.get(t, "/cgi-bin/env")), "\n")
	for _, due := range []string{"CONTENT_LENGTH=", "CONTENT_TYPE=text/plain",
		"PATH_INFO=", "PATH_TRANSLATED=" + s.dir, "QUERY_STRING=",
		"REMOTE_ADDR=127.0.0.1"} {
		if !slices.Contains(got, due) {
			t.Errorf("no %s in %q", due, got)
		}
	}
}
