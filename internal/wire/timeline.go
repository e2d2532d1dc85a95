package wire

import (
	"fmt"
	"math"
	"time"

	"example/wirebook/internal/visible"
	"example/wirebook/internal/wire/message"
)

// A Moment is a piece of a connection's time axis: bytes of one message that
// came with nothing else between them, or an event.
type Moment struct {
	At       time.Duration
	Event    *Event // nil: bytes
	Message  int    // index in Messages
	From, To int    // which bytes of the message's direction
}

// Timeline lists what happened in the order in which it did. A message with
// something between its bytes, such as a response that came before the rest of
// its request, has several moments. Events are those that say more than that a
// connection is there: ends, resets, that the server refused it, the end of the record.
func (c *Conn) Timeline() []Moment {
	t := timeline{messages: c.Messages()}
	up, down, events := c.Arrivals(message.ToServer), c.Arrivals(message.ToClient), c.Events
	for len(up)+len(down)+len(events) > 0 {
		u, d, e := math.MaxInt, math.MaxInt, math.MaxInt
		if len(up) > 0 {
			u = up[0].version
		}
		if len(down) > 0 {
			d = down[0].version
		}
		if len(events) > 0 {
			e = events[0].version
		}
		switch {
		case u < d && u <= e:
			t.arrival(message.ToServer, up[0])
			up = up[1:]
		case d < u && d <= e:
			t.arrival(message.ToClient, down[0])
			down = down[1:]
		default:
			t.event(&events[0])
			events = events[1:]
		}
	}
	return t.moments
}

// Describe says in words what an event on the time axis is: "the server ended its
// side (FIN)".
func (c *Conn) Describe(e Event) string {
	who := "the client"
	if e.Dir == message.ToClient {
		who = "the server"
	}
	switch e.Kind {
	case Queued:
		return who + " has not accepted the connection yet"
	case Accepted:
		return who + " accepted the connection"
	case Refused:
		return "refused: no server listens"
	case HalfClosed:
		return who + " ended its side (FIN)"
	case WasReset:
		return who + " reset the connection (RST)"
	case ServerEnded:
		return e.Text
	case RecordEnded:
		return fmt.Sprintf("the record of what %s sent ends here: %s of %s bytes are kept", who,
			visible.Thousands(len(c.Bytes(e.Dir))), visible.Thousands(c.Total(e.Dir)))
	}
	return e.Kind.String()
}

type timeline struct {
	messages []message.Message
	next     [2]int // by direction: the message that its next byte may belong to
	moments  []Moment
}

func (t *timeline) event(e *Event) {
	switch e.Kind {
	case Opened, Connected, Done:
	default:
		t.moments = append(t.moments, Moment{At: e.At, Event: e})
	}
}

// arrival deals out an arrival's bytes to the messages that they belong to.
func (t *timeline) arrival(dir message.Dir, a Arrival) {
	for from, end := a.Off, a.Off+a.Len; from < end; {
		i := t.next[dir]
		if i == len(t.messages) {
			return
		}
		m := &t.messages[i]
		if m.Dir != dir || m.Off+m.Len <= from {
			t.next[dir]++
			continue
		}
		to := min(end, m.Off+m.Len)
		if last := len(t.moments) - 1; last >= 0 && t.moments[last].Event == nil &&
			t.moments[last].Message == i {
			t.moments[last].To = to
		} else {
			t.moments = append(t.moments, Moment{At: a.At, Message: i, From: from, To: to})
		}
		from = to
	}
}
