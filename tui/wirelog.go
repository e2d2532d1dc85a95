package tui

import (
	"slices"

	"example/wirebook/internal/wire"
)

// What the wire pane keeps. A browser left alone with a page opens connections
// all day; a learner looks at the last few.
const (
	keepConns = 200
	keepBytes = 64 << 20
)

// A tapped connection is a record with what has been worked out from it, which is
// asked for again only when something has come.
type tapped struct {
	conn    *wire.Conn
	version int // of the record that the summary was made from
	summary string
}

// line is the connection in one line.
func (t *tapped) line() string {
	if now := t.conn.Version(); t.version != now {
		t.version, t.summary = now, t.conn.Summary()
	}
	return t.summary
}

// A wireLog is the ring of connections, oldest first.
type wireLog struct {
	conns []*tapped
	byID  map[int]*tapped
	bytes int
	gone  int   // connections that made room for newer ones
	lost  int64 // events that the tap dropped because we were slow
}

// add takes a batch of events in and returns the connections that are new.
func (l *wireLog) add(events []wire.Event) (opened []int) {
	for _, e := range events {
		t := l.byID[e.Conn]
		if t == nil {
			// Opened comes first; what else there is of a connection that
			// has left the ring is of no use any more.
			if e.Kind != wire.Opened {
				continue
			}
			if l.byID == nil {
				l.byID = map[int]*tapped{}
			}
			t = &tapped{conn: &wire.Conn{ID: e.Conn}}
			l.byID[e.Conn] = t
			l.conns = append(l.conns, t)
			opened = append(opened, e.Conn)
		}
		t.conn.Add(e)
		l.bytes += len(e.Data)
	}
	for len(l.conns) > keepConns || l.bytes > keepBytes && len(l.conns) > 1 {
		old := l.conns[0]
		for _, e := range old.conn.Events {
			l.bytes -= len(e.Data)
		}
		delete(l.byID, old.conn.ID)
		l.conns = slices.Delete(l.conns, 0, 1)
		l.gone++
	}
	return opened
}

// newest is the last connection, nil when there is none.
func (l *wireLog) newest() *tapped {
	if len(l.conns) == 0 {
		return nil
	}
	return l.conns[len(l.conns)-1]
}

// beside is the connection that is by places older than another one.
func (l *wireLog) beside(id, by int) *tapped {
	i := slices.IndexFunc(l.conns, func(t *tapped) bool { return t.conn.ID == id })
	if i < 0 {
		return l.newest()
	}
	return l.conns[min(max(i-by, 0), len(l.conns)-1)]
}

// anyOpen says whether a connection still lives, so that the clock matters.
func (l *wireLog) anyOpen() bool {
	return slices.ContainsFunc(l.conns, func(t *tapped) bool { return !t.conn.Over() })
}
