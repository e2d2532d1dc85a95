package httpserver

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// trappedSite is a folder with everything that could lead out of it, and a
// secret beside it. It returns the folder and the secret's full path.
func trappedSite(t *testing.T) (site, secret string) {
	t.Helper()
	top := t.TempDir()
	site, outside := filepath.Join(top, "site"), filepath.Join(top, "outside")
	must(t, os.MkdirAll(filepath.Join(site, "dir", "deep"), 0o755))
	must(t, os.MkdirAll(outside, 0o755))
	secret = filepath.Join(outside, "secret.txt")
	must(t, os.WriteFile(secret, []byte(theSecret), 0o644))
	must(t, os.WriteFile(filepath.Join(outside, "index.html"),
		[]byte(theSecret), 0o644))
	must(t, os.WriteFile(filepath.Join(site, "hello.txt"),
		[]byte("Hello\n"), 0o644))
	for link, target := range map[string]string{
		"out-dir":            "../outside",
		"out-file":           "../outside/secret.txt",
		"absolute-dir":       outside,
		"absolute-file":      secret,
		"dir/out":            "../../outside",
		"dir/deep/out":       "../../../outside/secret.txt",
		"chain":              "dir/out",
		"dir/index.html":     "../../outside/secret.txt",
		"loop":               "loop",
		"in-file":            "hello.txt",
		"absolute-in":        filepath.Join(site, "hello.txt"),
		"dir/deep/up-and-in": "../../../site/hello.txt",
	} {
		symlink(t, target, filepath.Join(site, link))
	}
	return site, secret
}

const theSecret = "outside the root\n"

// TestWaysOut tries every way out of the folder. None is found: 404, or 400
// where it cannot be a request line.
func TestWaysOut(t *testing.T) {
	site, secret := trappedSite(t)
	addr := siteServer(t, fileHandler(t, site), nil)
	for _, c := range []struct{ name, target string }{
		{"dots", "/../outside/secret.txt"},
		{"many dots", strings.Repeat("/..", 30) + secret},
		{"dots without slash", "../outside/secret.txt"},
		{"dots inside", "/dir/../../outside/secret.txt"},
		{"dots at the end", "/dir/../../outside/"},
		{"encoded dots", "/%2e%2e/outside/secret.txt"},
		{"one dot encoded", "/.%2e/outside/secret.txt"},
		{"encoded slash", "/..%2foutside%2fsecret.txt"},
		{"encoded slash, capitals", "/..%2Foutside%2Fsecret.txt"},
		{"all encoded", "/%2e%2e%2f%6f%75%74%73%69%64%65%2fsecret.txt"},
		{"encoded twice", "/%252e%252e/outside/secret.txt"},
		{"slash encoded twice", "/..%252foutside/secret.txt"},
		{"overlong UTF-8 dot", "/%c0%ae%c0%ae/outside/secret.txt"},
		{"overlong UTF-8 slash", "/..%c0%afoutside%c0%afsecret.txt"},
		{"wide dots", "/%ef%bc%8e%ef%bc%8e/outside/secret.txt"},
		{"surrogate dots", "/%ed%b2%ae%ed%b2%ae/outside/secret.txt"},
		{"backslash", `/..\outside\secret.txt`},
		{"encoded backslash", "/..%5coutside%5csecret.txt"},
		{"backslash first", `\..\outside\secret.txt`},
		{"more dots", "/..../outside/secret.txt"},
		{"dots that cancel", "/....//outside/secret.txt"},
		{"absolute", secret},
		{"two slashes and absolute", "/" + secret},
		{"encoded absolute", "/" + url.PathEscape(secret)},
		{"absolute form", "http://x" + secret},
		{"file URL", "file://" + secret},
		{"NUL", "/hello.txt%00"},
		{"NUL and ending", "/hello.txt%00.html"},
		{"NUL before dots", "/%00/../../outside/secret.txt"},
		{"drive", "/C:/outside/secret.txt"},
		{"semicolon", "/..;/outside/secret.txt"},
		{"query", "/?/../../outside/secret.txt/none"},
		{"link to a folder", "/out-dir/secret.txt"},
		{"link to a folder, its index", "/out-dir/"},
		{"link to a folder, no slash", "/out-dir"},
		{"link to a file", "/out-file"},
		{"absolute link to a folder", "/absolute-dir/secret.txt"},
		{"absolute link to a file", "/absolute-file"},
		{"absolute link to the inside", "/absolute-in"},
		{"link in a folder", "/dir/out/secret.txt"},
		{"link in a folder in a folder", "/dir/deep/out"},
		{"link to a link", "/chain/secret.txt"},
		{"link around the root", "/dir/deep/up-and-in"},
		{"index that is a link", "/dir/"},
		{"link to itself", "/loop"},
		{"a space", "/../outside /secret.txt"},
	} {
		t.Run(c.name, func(t *testing.T) {
			answer := ask(t, addr, "GET "+c.target+" HTTP/1.0\r\n\r\n")
			_, body, _ := strings.Cut(answer, "\r\n\r\n")
			if strings.Contains(body, theSecret) {
				t.Fatal("got the secret")
			}
			switch got := status(answer); {
			case c.name == "query": // asks for the folder itself
				if got != "200" || strings.Contains(body, "secret.txt<") {
					t.Errorf("got %q", answer)
				}
			case got != "404" && got != "400":
				t.Errorf("got %q, want 404 or 400", answer)
			}
		})
	}
	// The traps are real, and links that stay inside work.
	if data, err := os.ReadFile(filepath.Join(site, "out-file")); err != nil ||
		string(data) != theSecret {
		t.Errorf("the link out leads to %q, %v", data, err)
	}
	answer := ask(t, addr, "GET /in-file HTTP/1.0\r\n\r\n")
	if !strings.HasSuffix(answer, "\r\n\r\nHello\n") {
		t.Errorf("link inside: got %q", answer)
	}
}

// TestRedirectStaysHere asks for folders in every way that a redirect could
// be turned into one to another host, and reads the Location as a browser
// does.
func TestRedirectStaysHere(t *testing.T) {
	dir := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(dir, "list"), 0o755))
	addr := siteServer(t, fileHandler(t, dir), nil)
	const cpython = "/python.org/..%2f..%2f..%2f..%2f..%2f../%0a%0d/../list"
	for _, c := range []struct{ target, location string }{
		{"/list", "/list/"},
		{"/list?x=1", "/list/?x=1"},
		{"/list#top", "/list/#top"},
		{"/list?x=1#top", "/list/?x=1#top"},
		{"/list?", "/list/"},
		{"//list", "/list/"},
		{"/////list", "/list/"},
		{"//evil.example/../list", "/evil.example/../list/"},
		{"///evil.example/..//list", "/evil.example/..//list/"},
		{"//evil.example/%2e%2e/list", "/evil.example/%2e%2e/list/"},
		// The cases of CPython's own test of this (issue 87389).
		{cpython, cpython + "/"},
		{"/" + cpython, cpython + "/"},
		{"//" + cpython, cpython + "/"},
		{"https://pypi.org" + cpython, ""}, // Python goes to pypi.org
		{`/\evil.example/../list`, "/%5Cevil.example/../list/"},
		{`/\/evil.example/../../list`, "/%5C/evil.example/../../list/"},
		{`\\evil.example\..\list`, ""},
		{"http:/../list", ""}, // a scheme
		{"javascript:alert(1)/../list", ""},
		{"list", "list/"}, // no browser sends this
		{"/list?\x1b[31m\xe9", "/list/?%1B[31m%E9"},
		{"/list%0d%0aLocation:%20//evil.example", ""},
		{"/list%0d%0a/..", "/list%0d%0a/../"}, // still encoded
		{"//evil.example", ""},
		{"//", ""},
	} {
		answer := ask(t, addr, "GET "+c.target+" HTTP/1.0\r\n\r\n")
		got := field(answer, "Location")
		if got != c.location {
			t.Errorf("%s: Location %q, want %q", c.target, got, c.location)
		}
		if strings.Count(answer, "Location:") > 1 {
			t.Errorf("%s: %q", c.target, answer)
		}
		base, err := url.Parse("http://here.example/")
		must(t, err)
		// A browser takes a backslash for a slash.
		to, err := base.Parse(strings.ReplaceAll(got, `\`, "/"))
		if err != nil || to.Host != "here.example" || to.Scheme != "http" {
			t.Errorf("%s: leads to %v, %v", c.target, to, err)
		}
	}
}

// TestNoLineEndInHeader puts line ends wherever a client's text could reach
// the head of the answer.
func TestNoLineEndInHeader(t *testing.T) {
	dir := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(dir, "list"), 0o755))
	addr := siteServer(t, fileHandler(t, dir), nil)
	for _, request := range []string{
		"GET /list%0d%0aX-Injected:%201 HTTP/1.0\r\n\r\n",
		"GET /list?%0d%0aX-Injected:%201 HTTP/1.0\r\n\r\n",
		"GET /list?a\rX-Injected:1 HTTP/1.0\r\n\r\n",
		"GET /list/..%0aX-Injected:%201/.. HTTP/1.0\r\n\r\n",
		"G\x00T /list HTTP/1.0\r\n\r\n",
		"X-Injected:\r1 / HTTP/1.0\r\n\r\n",
		"\rX-Injected:1\r / HTTP/1.0\r\n\r\n",
		"GET\x85/list\x85HTTP/1.0\r\n\r\n",
		"GET / HTTP/1.\rX-Injected:\r1\r\n\r\n",
	} {
		answer := ask(t, addr, request)
		head, _, _ := strings.Cut(answer, "\r\n\r\n")
		if status(answer) == "" {
			continue // no head at all
		}
		for line := range strings.SplitSeq(head, "\r\n") {
			if strings.ContainsAny(line, "\r\n\x00") ||
				strings.HasPrefix(line, "X-Injected") {
				t.Errorf("%q: got head %q", request, head)
			}
		}
	}
	// What reaches SendHeader all the same cannot end the line.
	answer := ask(t, siteServer(t, handlerFunc(
		func(w *ResponseWriter, r *Request) {
			w.SendResponse(200, "OK\r\nX-Injected: 1")
			w.SendHeader("X\r\nX-Injected", "a\r\nX-Injected: 1\x00")
			w.EndHeaders()
		}), nil), getHello)
	if strings.Contains(answer, "\nX-Injected") ||
		field(answer, "X  X-Injected") != "a  X-Injected: 1 " {
		t.Errorf("got %q", answer)
	}
}
