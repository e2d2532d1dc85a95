package wire

import (
	"math"
	"time"

	"example/wirebook/internal/wire/message"
)

const (
	// sameMoment is how far apart the system may close the connections of a
	// program that has ended.
	sameMoment = 10 * time.Millisecond

	// noticeTime is how long after that the program's end may be noticed.
	noticeTime = 250 * time.Millisecond
)

// ServerEnded notes that the server has ended by itself, and how: an event that
// belongs to no connection.
func (t *Tap) ServerEnded(how string) {
	t.queue.add(Event{Dir: message.ToClient, Kind: ServerEnded, Text: how})
}

// AddServerEnd adds the end of a server, a ServerEnded event, to the records of
// the connections that it cut, and returns how many they are. A connection that
// the server had ended before, or as its response said, is not among them.
func AddServerEnd(conns []*Conn, e Event) (cut int) {
	last := time.Duration(-1) // when the first of them were seen to end, at most
	for _, c := range conns {
		if left := c.serverLeft(); left <= e.At && left >= e.At-noticeTime && !c.endedAsSaid() {
			last = max(last, left)
		}
	}
	for _, c := range conns {
		left := c.serverLeft()
		if c.refused || c.began > e.At || c.endedAsSaid() ||
			left <= e.At && (last < 0 || left < last-sameMoment) {
			continue
		}
		e.Conn = c.ID
		c.Add(e)
		cut++
	}
	return cut
}

// serverLeft is when the server ended its side, the end of time if it has not.
func (c *Conn) serverLeft() time.Duration {
	for _, e := range c.Events {
		byServer := e.Dir == message.ToClient && (e.Kind == HalfClosed || e.Kind == WasReset)
		if byServer || e.Kind == Done {
			return e.At
		}
	}
	return math.MaxInt64
}

// endedAsSaid tells whether the server ended its side after a whole response
// that ends with the connection.
func (c *Conn) endedAsSaid() bool {
	_, response := c.newest()
	if !c.ways[message.ToClient].ended || response == nil {
		return false
	}
	switch h := response.Head; {
	case h.Foreign || h.Framing == message.ByClose:
		return true
	case !response.Complete:
		return false
	default:
		return !response.KeepsConnection()
	}
}
