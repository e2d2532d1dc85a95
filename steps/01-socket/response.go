package main

import (
	"strconv"
	"strings"
	"time"
)

// A response is what goes back to the client, before it becomes bytes.
type response struct {
	status      string // code and phrase, "200 OK"
	contentType string
	body        []byte
	allow       string // the Allow field; it goes with status 405
}

// errorResponse says what is wrong: programs read the status, people the body.
func errorResponse(e *statusError) response {
	return response{
		status:      e.status,
		contentType: "text/plain; charset=utf-8",
		body:        []byte(e.Error() + "\n"),
	}
}

// bytes is the response as it goes on the wire. To HEAD it is the same, length
// included, up to the empty line.
func (r response) bytes(method string) []byte {
	// write the head
	var head strings.Builder
	line := func(s string) { head.WriteString(s + "\r\n") }
	line("HTTP/1.1 " + r.status)
	line("Date: " + httpDate(time.Now()))
	line("Content-Type: " + r.contentType)
	line("Content-Length: " + strconv.Itoa(len(r.body)))
	if r.allow != "" {
		line("Allow: " + r.allow)
	}
	line("Connection: close")
	line("")
	// add the body, but not for HEAD
	if method == "HEAD" {
		return []byte(head.String())
	}
	return append([]byte(head.String()), r.body...)
}

// httpDate writes a time as HTTP does: in GMT, with English names, always 29
// bytes (RFC 9110, 5.6.7).
func httpDate(t time.Time) string {
	return t.UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT")
}
