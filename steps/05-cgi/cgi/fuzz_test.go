package cgi

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// No body makes the reader of forms fail in a way of its own, or read on past
// the length. What it reads of a query string is what net/url reads, where
// that takes it at all.
func FuzzForm(f *testing.F) {
	f.Add(upload, multi, "a=1")
	f.Add("a=%", urlencoded, "%zz&=&+")
	f.Add("a=1", urlencoded, "a=%2B+&b&a=&=c")
	f.Fuzz(func(t *testing.T, body, contentType, query string) {
		form, err := read(body, contentType, query)
		if err != nil {
			return
		}
		values, err := url.ParseQuery(query)
		if err != nil {
			return // a semicolon, or a wrong %XX: these are kept here
		}
		for name, list := range values {
			if !utf8.ValidString(name + strings.Join(list, "")) {
				continue
			}
			got := form.GetList(name)
			got = got[max(0, len(got)-len(list)):] // after those of the body
			if !slices.Equal(got, list) {
				t.Errorf("%q: got %q, want %q", name, got, list)
			}
		}
	})
}

// What a script prints becomes lines of a head or an error, and nothing that
// could end a line.
func FuzzHead(f *testing.F) {
	name := regexp.MustCompile(`^[!-9;-~]+$`) // visible, and no colon
	f.Add("Content-Type: text/plain\r\n\r\nHello\n")
	f.Add("Status: 404 Nope\nX: a\rb\n\n")
	f.Add("Location: /x\n\n")
	f.Fuzz(func(t *testing.T, output string) {
		head, err := readHead(newReader(output))
		if err != nil {
			return
		}
		code, reason := head.status()
		if code < 200 || code > 599 || strings.Contains(reason, "\n") {
			t.Errorf("status %d %q", code, reason)
		}
		for _, field := range head.fields {
			if !name.MatchString(field.Name) ||
				strings.Contains(field.Value, "\n") {
				t.Errorf("field %q", field)
			}
		}
	})
}

// A target names a script where its path, decoded by net/url and cleaned, lies
// in a script folder.
func FuzzFind(f *testing.F) {
	for _, target := range []string{"/cgi-bin/x.sh/a?b", "/%63gi-bin%2fx.sh",
		"/cgi-bin/../x", "/x/%2e%2e/htbin//y", "/cgi-bin", "/cgi-bin/",
		"/cgi-bin/sub/x", "/cgi-bin/sub/x/y/"} {
		f.Add(target)
	}
	dir := f.TempDir()
	put(f, dir, 0o644, map[string]string{"cgi-bin/sub/x": ""})
	h, err := NewCGIHTTPRequestHandler(dir)
	must(f, err)
	f.Cleanup(func() { h.Close() })
	f.Fuzz(func(t *testing.T, target string) {
		encoded, _, _ := strings.Cut(target, "#")
		encoded, _, _ = strings.Cut(encoded, "?")
		decoded, err := url.PathUnescape(encoded)
		if err != nil {
			return // a % without two digits, which stands for itself here
		}
		whole := path.Clean("/" + decoded)
		if strings.HasSuffix(encoded, "/") && whole != "/" {
			whole += "/"
		}
		due := strings.HasPrefix(whole, "/cgi-bin/") ||
			strings.HasPrefix(whole, "/htbin/")
		s, found := h.find(target)
		switch {
		case found != due:
			t.Errorf("%q: found %v, want %v", target, found, due)
		case found && s.name+s.pathInfo != whole:
			t.Errorf("%q: %q and %q, want parts of %q",
				target, s.name, s.pathInfo, whole)
		}
		if name, ok := strings.CutPrefix(whole, "/cgi-bin/sub/x"); ok &&
			(name == "" || name[0] == '/') && s.name != "/cgi-bin/sub/x" {
			t.Errorf("%q: the script is %q", target, s.name)
		}
	})
}
