package judge

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"example/wirebook/internal/response"
	"example/wirebook/internal/wire/message"
)

// imfDate is the one form of a date that a server may write.
const imfDate = "Mon, 02 Jan 2006 15:04:05 GMT"

func formatDate(t time.Time) string { return t.UTC().Format(imfDate) }

// parseDate reads an IMF-fixdate. Writing it again shows whether every letter
// of it, the day of the week included, is right.
func parseDate(s string) (time.Time, bool) {
	t, err := time.Parse(imfDate, s)
	return t, err == nil && formatDate(t) == s
}

// dateNames are the names in an HTTP date, by where they begin.
var dateNames = map[int][]string{
	0: {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"},
	8: {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
}

// dateFlaw is where s, which is no HTTP date, leaves the form of one, and the
// byte that the form has there, if it has but one. Other digits are no flaw
// while they tell a time; a name that is none, or a day of the week that is not
// its date's, is one from its first letter on.
func dateFlaw(s string) (at int, due []byte) {
	const form = "aaa, 00 aaa 0000 00:00:00 GMT" // a: of a name, 0: a digit
	for i, f := range []byte(form) {
		names, named := dateNames[i]
		switch {
		case named && (len(s) < i+3 || !slices.Contains(names, s[i:i+3])):
			return min(i, len(s)), nil
		case f == 'a':
		case f == '0' && (i >= len(s) || s[i] < '0' || s[i] > '9'):
			return min(i, len(s)), nil
		case f != '0' && (i >= len(s) || s[i] != f):
			return min(i, len(s)), []byte{f}
		}
	}
	switch {
	case len(s) > len(form):
		return len(form), nil
	case s[17:19] > "23":
		return 17, nil
	case s[20:22] > "59":
		return 20, nil
	case s[23:25] > "59":
		return 23, nil
	}
	const afterDay = len("Fri, ")
	if _, err := time.Parse(imfDate[afterDay:], s[afterDay:]); err != nil {
		return afterDay, nil // no month has such a day
	}
	return 0, nil
}

// dateFinding asks for an HTTP date within a day of now: wide enough for a clock
// that is wrong, not for a time that was made up.
func dateFinding(f *finding, value string, when time.Time) *finding {
	if when.IsZero() {
		when = time.Now()
	}
	f.due = "Date: " + formatDate(when)
	f.rule = "Date tells when the answer was made, in GMT and in this form (RFC 9110, 5.6.7 and 6.6.1)."
	date, ok := parseDate(value)
	switch {
	case !ok:
		f.saw = fmt.Sprintf("“%s” is not an HTTP date", brief([]byte(value)))
		at, due := dateFlaw(value)
		f.at, f.dueBytes = f.at+at, due
		return f
	case date.Sub(when).Abs() > 24*time.Hour:
		f.saw = fmt.Sprintf("the Date is %s off", date.Sub(when).Abs().Round(time.Hour))
		return f
	}
	return nil
}

// matchNow asks for one line that holds the present time.
func matchNow(m *response.Message, when time.Time) *finding {
	if when.IsZero() {
		when = time.Now()
	}
	line := strings.TrimSuffix(strings.TrimSuffix(string(m.Body), "\n"), "\r")
	f := &finding{at: max(m.BodyAt, 0), due: formatDate(when),
		rule: "An HTTP date is always in GMT and of this form (RFC 9110, 5.6.7)."}
	date, ok := parseDate(line)
	off := date.Sub(when).Abs()
	switch {
	case !ok:
		f.saw = fmt.Sprintf("the content is not one line with an HTTP date: “%s”", brief([]byte(line)))
		at, due := dateFlaw(line)
		f.at, f.dueBytes = f.at+at, due
	case off > 6*time.Second: // five, and the rest of a second that the date leaves out
		f.saw = fmt.Sprintf("the time told is %s off", off.Round(time.Second))
	default:
		return nil
	}
	if m.Framing == message.ByChunks { // places in the content are not places in the message
		f.at = -1
	}
	return f
}
