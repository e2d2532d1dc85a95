package site

import (
	"strconv"
	"strings"
	"time"
)

// A Response is what goes back to the client, before it becomes bytes.
type Response struct {
	Status      string // code and phrase, "200 OK"
	ContentType string
	Body        []byte
	Allow       string // the Allow field; it goes with status 405
}

// ErrorResponse says what is wrong: programs read the status, people the body.
func ErrorResponse(e *StatusError) Response {
	return Response{
		Status:      e.Status,
		ContentType: "text/plain; charset=utf-8",
		Body:        []byte(e.Error() + "\n"),
	}
}

// Bytes is the response as it goes on the wire. To HEAD it is the same, length
// included, up to the empty line.
func (r Response) Bytes(method string) []byte {
	// write the head
	var head strings.Builder
	line := func(s string) { head.WriteString(s + "\r\n") }
	line("HTTP/1.1 " + r.Status)
	line("Date: " + httpDate(time.Now()))
	line("Content-Type: " + r.ContentType)
	line("Content-Length: " + strconv.Itoa(len(r.Body)))
	if r.Allow != "" {
		line("Allow: " + r.Allow)
	}
	line("Connection: close")
	line("")
	// add the body, but not for HEAD
	if method == "HEAD" {
		return []byte(head.String())
	}
	return append([]byte(head.String()), r.Body...)
}

// httpDate writes a time as HTTP does: in GMT, with English names, always 29
// bytes (RFC 9110, 5.6.7).
func httpDate(t time.Time) string {
	return t.UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT")
}
