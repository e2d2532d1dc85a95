package main

import (
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A site is two files, read once, and the time.
type site struct {
	page, picture []byte
}

// load reads the files of a site, index.html and test.jpg, in the folder dir.
func load(dir string) (*site, error) {
	page, err := os.ReadFile(filepath.Join(dir, "index.html"))
	if err != nil {
		return nil, err
	}
	picture, err := os.ReadFile(filepath.Join(dir, "test.jpg"))
	if err != nil {
		return nil, err
	}
	return &site{page, picture}, nil
}

// methods are those that HTTP defines. The server knows them all and allows
// GET and HEAD; of any other it can only say that it does not know it.
var methods = []string{"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT",
	"OPTIONS", "TRACE", "PATCH"}

// respond returns the response to a request.
func (s *site) respond(r *request) response {
	// choose the answer
	if !slices.Contains(methods, r.method) {
		return errorResponse(&statusError{status: "501 Not Implemented"})
	}
	var found response
	switch path(r.target) {
	case "/":
		found = response{contentType: "text/html; charset=utf-8", body: s.page}
	case "/test.jpg":
		found = response{contentType: "image/jpeg", body: s.picture}
	case "/time":
		now := []byte(httpDate(time.Now()) + "\n")
		found = response{contentType: "text/plain", body: now}
	default:
		return errorResponse(&statusError{status: "404 Not Found"})
	}
	if r.method != "GET" && r.method != "HEAD" {
		no := errorResponse(&statusError{status: "405 Method Not Allowed"})
		no.allow = "GET, HEAD"
		return no
	}
	found.status = "200 OK"
	return found
}

// path is the part of a target that names a thing: without the query, and
// decoded, so that /%74est.jpg and /test.jpg are one.
func path(target string) string {
	// A proxy is sent the whole address, and every server must understand
	// it. This one has one site: whatever host it names is ours.
	if rest, found := strings.CutPrefix(target, "http://"); found {
		_, rest, _ = strings.Cut(rest, "/")
		target = "/" + rest
	}
	name, _, _ := strings.Cut(target, "?")
	// Cut first, decode second: a %3F is a question mark in a name. What
	// cannot be decoded stays as it is, and nothing here has such a name.
	if decoded, err := url.PathUnescape(name); err == nil {
		return decoded
	}
	return name
}
