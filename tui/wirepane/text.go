package wirepane

import (
	"fmt"
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

// eventRows says in words what happened without bytes, and how long after what
// was before it.
func eventRows(c *wire.Conn, e wire.Event, gap time.Duration, width int) []cells.Row {
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
	case wire.Queued:
		text = "the server has not accepted the connection yet"
	case wire.Accepted:
		text = "the server accepted the connection"
	case wire.Refused:
		text, t = "refused: no server listens", cells.Bad
	case wire.RecordEnded:
		text = fmt.Sprintf("the record of what %s sent ends here: %s of %s bytes are kept", who,
			visible.Thousands(len(c.Bytes(e.Dir))), visible.Thousands(c.Total(e.Dir)))
		t = cells.Warn
	default:
		text = e.Kind.String()
	}
	rows := cells.Wrap(text+later(gap), width, t)
	for i := range rows {
		lead := ""
		if i == 0 {
			lead = since(e.At - c.Began())
		}
		rows[i] = append(cells.Row{{Text: fmt.Sprintf("%*s  ", gutter-2, lead), Tone: cells.Dim}}, rows[i]...)
	}
	return rows
}

// since is a time since the connection began; seven cells hold it for the first
// quarter of an hour.
func since(d time.Duration) string {
	ms := float64(d) / float64(time.Millisecond)
	switch {
	case ms >= 9950:
		return fmt.Sprintf("+%.0f s", d.Seconds())
	case ms >= 999.5:
		return fmt.Sprintf("+%.1f s", d.Seconds())
	case ms >= 9.95:
		return fmt.Sprintf("+%.0f ms", ms)
	}
	return fmt.Sprintf("+%.1f ms", ms)
}

// later is the time between one thing and the next, unless it is too short to
// be told.
func later(gap time.Duration) string {
	if gap < 50*time.Microsecond {
		return ""
	}
	return ", " + visible.Duration(gap) + " later"
}

// gutter is the room for an arrival's number and time.
const gutter = 12

// textRows draws a connection as text, in the order of time: the bytes of each
// message with their arrivals, and what happened between them.
func textRows(t *connView, width int) []cells.Row {
	d := drawer{conn: t.conn, messages: t.conn.Messages(), w: lineWriter{width: max(width-gutter, 8)}}
	d.parts = make([]part, len(d.messages))
	ref := 1
	for i, m := range d.messages {
		d.parts[i].ref = ref
		ref += len(m.Spans)
	}
	last := t.conn.Began()
	for _, m := range t.conn.Timeline() {
		gap := m.At - last
		if len(d.w.rows) == 0 { // nothing stands before it
			gap = 0
		}
		if last = m.At; m.Event != nil {
			d.w.rows = append(d.w.rows, eventRows(t.conn, *m.Event, gap, d.w.width)...)
			continue
		}
		if len(d.w.rows) > 0 {
			d.w.rows = append(d.w.rows, nil)
		}
		last = d.moment(m, gap)
	}
	return d.w.rows
}

// A drawer draws one connection.
type drawer struct {
	conn     *wire.Conn
	messages []message.Message
	parts    []part
	w        lineWriter
	*part    // of the message that is drawn
}

// A part is how far a message is drawn.
type part struct {
	ref  int   // number of its first span among all
	span int   // the next one
	cut  int   // where the text view ends, 0 if that is not known yet
	gaps []gap // that are left out before that, as far as still to come
	told gap   // the one whose count is drawn
	end  bool  // it is said how much comes after cut
}

// moment draws bytes of one message, a row for each line of them and for each
// arrival. It returns when the last of them came.
func (d *drawer) moment(at wire.Moment, gap time.Duration) (last time.Duration) {
	m := d.messages[at.Message]
	b := m.Bytes()
	d.part = &d.parts[at.Message]
	if d.cut == 0 {
		d.gaps, d.cut = gaps(m, b, drawn(m, b), d.w.width)
	}
	d.w.rows = append(d.w.rows, momentHead(d.conn, m, at, gap))
	first, n := d.conn.ArrivalsOf(m.Dir, at.From, at.To)
	for i, a := range d.conn.Arrivals(m.Dir)[first-1:][:n] {
		last = a.At
		from, to := max(a.Off, at.From)-m.Off, min(a.Off+a.Len-m.Off, d.cut)
		if from >= to {
			continue
		}
		d.w.start(fmt.Sprintf("%2d %7s  ", first+i, since(a.At-d.conn.Began())))
		for ; d.span < len(m.Spans); d.span++ {
			s := m.Spans[d.span]
			lo, hi := max(s.Off-m.Off, from), min(s.Off-m.Off+s.Len, to)
			if lo < hi {
				d.piece(b, lo, hi, spanTone(s.Kind, s.Finding != ""), d.ref+d.span)
			}
			if s.Off-m.Off+s.Len > to {
				break // it goes on in the next arrival
			}
		}
	}
	d.w.flush()
	if d.cut < len(b) && at.To-m.Off > d.cut && !d.end {
		d.end = true
		d.w.rows = append(d.w.rows, more(len(b)-d.cut))
	}
	return last
}

// momentHead is the line above bytes of a message.
func momentHead(c *wire.Conn, m message.Message, at wire.Moment, gap time.Duration) cells.Row {
	r := messageName(m)
	if at.From > m.Off {
		r[0].Text += ", continued"
	}
	size := visible.Count(at.To-at.From, "byte")
	if at.From == m.Off && at.To < m.Off+m.Len {
		size = visible.Thousands(at.To-at.From) + " of " + visible.Count(m.Len, "byte")
	}
	if _, n := c.ArrivalsOf(m.Dir, at.From, at.To); n > 1 {
		size += fmt.Sprintf(", %d arrivals", n)
	}
	r = append(r, cells.Run{Text: "   " + size + later(gap), Tone: cells.Dim})
	return append(r, missing(m)...)
}

// messageName says what a message is and which way it goes.
func messageName(m message.Message) cells.Row {
	if m.Dir == message.ToClient {
		return cells.Row{{Text: "← response", Tone: cells.ToClient}}
	}
	return cells.Row{{Text: "→ request", Tone: cells.ToServer}}
}

// missing says how much of a message is still to come.
func missing(m message.Message) cells.Row {
	if m.Complete || m.Missing <= 0 {
		return nil
	}
	return cells.Row{{Text: fmt.Sprintf(", %s to come", visible.Thousands(m.Missing)), Tone: cells.Warn}}
}
