package httpserver

import "testing"

func TestTranslatePath(t *testing.T) {
	for _, c := range []struct {
		target, name string
		slash        bool
	}{
		{"/", ".", true},
		{"", ".", false},
		{"/hello.txt", "hello.txt", false},
		{"/list/", "list", true},
		{"/list/?x=/", "list", true},
		{"/list#/", "list", false},
		{"/list%2f", "list", false},
		{"//a///b", "a/b", false},
		{"/../../a", "a", false},
		{"/a/../../b/./c/..", "b", false},
		{"/%2e%2e/a", "a", false},
		{"/%252e%252e/a", "%2e%2e/a", false},
		{"/100%", "100%", false},
		{"/100%2", "100%2", false},
		{"/%zz%41", "%zzA", false},
		{"/a+b", "a+b", false},
		{"/caf%C3%A9", "café", false},
		{"/caf%c3%a9", "café", false},
		{"/caf\xc3\xa9", "café", false},
		{"/caf%E9", "caf\xe9", false},
		{"/%+1%-1%_1", "%+1%-1%_1", false},
		{"/a%00b", "a\x00b", false},
		{`/a\..\b`, `a\..\b`, false},
		{"http://x/a", "http:/x/a", false},
	} {
		name, slash := TranslatePath(c.target)
		if name != c.name || slash != c.slash {
			t.Errorf("%q: got %q, %v, want %q", c.target, name, slash, c.name)
		}
	}
}

func TestQuote(t *testing.T) {
	for _, c := range []struct{ name, link string }{
		{"plain-1_2.txt~", "plain-1_2.txt~"},
		{"a b/", "a%20b/"},
		{"<b>&\"'", "%3Cb%3E%26%22%27"},
		{"é", "%C3%A9"},
		{"bad\xff", "bad%FF"},
		{"\n", "%0A"},
		{"\ufffd", "%EF%BF%BD"},
	} {
		if got := quote(c.name); got != c.link {
			t.Errorf("%q: got %q, want %q", c.name, got, c.link)
		}
		if got := unquote(c.link); got != c.name {
			t.Errorf("%q: back to %q, want %q", c.link, got, c.name)
		}
	}
}

func TestContentType(t *testing.T) {
	for name, due := range map[string]string{
		"index.html":       "text/html",
		"page.htm":         "text/html",
		"/www/a.b/x.JPG":   "image/jpeg",
		"archive.tar.gz":   "application/gzip",
		"a.Z":              "application/octet-stream",
		"README":           "application/octet-stream",
		".profile":         "application/octet-stream",
		".profile.txt":     "text/plain",
		"a.txt.unknownext": "application/octet-stream",
		"dir.html/name":    "application/octet-stream",
		"dot.":             "application/octet-stream",
	} {
		if got := contentType(name); got != due {
			t.Errorf("%s: got %s, want %s", name, got, due)
		}
	}
}
