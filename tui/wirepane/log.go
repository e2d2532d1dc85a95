package wirepane

import (
	"cmp"
	"slices"
	"time"

	"example/wirebook/internal/wire"
)

// What the wire pane keeps. A browser left alone with a page opens connections
// all day; a learner looks at the last few.
const (
	keepConns = 200
	keepBytes = 64 << 20
)

// A connView is the record of a connection and its summary, which is made again
// only when something has come.
type connView struct {
	conn    *wire.Conn
	version int // of the record that the summary was made from
	summary string
}

// line is the connection in one line.
func (t *connView) line() string {
	if now := t.conn.Version(); t.version != now {
		t.version, t.summary = now, t.conn.Summary()
	}
	return t.summary
}

// A log is the ring of connections, oldest first.
type log struct {
	views []*connView
	byID  map[int]*connView
	bytes int
	ends  []serverEnd
	gone  int   // connections that made room for newer ones
	lost  int64 // events that the tap dropped because we were slow
}

// add takes a batch of events in and returns how many connections are new.
func (l *log) add(events []wire.Event) (opened int) {
	for _, e := range events {
		if e.Kind == wire.ServerEnded {
			l.serverEnded(e)
			continue
		}
		t := l.byID[e.Conn]
		if t == nil {
			// Opened comes first; what else there is of a connection that
			// has left the ring is of no use any more.
			if e.Kind != wire.Opened {
				continue
			}
			if l.byID == nil {
				l.byID = map[int]*connView{}
			}
			t = &connView{conn: &wire.Conn{ID: e.Conn}}
			l.byID[e.Conn] = t
			l.views = append(l.views, t)
			opened++
		}
		l.bytes -= t.conn.Size()
		t.conn.Add(e)
		l.bytes += t.conn.Size()
	}
	l.nameSilent()
	for len(l.views) > keepConns || l.bytes > keepBytes && len(l.views) > 1 {
		old := l.views[0]
		l.bytes -= old.conn.Size()
		delete(l.byID, old.conn.ID)
		l.views = slices.Delete(l.views, 0, 1)
		l.gone++
	}
	return opened
}

// siblingTime is how far apart a browser opens connections that belong together.
const siblingTime = 2 * time.Second

// nameSilent notes on a connection on which nothing was sent which browser
// opened others at the same time.
func (l *log) nameSilent() {
	for _, t := range l.views {
		if t.conn.Spoke() || t.conn.Browser != "" || t.fromLesson() {
			continue
		}
		for _, other := range l.views {
			if apart := other.conn.Began() - t.conn.Began(); other.conn.Spoke() && apart.Abs() < siblingTime {
				t.conn.Browser = cmp.Or(t.conn.Browser, other.conn.BrowserName())
			}
		}
	}
}

// newest is the last connection, nil when there is none.
func (l *log) newest() *connView {
	if len(l.views) == 0 {
		return nil
	}
	return l.views[len(l.views)-1]
}

// beside is the connection that is by places older than another one.
func (l *log) beside(id, by int) *connView {
	i := slices.IndexFunc(l.views, func(t *connView) bool { return t.conn.ID == id })
	if i < 0 {
		return l.newest()
	}
	return l.views[min(max(i-by, 0), len(l.views)-1)]
}
