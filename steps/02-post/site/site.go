// Package site is what the server of step 02 serves: the page with its form,
// the picture and the time. It takes the head of a request apart, makes the
// response and writes that as bytes. It reads and writes no connection, so that
// step 03 serves the same site on another kind of server.
package site

import (
	"bytes"
	"html"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"example/wirebook/steps/02-post/form"
)

// A Site is two files, read once, and the time.
type Site struct {
	page, picture []byte
}

// Load reads the files of a site, index.html and test.jpg, in the folder dir.
func Load(dir string) (*Site, error) {
	page, err := os.ReadFile(filepath.Join(dir, "index.html"))
	if err != nil {
		return nil, err
	}
	picture, err := os.ReadFile(filepath.Join(dir, "test.jpg"))
	if err != nil {
		return nil, err
	}
	return &Site{page, picture}, nil
}

// methods are those that HTTP defines. The server knows them all and allows
// GET and HEAD; of any other it can only say that it does not know it.
var methods = []string{"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT",
	"OPTIONS", "TRACE", "PATCH"}

// Respond returns the response to a request.
func (s *Site) Respond(r *Request) Response {
	// choose the answer
	if !slices.Contains(methods, r.Method) {
		return ErrorResponse(&StatusError{Status: "501 Not Implemented"})
	}
	var found Response
	allowed := []string{"GET", "HEAD"}
	switch path(r.Target) {
	case "/":
		found = Response{ContentType: "text/html; charset=utf-8", Body: s.page}
		allowed = append(allowed, "POST")
	case "/test.jpg":
		found = Response{ContentType: "image/jpeg", Body: s.picture}
	case "/time":
		now := []byte(httpDate(time.Now()) + "\n")
		found = Response{ContentType: "text/plain", Body: now}
	default:
		return ErrorResponse(&StatusError{Status: "404 Not Found"})
	}
	if !slices.Contains(allowed, r.Method) {
		no := ErrorResponse(&StatusError{Status: "405 Method Not Allowed"})
		no.Allow = strings.Join(allowed, ", ")
		return no
	}
	if r.Method == "POST" {
		if !isForm(r.Field("content-type")) {
			return ErrorResponse(
				&StatusError{Status: "415 Unsupported Media Type"})
		}
		found.Body = s.withNames(form.Parse(string(r.Body)))
	}
	found.Status = "200 OK"
	return found
}

// isForm tells whether a body of this type is a form that we can read. What
// follows the semicolon, a charset for one, changes nothing.
func isForm(contentType string) bool {
	contentType, _, _ = strings.Cut(contentType, ";")
	const urlencoded = "application/x-www-form-urlencoded"
	return strings.EqualFold(strings.TrimSpace(contentType), urlencoded)
}

// withNames is the page with every firstname of the form on it. Each value is
// escaped: it comes from a stranger, and unescaped it could be a script that
// runs in the reader's browser.
func (s *Site) withNames(pairs []form.Pair) []byte {
	var names strings.Builder
	for _, p := range pairs {
		if p.Name == "firstname" {
			names.WriteString("<p>" + html.EscapeString(p.Value) + "</p>\n")
		}
	}
	end := []byte("</body>")
	return bytes.Replace(s.page, end, append([]byte(names.String()), end...), 1)
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
