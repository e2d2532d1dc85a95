package main

import (
	"errors"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	const host = "\r\nHost: h"
	for head, want := range map[string]string{
		"GET / HTTP/1.1" + host:               "",
		"GET / HTTP/1.0":                      "",
		"GET / HTTP/1.9" + host:               "",
		"\r\nGET / HTTP/1.1" + host:           "",
		"GET / HTTP/1.1\r\nhOSt:h":            "",
		"GET / HTTP/1.1\r\nHost:":             "",
		"GET / HTTP/1.1" + host + "\r\nA: b:": "",

		"":                                       "400 Bad Request: request line must have three parts",
		"HELLO":                                  "400 Bad Request: request line must have three parts",
		"\r\n\r\nGET / HTTP/1.1" + host:          "400 Bad Request: request line must have three parts",
		"GET  / HTTP/1.1" + host:                 "400 Bad Request: request line must have three parts",
		"GET / HTTP/1.1 " + host:                 "400 Bad Request: request line must have three parts",
		"GET / HTTP/1.x" + host:                  "400 Bad Request: bad version",
		"GET / HTTP/1.10" + host:                 "400 Bad Request: bad version",
		"GET / http/1.1" + host:                  "400 Bad Request: bad version",
		"GET / HTTP/1,1" + host:                  "400 Bad Request: bad version",
		"GET / HTTP/2.0" + host:                  "505 HTTP Version Not Supported",
		"GET / HTTP/0.9":                         "505 HTTP Version Not Supported",
		"GET / HTTP/1.1":                         "400 Bad Request: HTTP/1.1 needs exactly one Host",
		"GET / HTTP/1.2":                         "400 Bad Request: HTTP/1.1 needs exactly one Host",
		"GET / HTTP/1.1" + host + host:           "400 Bad Request: HTTP/1.1 needs exactly one Host",
		"GET / HTTP/1.0" + host + host:           "400 Bad Request: HTTP/1.1 needs exactly one Host",
		"GET / HTTP/1.1\r\nHost : h":             "400 Bad Request: bad field line",
		"GET / HTTP/1.1" + host + "\r\n folded":  "400 Bad Request: bad field line",
		"GET / HTTP/1.1" + host + "\r\n: empty":  "400 Bad Request: bad field line",
		"GET / HTTP/1.1" + host + "\r\nno colon": "400 Bad Request: bad field line",
		"GET / HTTP/1.1" + host + "\r\nA: \x00":  "400 Bad Request: bad field line",
		"GET / HTTP/1.1" + host + "\nA: b":       "400 Bad Request: bad field line",
		"GET / HTTP/1.1" + host + "\rA: b":       "400 Bad Request: bad field line",
		"GET / HTTP/1.1" + host + "\r\né: b":     "400 Bad Request: bad field line",
	} {
		_, err := parse(head)
		got := ""
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%q: %q, want %q", head, got, want)
		}
	}
}

func TestPath(t *testing.T) {
	for target, want := range map[string]string{
		"/":                         "/",
		"/test.jpg":                 "/test.jpg",
		"/test.jpg?x=1":             "/test.jpg",
		"/?/test.jpg":               "/",
		"/%74est%2ejpg":             "/test.jpg",
		"/a%3Fb?c":                  "/a?b",
		"/%2574est.jpg":             "/%74est.jpg",
		"/%7":                       "/%7",
		"/a+b":                      "/a+b",
		"http://h:8000/test.jpg?x":  "/test.jpg",
		"http://h":                  "/",
		"http://h?x":                "/",
		"*":                         "*",
		"h:8000":                    "h:8000",
		"https://localhost/":        "https://localhost/",
		"//test.jpg":                "//test.jpg",
		"/http://h/../../test.jpg?": "/http://h/../../test.jpg",
	} {
		if got := path(target); got != want {
			t.Errorf("%q: %q, want %q", target, got, want)
		}
	}
}

// FuzzParse: whatever comes, it is a request of version 1.x with at most one
// Host, or it is refused in words of ours.
func FuzzParse(f *testing.F) {
	f.Add("GET / HTTP/1.1\r\nHost: h")
	f.Add("\r\nHEAD http://h/%74?x HTTP/1.0\r\nA:\tb \r\na: c")
	f.Add("GET / HTTP/1.1\r\n folded")
	site := site{page: []byte("page"), picture: []byte("picture")}
	f.Fuzz(func(t *testing.T, head string) {
		r, err := parse(head)
		if err != nil {
			var wrong *statusError
			if r != nil || !errors.As(err, &wrong) || !strings.Contains(wrong.status, " ") {
				t.Fatalf("%q: %v, %v", head, r, err)
			}
			return
		}
		if !strings.HasPrefix(r.version, "HTTP/1.") || len(r.fields["host"]) > 1 {
			t.Fatalf("%q: %+v", head, r)
		}
		for name := range r.fields {
			if name != strings.ToLower(name) || !isToken(name) {
				t.Fatalf("%q: field %q", head, name)
			}
		}
		response := string(site.respond(r).bytes(r.method))
		if head, _, found := strings.Cut(response, "\r\n\r\n"); !found || !strings.HasPrefix(head, "HTTP/1.1 ") {
			t.Fatalf("%q: responded %q", head, response)
		}
	})
}
