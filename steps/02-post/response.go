package main

import (
	"bytes"
	"errors"
	"html"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"example/wirebook/steps/02-post/form"
)

// A site is what the server serves: two files, read once, and the time.
type site struct {
	page, picture []byte
}

func load(dir string) (s site, err error) {
	s.page, err = os.ReadFile(filepath.Join(dir, "index.html"))
	if err != nil {
		return s, err
	}
	s.picture, err = os.ReadFile(filepath.Join(dir, "test.jpg"))
	return s, err
}

// methods are those that HTTP defines. The server knows them all and allows
// GET and HEAD; of any other it can only say that it does not know it.
var methods = []string{"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT",
	"OPTIONS", "TRACE", "PATCH"}

// A response is an answer before it becomes bytes.
type response struct {
	status string // code and phrase, "200 OK"
	kind   string // the Content-Type
	body   []byte
	allow  string // the Allow field; it goes with status 405
}

// choose finds what a request asks for.
func (s site) choose(r *request) response {
	// choose the answer
	if !slices.Contains(methods, r.method) {
		return report("501 Not Implemented")
	}
	var found response
	allowed := []string{"GET", "HEAD"}
	switch path(r.target) {
	case "/":
		found = response{kind: "text/html; charset=utf-8", body: s.page}
		allowed = append(allowed, "POST")
	case "/test.jpg":
		found = response{kind: "image/jpeg", body: s.picture}
	case "/time":
		now := []byte(httpDate(time.Now()) + "\n")
		found = response{kind: "text/plain", body: now}
	default:
		return report("404 Not Found")
	}
	if !slices.Contains(allowed, r.method) {
		no := report("405 Method Not Allowed")
		no.allow = strings.Join(allowed, ", ")
		return no
	}
	if r.method == "POST" {
		if !isForm(r.field("content-type")) {
			return report("415 Unsupported Media Type")
		}
		found.body = s.withNames(form.Parse(string(r.body)))
	}
	found.status = "200 OK"
	return found
}

// isForm says whether a body of this type is a form that we can read. What
// follows the semicolon, a charset for one, changes nothing.
func isForm(kind string) bool {
	kind, _, _ = strings.Cut(kind, ";")
	const urlencoded = "application/x-www-form-urlencoded"
	return strings.EqualFold(strings.TrimSpace(kind), urlencoded)
}

// withNames is the page with every firstname of the form on it. Each value is
// escaped: it comes from a stranger, and unescaped it could be a script that
// runs in the reader's browser.
func (s site) withNames(pairs []form.Pair) []byte {
	// build the page
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

// report is an answer that says its status in words, too.
func report(text string) response {
	status, _, _ := strings.Cut(text, ":")
	return response{
		status: status,
		kind:   "text/plain; charset=utf-8",
		body:   []byte(text + "\n"),
	}
}

// refuse makes an answer of a refusal. Every other error, a reset for one, is
// passed on: there is nobody left to tell.
func refuse(method string, err error) ([]byte, error) {
	var refused *refusal
	if errors.As(err, &refused) {
		return report(refused.Error()).bytes(method), nil
	}
	return nil, err
}

// bytes is the answer as it goes on the wire. To HEAD it is the same answer,
// length included, up to the empty line.
func (a response) bytes(method string) []byte {
	// write the head
	var head strings.Builder
	line := func(s string) { head.WriteString(s + "\r\n") }
	line("HTTP/1.1 " + a.status)
	line("Date: " + httpDate(time.Now()))
	line("Content-Type: " + a.kind)
	line("Content-Length: " + strconv.Itoa(len(a.body)))
	if a.allow != "" {
		line("Allow: " + a.allow)
	}
	line("Connection: close")
	line("")
	if method == "HEAD" {
		return []byte(head.String())
	}
	return append([]byte(head.String()), a.body...)
}

// httpDate writes a time as HTTP does: in GMT, with English names, always 29
// bytes (RFC 9110, 5.6.7).
func httpDate(t time.Time) string {
	return t.UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT")
}
