package httpserver

import (
	"strings"
	"time"
)

// notModified reports whether the client's copy is as new as the file
// (RFC 9110, 13.1.3). A date that cannot be read is no condition; nor is any
// beside If-None-Match, which would win if this server had entity tags.
func notModified(r *Request, modified time.Time) bool {
	since := r.Fields.Get("If-Modified-Since")
	if since == "" || r.Fields.Values("If-None-Match") != nil {
		return false
	}
	t, ok := parseDate(since)
	return ok && !modified.Truncate(time.Second).After(t)
}

// dateForms are the ways to write a date that a client may use: today's, the
// two that RFC 9110, 5.6.7 keeps from older times, and today's with a number
// for its zone, as in mail.
var dateForms = [...]string{
	"Mon, 02 Jan 2006 15:04:05 GMT",
	"Monday, 02-Jan-06 15:04:05 GMT",
	time.ANSIC,
	time.RFC1123Z,
}

// parseDate reads a date. One in a zone other than UTC is not read, which is
// what http.server does: its meaning is clear, but HTTP has no such dates.
func parseDate(text string) (time.Time, bool) {
	text = strings.Join(strings.Fields(text), " ")
	for _, form := range dateForms {
		t, err := time.Parse(form, text)
		if err == nil {
			_, offset := t.Zone()
			return t, offset == 0
		}
	}
	return time.Time{}, false
}
