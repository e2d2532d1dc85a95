package httpserver

import (
	"sync/atomic"
	"time"
)

// HTTPDate writes a time as header fields do: IMF-fixdate, always GMT, to the
// second (RFC 9110, 5.6.7).
func HTTPDate(t time.Time) string {
	return t.UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT")
}

// A clock keeps the text of the present second. A busy server would otherwise
// write the same date thousands of times.
type clock struct {
	format func(time.Time) string
	last   atomic.Pointer[tick]
}

type tick struct {
	second int64
	text   string
}

// text returns the present second as c.format writes it.
func (c *clock) text() string {
	now := time.Now()
	t := c.last.Load()
	if t == nil || t.second != now.Unix() {
		t = &tick{now.Unix(), c.format(now)}
		c.last.Store(t)
	}
	return t.text
}
