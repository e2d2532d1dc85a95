package wirepane

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"example/wirebook/internal/visible"
	"example/wirebook/internal/wire"
	"example/wirebook/internal/wire/message"
	"example/wirebook/tui/cells"
)

// How many bytes of one message the text view draws: of text, and of content
// that nobody reads as text. All of them are in the hex view, which needs no
// more than the rows in sight.
const (
	drawnText   = 16 << 10
	drawnBinary = 64
)

// drawn is how many bytes of a message the text view draws.
func drawn(m message.Message, b []byte) int {
	for _, s := range m.Spans {
		if s.Kind == message.Content && !visible.IsText(b[s.Off-m.Off:min(s.Off-m.Off+s.Len, len(b))]) {
			return min(s.Off-m.Off+drawnBinary, len(b))
		}
	}
	return min(drawnText, len(b))
}

// glyphs holds what each byte looks like.
var glyphs = func() (g [256]string) {
	for i := range g {
		g[i] = visible.Bytes([]byte{byte(i)})
	}
	return g
}()

// A spanRef names a span: which message, which of its spans. Rows carry its
// place in the list of all of them, from 1.
type spanRef struct{ msg, span int }

// spanRefs lists every span of a connection, in order.
func spanRefs(msgs []message.Message) []spanRef {
	var refs []spanRef
	for m := range msgs {
		for s := range msgs[m].Spans {
			refs = append(refs, spanRef{m, s})
		}
	}
	return refs
}

// inOrder lists the messages by the time of their first byte.
func inOrder(c *wire.Conn, msgs []message.Message) []int {
	began := make([]time.Duration, len(msgs))
	order := make([]int, len(msgs))
	for i, m := range msgs {
		a, _ := arrivalAt(c, m.Dir, m.Off)
		began[i], order[i] = a.At, i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(began[a], began[b]) })
	return order
}

// silent lists the events that bring no bytes and still tell something.
func silent(c *wire.Conn) []wire.Event {
	return slices.DeleteFunc(slices.Clone(c.Events), func(e wire.Event) bool {
		return e.Kind != wire.HalfClosed && e.Kind != wire.WasReset && e.Kind != wire.Refused
	})
}

// arrivalAt is the arrival that brought a byte, and its number from 1.
func arrivalAt(c *wire.Conn, d message.Dir, off int) (wire.Arrival, int) {
	list := c.Arrivals(d)
	i := slices.IndexFunc(list, func(a wire.Arrival) bool { return off < a.Off+a.Len })
	if i < 0 {
		return wire.Arrival{}, 0
	}
	return list[i], i + 1
}

// content is a message's bytes, as far as they are kept.
func content(c *wire.Conn, m message.Message) []byte {
	all := c.Bytes(m.Dir)
	return all[min(m.Off, len(all)):min(m.Off+m.Len, len(all))]
}

// messageHead is the line above a message.
func messageHead(c *wire.Conn, m message.Message) cells.Row {
	arrow, name, t := "→", "request", cells.ToServer
	if m.Dir == message.ToClient {
		arrow, name, t = "←", "response", cells.ToClient
	}
	r := cells.Row{{Text: arrow + " " + name, Tone: t}, {Text: "   " + visible.Count(m.Len, "byte"), Tone: cells.Dim}}
	if n := c.ArrivalsOf(m); n > 1 {
		r = append(r, cells.Run{Text: fmt.Sprintf(", %d arrivals", n), Tone: cells.Dim})
	}
	if !m.Complete && m.Missing > 0 {
		r = append(r, cells.Run{Text: fmt.Sprintf(", %s to come", visible.Thousands(m.Missing)), Tone: cells.Warn})
	}
	return r
}

// eventRow says in words what happened without bytes.
func eventRow(e wire.Event, began time.Duration) cells.Row {
	who := "the client"
	if e.Dir == message.ToClient {
		who = "the server"
	}
	text, t := "", cells.Dim
	switch e.Kind {
	case wire.HalfClosed:
		text = who + " ended its side (FIN)"
	case wire.WasReset:
		text, t = who+" reset the connection (RST)", cells.Bad
	default:
		text, t = "refused: no server listens", cells.Bad
	}
	return cells.Row{{Text: fmt.Sprintf("%9s  ", since(e.At-began)), Tone: cells.Dim}, {Text: text, Tone: t}}
}

// since prints a time since the connection began, in milliseconds, or from one
// second on in seconds; six cells hold it for the first quarter of an hour.
func since(d time.Duration) string {
	switch {
	case d >= 10*time.Second:
		return fmt.Sprintf("+%.0f s", d.Seconds())
	case d >= time.Second:
		return fmt.Sprintf("+%.1f s", d.Seconds())
	}
	return fmt.Sprintf("+%.1f", float64(d.Microseconds())/1000)
}

// gutter is the room for an arrival's number and time.
const gutter = 11

// textRows draws a connection as text: messages with their arrivals, and what
// happened between them, in the order of time.
func textRows(t *connView, width int) []cells.Row {
	msgs := t.conn.Messages()
	firstRef := make([]int, len(msgs))
	for i := range msgs {
		firstRef[i] = 1
		if i > 0 {
			firstRef[i] = firstRef[i-1] + len(msgs[i-1].Spans)
		}
	}
	d := drawer{t: t, events: silent(t.conn), w: lineWriter{width: max(width-gutter, 8)}}
	for n, i := range inOrder(t.conn, msgs) {
		a, _ := arrivalAt(t.conn, msgs[i].Dir, msgs[i].Off)
		d.eventsBefore(a.At)
		if n > 0 {
			d.w.rows = append(d.w.rows, nil)
		}
		d.message(msgs[i], firstRef[i])
	}
	d.eventsBefore(1<<63 - 1)
	return d.w.rows
}

// A drawer draws one connection.
type drawer struct {
	t      *connView
	events []wire.Event // those that are not drawn yet
	w      lineWriter
	gaps   []gap // of the message that is drawn, as far as still to come
	told   gap   // the one whose count is drawn
}

// eventsBefore draws the events up to a time.
func (d *drawer) eventsBefore(at time.Duration) {
	for len(d.events) > 0 && d.events[0].At < at {
		d.w.flush()
		d.w.rows = append(d.w.rows, eventRow(d.events[0], d.t.conn.Began()))
		d.events = d.events[1:]
	}
}

// message draws the bytes of one message, a row for each line of it and for
// each arrival.
func (d *drawer) message(m message.Message, ref int) {
	b := content(d.t.conn, m)
	cut := drawn(m, b)
	d.gaps, cut = gaps(m, b, cut, d.w.width)
	d.told = gap{}
	d.w.rows = append(d.w.rows, messageHead(d.t.conn, m))
	for n, a := range d.t.conn.Arrivals(m.Dir) {
		from, to := max(a.Off-m.Off, 0), min(a.Off+a.Len-m.Off, cut)
		if from >= to {
			continue
		}
		if from > 0 {
			d.eventsBefore(a.At)
		}
		d.w.start(fmt.Sprintf("%2d %6s  ", n+1, since(a.At-d.t.conn.Began())))
		for i, s := range m.Spans {
			lo, hi := max(s.Off-m.Off, from), min(s.Off-m.Off+s.Len, to)
			if lo < hi {
				d.piece(b, lo, hi, spanTone(s.Kind, s.Finding != ""), ref+i)
			}
		}
	}
	d.w.flush()
	if cut < len(b) {
		d.w.rows = append(d.w.rows, more(len(b)-cut))
	}
}
