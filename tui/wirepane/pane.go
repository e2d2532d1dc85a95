// Package wirepane draws the live wire: the chosen connection with all its
// bytes, a sentence about the part at the cursor, and the list of connections.
// It takes events in and gives rows out; it opens no connection, and what a byte
// means package wire says.
package wirepane

import (
	"slices"
	"time"

	"example/wirebook/internal/wire"
	"example/wirebook/internal/wire/message"
	"example/wirebook/tui/cells"
)

// A Pane is the wire side of the screen: the chosen connection with all its
// bytes, the sentence about the part at the cursor, and the list of the others,
// newest first. While it follows, the newest connection is the chosen one; it
// follows until the reader chooses or moves the cursor, so that nothing is
// taken away from under their eyes.
type Pane struct {
	conns   log
	w, h    int
	chosen  int // connection number, 0 for none
	follow  bool
	cursor  spanRef
	top     int // first row of the chosen connection in the window
	hex     bool
	moved   bool // the reader has moved the cursor on the chosen connection
	held    bool // ShowRecord has chosen the connection
	records int  // recorded connections so far
	sent    int  // the newest connection when an exchange was last sent

	serverless bool // no server runs or is about to
	ended      bool // the last one ended by itself

	// The tap counts time from its own beginning; epoch is when that was, as
	// near as the events tell. now is the last time that we were told.
	epoch, now time.Time

	// The chosen connection as rows, for the record and width below.
	text     *textView
	hexed    *hexView
	drawnFor drawing
}

// A drawing names what rows were made from.
type drawing struct {
	conn, version, width int
	hex                  bool
}

// New is a pane that has seen nothing yet.
func New() Pane { return Pane{follow: true} }

// SetSize says how much room there is, in cells.
func (p *Pane) SetSize(w, h int) {
	p.w, p.h = w, h
	p.keepCursorVisible()
}

// SetNow moves the clock.
func (p *Pane) SetNow(now time.Time) {
	if now.After(p.now) {
		p.now = now
	}
}

// sinceEpoch is the time on the tap's clock.
func (p *Pane) sinceEpoch() time.Duration {
	if p.epoch.IsZero() {
		return 0
	}
	return max(p.now.Sub(p.epoch), 0)
}

// Add takes in what happened until a time, and how many events the tap has
// dropped so far. It returns how many connections are new.
func (p *Pane) Add(events []wire.Event, lost int64, at time.Time) (opened int) {
	p.SetNow(at)
	p.conns.lost = lost
	for _, e := range events {
		// An event cannot be told before it happened: the earliest epoch
		// that any of them allows is the nearest.
		if begin := at.Add(-e.At); p.epoch.IsZero() || begin.Before(p.epoch) {
			p.epoch = begin
		}
	}
	opened = p.conns.add(events)
	if p.follow {
		p.chooseNewest()
	}
	if p.conns.byID[p.chosen] == nil && len(p.conns.views) > 0 {
		p.choose(p.conns.views[0].conn.ID)
	}
	p.pointAtFirst()
	return opened
}

// chooseNewest prefers a connection on which something was said: a browser's
// spare one must not hide its request. What a lesson sends counts as well when
// it is no byte at all, unless another connection of the same exchange spoke.
func (p *Pane) chooseNewest() {
	t := p.conns.newest()
	for _, other := range slices.Backward(p.conns.views) {
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

func (t *connView) spoke() bool { return t.conn.Spoke() }

// ExpectExchange goes back to the newest connection, since an exchange is about
// to be sent. A server that has ended is started for it.
func (p *Pane) ExpectExchange() {
	p.ended = false
	p.follow = true
	if t := p.conns.newest(); t != nil {
		p.sent = t.conn.ID
	}
}

func (p *Pane) choose(id int) {
	if id != p.chosen {
		p.chosen, p.cursor, p.top, p.moved = id, spanRef{}, 0, false
	}
	p.pointAtFirst()
}

// pointAtFirst puts the cursor on the first thing worth looking at, until the
// reader moves it.
func (p *Pane) pointAtFirst() {
	if t := p.current(); t != nil && !p.moved {
		p.cursor = firstWorth(t.conn.Messages(), t.conn.Timeline())
		p.keepCursorVisible()
	}
}

// Empty says whether no connection has come yet.
func (p *Pane) Empty() bool { return p.current() == nil }

// AnyOpen says whether a connection still lives, so that the clock matters.
func (p *Pane) AnyOpen() bool {
	return slices.ContainsFunc(p.conns.views, func(t *connView) bool { return !t.conn.Over() })
}

// current is the chosen connection; nil when there is none.
func (p *Pane) current() *connView { return p.conns.byID[p.chosen] }

// Beside chooses an older connection (by > 0) or a newer one.
func (p *Pane) Beside(by int) {
	if t := p.conns.beside(p.chosen, by); t != nil {
		p.follow = t == p.conns.newest() && by < 0
		p.choose(t.conn.ID)
	}
}

// messages of the chosen connection.
func (p *Pane) messages() []message.Message {
	t := p.current()
	if t == nil {
		return nil
	}
	return t.conn.Messages()
}

// detail is the height of the window on the chosen connection's rows. Above it
// stands the head, and a row below is left for what is wrong with the server.
func (p *Pane) detail() int {
	d, _, _ := zones(p.h)
	return max(d-2-len(p.underTitle()), 1)
}

// Page moves the window by its own height, less two rows that carry the eye
// over, and takes the cursor along.
func (p *Pane) Page(dir int) {
	p.follow, p.moved = false, true
	p.scrollBy(dir * max(p.detail()-2, 1))
	first, cursor := 0, p.refNumber()
	for i := p.top; i < min(p.top+p.detail(), p.rowCount()); i++ {
		r := p.rowAt(i)
		if slices.ContainsFunc(r, func(x cells.Run) bool { return x.Ref > 0 && x.Ref == cursor }) {
			return
		}
		if first == 0 {
			first = firstRef(r)
		}
	}
	if first > 0 {
		p.cursor = refOf(first)
	}
}

// ScrollBy moves the window and leaves the cursor where it is.
func (p *Pane) ScrollBy(by int) {
	p.moved = true
	p.scrollBy(by)
}

// scrollBy moves the window on the chosen connection's rows, and says whether
// it could.
func (p *Pane) scrollBy(by int) bool {
	before := p.top
	p.top = min(max(p.top+by, 0), max(p.rowCount()-p.detail(), 0))
	return p.top != before
}

// ToggleHex goes from text to hex and back.
func (p *Pane) ToggleHex() {
	p.hex = !p.hex
	p.keepCursorVisible()
}
