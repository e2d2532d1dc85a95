package httpserver

import "time"

// notModified reports whether the client's copy is as new as the file
// (RFC 9110, 13.1.3). A date that cannot be read is no condition; nor is any
// beside If-None-Match, which would win if this server had entity tags.
func notModified(r *Request, modified time.Time) bool {
	since, ok := parseDate(r.Fields.Get("If-Modified-Since"))
	return ok && r.Fields.Get("If-None-Match") == "" &&
		!modified.Truncate(time.Second).After(since)
}

// dateFormat writes a time as header fields do: IMF-fixdate, always GMT, to
// the second (RFC 9110, 5.6.7).
const dateFormat = "Mon, 02 Jan 2006 15:04:05 GMT"

func httpDate(t time.Time) string { return t.UTC().Format(dateFormat) }

// parseDate reads a date in today's form, or in one of the two from older
// times that a client may still use. All of them are GMT.
func parseDate(text string) (t time.Time, ok bool) {
	for _, format := range [...]string{
		dateFormat, "Monday, 02-Jan-06 15:04:05 GMT", time.ANSIC} {
		if t, err := time.Parse(format, text); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
