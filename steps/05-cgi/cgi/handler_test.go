package cgi

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

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

// An alias is a script that lies elsewhere, with whatever follows its name.
func TestScriptAlias(t *testing.T) {
	s := ownSite(t, func(_ *httpserver.HTTPServer, h *CGIHTTPRequestHandler) {
		h.ScriptAlias["/lost"] = filepath.Join(t.TempDir(), "not-there")
	})
	got := content(s.get(t, "/cgi-bin/env/more"))
	if !strings.Contains(got, "\nSCRIPT_NAME=/cgi-bin/env\n") ||
		!strings.Contains(got, "\nPATH_INFO=/more\n") {
		t.Errorf("got %q", got)
	}
	for _, path := range []string{"/cgi-bin/environment", "/lost", "/lost/x"} {
		if got := s.get(t, path); status(got) != "404" {
			t.Errorf("%s: got %.80q", path, got)
		}
	}
}

// A program in a script folder runs on every system, if its name ends in .exe.
func TestProgram(t *testing.T) {
	dir := openDir(t)
	self, err := os.Executable()
	must(t, err)
	program, err := os.ReadFile(self)
	must(t, err)
	put(t, dir, 0o755, map[string]string{"htbin/hello.exe": string(program)})
	s := serve(t, dir, nil)
	if got := s.get(t, "/htbin/hello.exe"); content(got) !=
		"script hello.exe\n" {
		t.Errorf("got %.80q", got)
	}
}

// What a script may do unless a field is set.
func TestDefaults(t *testing.T) {
	h, err := NewCGIHTTPRequestHandler(t.TempDir())
	must(t, err)
	defer h.Close()
	if h.Timeout != 30*time.Second || h.MaxBody != 16<<20 ||
		!slices.Equal(h.Dirs, []string{"/cgi-bin", "/htbin"}) {
		t.Errorf("got %v, %d bytes, %q", h.Timeout, h.MaxBody, h.Dirs)
	}
}

// A path in Location is answered by this server: as a GET without content, and
// as a HEAD where that was asked. It may lead on nine times.
func TestLocalLocation(t *testing.T) {
	t.Parallel()
	s := ownSite(t, nil)
	const toEnv = "/cgi-bin/print?text=Location:+/cgi-bin/env?q%0a%0a"
	got := content(ask(t, s.addr, "POST "+toEnv+" HTTP/1.0\r\n"+
		"Content-Length: 3\r\nContent-Type: a/b\r\nX-Kept: yes\r\n\r\na=1"))
	for _, due := range []string{"REQUEST_METHOD=GET", "CONTENT_LENGTH=",
		"CONTENT_TYPE=text/plain", "QUERY_STRING=q", "HTTP_X_KEPT=yes"} {
		if !strings.Contains("\n"+got+"\n", "\n"+due+"\n") {
			t.Errorf("no %s in %q", due, got)
		}
	}
	head := ask(t, s.addr, "HEAD "+toEnv+" HTTP/1.0\r\n\r\n")
	if status(head) != "200" || content(head) != "" {
		t.Errorf("HEAD: got %q", head)
	}
	for path, due := range map[string]string{
		"/cgi-bin/chain/9": "200", "/cgi-bin/chain/10": "500"} {
		if got := s.get(t, path); status(got) != due {
			t.Errorf("%s: got %q, want %s", path, got, due)
		}
	}
}
