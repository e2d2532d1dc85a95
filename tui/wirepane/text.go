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

// eventRows says in words what happened without bytes, and how long after what
// was before it.
func eventRows(c *wire.Conn, e wire.Event, gap time.Duration, width int) []cells.Row {
	t := cells.Dim
	switch e.Kind {
	case wire.WasReset, wire.Refused, wire.ServerEnded:
		t = cells.Bad
	case wire.RecordEnded:
		t = cells.Warn
	}
	rows := cells.Wrap(c.Describe(e)+later(gap), width, t)
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
	return ", " + since(gap)[len("+"):] + " later"
}

// gutter is the room for an arrival's number and time.
const gutter = 12

// A textView is a connection as text, in the order of time: the bytes of each
// message with their arrivals, and what happened between them. When more comes
// only the end is drawn again.
type textView struct {
	conn  *wire.Conn
	rows  []cells.Row
	drawn []drawnMoment
	w     lineWriter
	parts []part // by message
	*part        // of the message that is drawn
}

// A drawnMoment is a moment whose rows are made.
type drawnMoment struct {
	wire.Moment
	row     int           // its first
	last    time.Duration // of its last byte
	settled bool          // nothing that comes changes its rows
}

// A part is how far a message is drawn.
type part struct {
	span int   // the next one
	cut  int   // where the text view ends, 0 if that is not known yet
	gaps []gap // that are left out before that, as far as still to come
	told gap   // the one whose count is drawn
	end  bool  // it is said how much comes after cut
}

func newTextView(c *wire.Conn, width int) *textView {
	return &textView{conn: c, w: lineWriter{width: max(width-gutter, 8)}}
}

// draw makes the rows that are not made yet, or were made too early.
func (v *textView) draw() {
	messages, moments := v.conn.Messages(), v.conn.Timeline()
	keep := 0
	for keep < min(len(v.drawn), len(moments)) && v.drawn[keep].settled && same(v.drawn[keep].Moment, moments[keep]) {
		keep++
	}
	v.w.rows = v.rows
	if keep < len(v.drawn) {
		v.w.rows = v.rows[:v.drawn[keep].row]
	}
	v.drawn = v.drawn[:keep]
	v.parts = append(v.parts[:min(len(v.parts), len(messages))], make([]part, max(len(messages)-len(v.parts), 0))...)
	for _, m := range moments[keep:] {
		if m.Event == nil {
			v.parts[m.Message] = part{}
		}
	}
	for _, m := range moments[keep:] {
		v.drawn = append(v.drawn, v.moment(messages, m))
	}
	v.rows = v.w.rows
}

// same says whether two moments are the same one.
func same(a, b wire.Moment) bool {
	if a.Event != nil && b.Event != nil {
		return a.Event.Kind == b.Event.Kind && a.Event.Dir == b.Event.Dir
	}
	return a == b
}

// moment draws what happened at one moment.
func (v *textView) moment(messages []message.Message, m wire.Moment) drawnMoment {
	d := drawnMoment{Moment: m, row: len(v.w.rows), last: m.At}
	gap := time.Duration(0)
	if n := len(v.drawn); n > 0 {
		gap = m.At - v.drawn[n-1].last
	}
	if m.Event != nil {
		v.w.rows = append(v.w.rows, eventRows(v.conn, *m.Event, gap, v.w.width)...)
		d.settled = m.Event.Kind != wire.RecordEnded // its counts grow
		return d
	}
	if len(v.w.rows) > 0 {
		v.w.rows = append(v.w.rows, nil)
	}
	d.last = v.bytes(messages[m.Message], m, gap)
	d.settled = messages[m.Message].Complete
	return d
}

// bytes draws bytes of one message, a row for each line of them and for each
// arrival. It returns when the last of them came.
func (v *textView) bytes(m message.Message, at wire.Moment, gap time.Duration) (last time.Duration) {
	b := m.Bytes()
	v.part = &v.parts[at.Message]
	if v.cut == 0 {
		v.gaps, v.cut = gaps(m, b, drawn(m, b), v.w.width)
	}
	v.w.rows = append(v.w.rows, momentHead(v.conn, m, at, gap))
	first, n := v.conn.ArrivalsOf(m.Dir, at.From, at.To)
	for i, a := range v.conn.Arrivals(m.Dir)[first-1:][:n] {
		last = a.At
		from, to := max(a.Off, at.From)-m.Off, min(a.Off+a.Len-m.Off, v.cut)
		if from >= to {
			continue
		}
		v.w.start(fmt.Sprintf("%2d %7s  ", first+i, since(a.At-v.conn.Began())))
		for ; v.span < len(m.Spans); v.span++ {
			s := m.Spans[v.span]
			lo, hi := max(s.Off-m.Off, from), min(s.Off-m.Off+s.Len, to)
			if lo < hi {
				v.piece(b, lo, hi, spanTone(s.Kind, s.Finding != ""), spanRef{at.Message, v.span}.number())
			}
			if s.Off-m.Off+s.Len > to {
				break // it goes on in the next arrival
			}
		}
	}
	v.w.flush()
	if v.cut < len(b) && at.To-m.Off > v.cut && !v.end {
		v.end = true
		v.w.rows = append(v.w.rows, more(len(b)-v.cut))
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
