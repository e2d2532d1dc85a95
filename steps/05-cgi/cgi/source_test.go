package cgi

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"example/wirebook/steps/04-static/httpserver"
)

// The source of a script is never sent, however its path is spelled.
func TestSourceIsNeverSent(t *testing.T) {
	dir := openDir(t)
	const secret = "SECRET"
	source := begin + "# " + secret + "\necho ran\n"
	put(t, dir, 0o755, map[string]string{
		"cgi-bin/x.sh":       source,
		"cgi-bin/sub/x.sh":   source,
		"cgi-bin/x%zz.sh":    source,
		"cgi-bin/index.html": source,
		"htbin/x.sh":         source,
		"deep/scripts/x.sh":  source,
	})
	put(t, dir, 0o644, map[string]string{
		"cgi-bin/data.txt": secret, "static/x.txt": "public"})
	if runtime.GOOS != "windows" {
		for link, target := range map[string]string{
			"CGI-BIN":     "cgi-bin", // as a file system without case has it
			"alias":       "cgi-bin",
			"static/sub":  "../cgi-bin/sub",
			"static/x.sh": "../cgi-bin/x.sh",
			"chain":       "alias",
			"ok":          "static",
		} {
			must(t, os.Symlink(target, filepath.Join(dir, link)))
		}
	}
	s := serve(t, dir, func(_ *httpserver.HTTPServer,
		h *CGIHTTPRequestHandler) {
		h.Dirs = append(h.Dirs, "/deep/scripts")
	})
	for _, path := range []string{
		"/cgi-bin/x.sh", "/cgi-bin/x.sh/", "/cgi-bin/x.sh/more",
		"/cgi-bin/x.sh?q", "/cgi-bin/x.sh#f", "/cgi-bin/x.sh%00",
		"/cgi-bin/x.sh%00.txt", "/cgi-bin%00/x.sh", "/cgi-bin/x.sh%20",
		"/cgi-bin/x.sh.", "/cgi-bin/x.sh::$DATA", "/cgi-bin./x.sh",
		"/cgi%2Dbin/x.sh", "/%63gi-bin/x.sh", "/cgi-bin%2fx.sh",
		"/cgi-bin%2Fx.sh", "/cgi-bin/%78.sh", "/cgi-bin/x%2esh",
		"/cgi-bin%5Cx.sh", "/cgi-bin\\x.sh", "/%2563gi-bin/x.sh",
		"//cgi-bin/x.sh", "/cgi-bin//x.sh", "///cgi-bin///x.sh",
		"/./cgi-bin/x.sh", "/cgi-bin/./x.sh", "/static/../cgi-bin/x.sh",
		"/static/%2e%2e/cgi-bin/x.sh", "/../cgi-bin/x.sh",
		"/cgi-bin/sub/x.sh", "/cgi-bin/sub/../x.sh", "/cgi-bin/sub/%2e%2e/x.sh",
		"/cgi-bin/x.sh/../x.sh", "/cgi-bin/x.sh/..", "cgi-bin/x.sh",
		"/cgi-bin", "/cgi-bin/", "/cgi-bin/.", "/cgi-bin/sub", "/cgi-bin/sub/",
		"/cgi-bin/index.html", "/cgi-bin/data.txt", "/cgi-bin/x%zz.sh",
		"/%63gi-bin/x%zz.sh", "/%63gi-bin/data.txt%", "/cgi-bin/%zz/../x.sh",
		"/htbin/x.sh", "/%68tbin/x.sh", "/deep/scripts/x.sh",
		"/deep//scripts/x.sh", "/deep/%73cripts/x.sh", "/deep/scripts",
		"/CGI-BIN/x.sh", "/CGI-BIN/", "/CGI-BIN/data.txt", "/Cgi-Bin/x.sh",
		"/alias/x.sh", "/alias/sub/x.sh", "/alias/data.txt", "/alias/",
		"/static/sub/x.sh", "/static/sub/", "/static/x.sh", "/chain/x.sh",
		"http://localhost/cgi-bin/x.sh", "http://localhost/alias/x.sh",
	} {
		for _, method := range []string{"GET", "POST", "HEAD", "PUT"} {
			answer := ask(t, s.addr, method+" "+path+" HTTP/1.0\r\n\r\n")
			if strings.Contains(answer, secret) {
				t.Errorf("%s %s: %.300q", method, path, answer)
			}
		}
	}
	// Others are sent: the test would see a secret.
	for _, path := range []string{"/static/x.txt", "/ok/x.txt"} {
		if runtime.GOOS == "windows" && path == "/ok/x.txt" {
			continue
		}
		if got := s.get(t, path); content(got) != "public" {
			t.Errorf("%s: got %q", path, got)
		}
	}
}

// A script that is a link out of the root is not there.
func TestScriptOutsideTheRoot(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need a permission on Windows")
	}
	top := openDir(t)
	put(t, top, 0o755, map[string]string{"outside/x.sh": begin + "echo ran\n"})
	dir := filepath.Join(top, "site")
	must(t, os.MkdirAll(filepath.Join(dir, "cgi-bin"), 0o755))
	must(t, os.Symlink("../../outside/x.sh",
		filepath.Join(dir, "cgi-bin/x.sh")))
	must(t, os.Symlink("../outside", filepath.Join(dir, "htbin")))
	s := serve(t, dir, nil)
	for _, path := range []string{"/cgi-bin/x.sh", "/htbin/x.sh",
		"/cgi-bin/../../outside/x.sh", "/cgi-bin/%2e%2e/%2e%2e/outside/x.sh",
		"/cgi-bin/..%2f..%2foutside%2fx.sh", "/cgi-bin/..%5c..%5coutside"} {
		if got := s.get(t, path); status(got) != "404" {
			t.Errorf("%s: got %.80q", path, got)
		}
	}
}

// An alias is a script that lies elsewhere.
func TestScriptAlias(t *testing.T) {
	self, err := os.Executable()
	must(t, err)
	elsewhere := openDir(t)
	ownScripts(t, elsewhere, "program")
	s := serve(t, openDir(t), func(_ *httpserver.HTTPServer,
		h *CGIHTTPRequestHandler) {
		h.ScriptAlias = map[string]string{
			"/cgi-bin/env": filepath.Join(elsewhere, "program"),
			"/lost":        self + "-that-is-not-there",
		}
	})
	got := content(s.get(t, "/cgi-bin/env/more"))
	if !strings.Contains(got, "\nSCRIPT_NAME=/cgi-bin/env\n") ||
		!strings.Contains(got, "\nPATH_INFO=/more\n") {
		t.Errorf("got %q", got)
	}
	for _, path := range []string{"/cgi-bin/environment", "/lost"} {
		if got := s.get(t, path); status(got) != "404" {
			t.Errorf("%s: got %.80q", path, got)
		}
	}
}

// What a script is told of the request, and what it is not.
func TestEnvironment(t *testing.T) {
	t.Setenv("WIREBOOK_PASSWORD", "hunter2")
	s := ownSite(t, nil)
	got := content(ask(t, s.addr, "GET /cgi-bin/env/a%20b//c/?q=%20 HTTP/1.0\r\n"+
		"Proxy: http://evil/\r\nAuthorization: Basic abc\r\n"+
		"Proxy-Authorization: Basic abc\r\nX_Under: 1\r\nContent_Length: 9\r\n"+
		"X-Nul: a\x00b\r\nAccept: text/html\r\nACCEPT: text/plain\r\n"+
		"Cookie: a\r\nCookie: b\r\n\r\n"))
	list := strings.Split(got, "\n")
	for _, line := range []string{
		"GATEWAY_INTERFACE=CGI/1.1", "REQUEST_METHOD=GET",
		"SCRIPT_NAME=/cgi-bin/env", "PATH_INFO=/a b/c/",
		"PATH_TRANSLATED=" + filepath.FromSlash(s.dir+"/a b/c/"),
		"QUERY_STRING=q=%20", "REMOTE_ADDR=127.0.0.1", "CONTENT_LENGTH=",
		"SERVER_NAME=localhost", "HTTP_X_NUL=a b", "HTTP_ACCEPT=text/html,text/plain",
		"HTTP_COOKIE=a; b",
	} {
		if !slices.Contains(list, line) {
			t.Errorf("no %s in %q", line, list)
		}
	}
	for _, name := range []string{"HTTP_PROXY", "AUTHORIZATION", "UNDER",
		"HTTP_CONTENT", "hunter2", "AUTH_TYPE"} {
		if strings.Contains(got, name) {
			t.Errorf("%s in %q", name, list)
		}
	}
}
