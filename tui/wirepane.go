package tui

import (
	"slices"
	"time"

	"example/wirebook/internal/wire"
	"example/wirebook/tui/cells"
)

// A wirePane is the live side of the screen: the chosen connection with all its
// bytes, the sentence about the part at the cursor, and the list of the others,
// newest first. While it follows, the newest connection is the chosen one; it
// follows until the reader chooses or moves the cursor, so that nothing is
// taken away from under their eyes.
type wirePane struct {
	log    wireLog
	w, h   int
	chosen int // connection number, 0 for none
	follow bool
	cursor spanRef
	top    int // first row of the chosen connection in the window
	hex    bool
	sent   int // the newest connection when an exchange was last sent
	unseen int // connections that came while another pane was in front

	// How servers ended, by connection; what the last one said while it may
	// turn out to belong to another connection, and to which it does now.
	endings    map[int]string
	dying      string
	blamed     int
	serverless bool // no server runs or is about to

	// The tap counts time from its own beginning; epoch is when that was, as
	// near as the events tell. now is the last time that we were told.
	epoch, now time.Time

	// drawn is the chosen connection as rows, for the record and width below.
	drawn    []cells.Row
	drawnFor drawing
	hexed    *hexView
}

// A drawing names what rows were made from.
type drawing struct {
	conn, version, width int
	hex                  bool
}

func newWirePane() wirePane { return wirePane{follow: true, endings: map[int]string{}} }

func (p *wirePane) setSize(w, h int) {
	p.w, p.h = w, h
	p.keepCursorVisible()
}

// setNow moves the clock.
func (p *wirePane) setNow(now time.Time) {
	if now.After(p.now) {
		p.now = now
	}
}

// sinceEpoch is the time on the tap's clock.
func (p *wirePane) sinceEpoch() time.Duration {
	if p.epoch.IsZero() {
		return 0
	}
	return max(p.now.Sub(p.epoch), 0)
}

// add takes in what happened.
func (p *wirePane) add(events []wire.Event, at time.Time) (opened []int) {
	p.setNow(at)
	for _, e := range events {
		// An event cannot be told before it happened: the earliest epoch
		// that any of them allows is the nearest.
		if begin := at.Add(-e.At); p.epoch.IsZero() || begin.Before(p.epoch) {
			p.epoch = begin
		}
	}
	opened = p.log.add(events)
	p.blame()
	if p.follow {
		p.chooseNewest()
	}
	if p.log.byID[p.chosen] == nil && len(p.log.conns) > 0 {
		p.choose(p.log.conns[0].conn.ID)
	}
	return opened
}

// chooseNewest prefers a connection on which something was said: a browser's
// spare one must not hide its request. What a lesson sends counts as well when
// it is no byte at all, unless another connection of the same exchange spoke.
func (p *wirePane) chooseNewest() {
	t := p.log.newest()
	for _, other := range slices.Backward(p.log.conns) {
		if other.spoke() {
			if !t.fromLesson() || t.spoke() || other.conn.ID > p.sent && other.conn.Sender == t.conn.Sender {
				t = other
			}
			break
		}
		if other.fromLesson() && !t.fromLesson() {
			t = other
		}
	}
	if t != nil {
		p.choose(t.conn.ID)
	}
}

func (t *tapped) spoke() bool { return t.conn.SentAll > 0 || t.conn.GotAll > 0 }

// following goes back to the newest connection: an exchange is about to be sent.
func (p *wirePane) following() {
	p.follow = true
	if t := p.log.newest(); t != nil {
		p.sent = t.conn.ID
	}
}

func (p *wirePane) choose(id int) {
	if id != p.chosen {
		p.chosen, p.cursor, p.top = id, spanRef{}, 0
	}
}

// current is the chosen connection; nil when there is none.
func (p *wirePane) current() *tapped { return p.log.byID[p.chosen] }

// beside chooses an older connection (by > 0) or a newer one.
func (p *wirePane) beside(by int) {
	if t := p.log.beside(p.chosen, by); t != nil {
		p.follow = t == p.log.newest() && by < 0
		p.choose(t.conn.ID)
	}
}

// messages of the chosen connection.
func (p *wirePane) messages() []wire.Message {
	t := p.current()
	if t == nil {
		return nil
	}
	return t.conn.Split()
}

// at returns the message and span under the cursor.
func (p *wirePane) at() (m wire.Message, s wire.Span, ok bool) {
	msgs := p.messages()
	if p.cursor.msg >= len(msgs) || p.cursor.span >= len(msgs[p.cursor.msg].Spans) {
		return m, s, false
	}
	m = msgs[p.cursor.msg]
	return m, m.Spans[p.cursor.span], true
}

// refNumber is the cursor as rows know it, from 1; 0 where there is no span.
func (p *wirePane) refNumber() int {
	return slices.Index(spanRefs(p.messages()), p.cursor) + 1
}

// moveSpan moves the cursor to another span, along the bytes.
func (p *wirePane) moveSpan(by int) {
	refs := spanRefs(p.messages())
	if len(refs) == 0 {
		return
	}
	i := slices.Index(refs, p.cursor)
	p.cursor = refs[min(max(i+by, 0), len(refs)-1)]
	p.follow = false
	p.keepCursorVisible()
}

// moveRow moves the cursor up or down, to the nearest row that begins with
// another span; where there is none it scrolls, so that long bodies can be read.
func (p *wirePane) moveRow(by int) {
	p.follow = false
	now := p.refNumber()
	n := p.rowCount()
	for i := p.cursorRow() + by; i >= 0 && i < n; i += by {
		ref := firstRef(p.rowAt(i))
		if ref != 0 && ref != now {
			if (i < p.top || i >= p.top+p.detail()) && p.scrollBy(by) {
				return
			}
			p.cursor = spanRefs(p.messages())[ref-1]
			p.keepCursorVisible()
			return
		}
	}
	p.scrollBy(by)
}

// firstRef is the first span of a row that is more than a line end, or else the
// first.
func firstRef(r cells.Row) int {
	first := 0
	for _, x := range r {
		if x.Ref == 0 {
			continue
		}
		if x.Tone != cells.LineEnd {
			return x.Ref
		}
		if first == 0 {
			first = x.Ref
		}
	}
	return first
}

// detail is the height of the window on the chosen connection's rows. Above it
// stands the head, and a row below is left for what is wrong with the server.
func (p *wirePane) detail() int {
	d, _, _ := wireZones(p.h)
	return max(d-2-len(p.underTitle()), 1)
}

func (p *wirePane) scrollBy(by int) bool {
	before := p.top
	p.top = min(max(p.top+by, 0), max(p.rowCount()-p.detail(), 0))
	return p.top != before
}

// toEnd puts the cursor on the first or the last span.
func (p *wirePane) toEnd(last bool) {
	p.follow = false
	refs := spanRefs(p.messages())
	if len(refs) == 0 {
		return
	}
	p.cursor, p.top = refs[0], 0
	if last {
		p.cursor = refs[len(refs)-1]
		p.top = max(p.rowCount()-p.detail(), 0)
	}
	p.keepCursorVisible()
}

func (p *wirePane) toggleHex() {
	p.hex = !p.hex
	p.keepCursorVisible()
}
