package cgi

import (
	"strings"
	"testing"

	"example/wirebook/steps/04-static/httpserver"
)

// No body makes the reader of forms fail in a way of its own, or read on past
// the length.
func FuzzForm(f *testing.F) {
	f.Add(upload, multi, "a=1")
	f.Add("a=%", urlencoded, "%zz&=&+")
	f.Fuzz(func(t *testing.T, body, contentType, query string) {
		form, err := read(body, contentType, query)
		if err != nil {
			return
		}
		size := 0
		for _, field := range form {
			size += len(field.Value)
		}
		// A byte that is no UTF-8 becomes three.
		if size > 3*(len(body)+len(query)) {
			t.Errorf("%d bytes of values from %d and %d",
				size, len(body), len(query))
		}
	})
}

// What a script prints becomes lines of a head or an error, and nothing that
// could end a line.
func FuzzHead(f *testing.F) {
	f.Add("Content-Type: text/plain\r\n\r\nHello\n")
	f.Add("Status: 404 Nope\nX: a\rb\n\n")
	f.Add("Location: /x\n\n")
	f.Fuzz(func(t *testing.T, output string) {
		head, err := readHead(bufioReader(output))
		if err != nil {
			return
		}
		code, reason := head.status()
		if code < 200 || code > 599 || strings.Contains(reason, "\n") {
			t.Errorf("status %d %q", code, reason)
		}
		for _, field := range head.fields {
			if strings.ContainsFunc(field.Name, notInName) ||
				strings.Contains(field.Name, ":") ||
				strings.Contains(field.Value, "\n") {
				t.Errorf("field %q", field)
			}
		}
	})
}

// A target names a script or a file; the two sides never disagree on which.
func FuzzFind(f *testing.F) {
	for _, target := range []string{"/cgi-bin/x.sh/a?b", "/%63gi-bin%2fx.sh",
		"/cgi-bin/../x", "/x/%2e%2e/htbin//y", "/cgi-bin", "/cgi-bin/sub/x"} {
		f.Add(target)
	}
	dir := f.TempDir()
	put(f, dir, 0o644, map[string]string{"cgi-bin/sub/x": ""})
	h, err := NewCGIHTTPRequestHandler(dir)
	must(f, err)
	f.Cleanup(func() { h.Close() })
	f.Fuzz(func(t *testing.T, target string) {
		name, _ := httpserver.TranslatePath(target)
		inside := strings.HasPrefix(name, "cgi-bin/") ||
			strings.HasPrefix(name, "htbin/")
		s, found := h.find(target)
		if inside && !found {
			t.Errorf("%q: a file %q in a script folder", target, name)
		}
		if !found {
			return
		}
		whole := "/" + name
		if strings.TrimSuffix(s.name+s.pathInfo, "/") != whole {
			t.Errorf("%q: %q and %q, want parts of %q",
				target, s.name, s.pathInfo, whole)
		}
	})
}
