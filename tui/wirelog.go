package tui

import (
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

// A tapped connection is a record with what has been worked out from it, which is
// asked for again only when something has come.
type tapped struct {
	conn    *wire.Conn
	known   [3]int64 // what the summary was made from
	summary string
}

// line is the connection in one line.
func (t *tapped) line() string {
	now := [3]int64{int64(len(t.conn.Events)), t.conn.SentAll, t.conn.GotAll}
	if t.known != now {
		t.known, t.summary = now, t.conn.Summary()
	}
	return t.summary
}

// began is when the tap accepted the client.
func (t *tapped) began() time.Duration {
	if len(t.conn.Events) == 0 {
		return 0
	}
	return t.conn.Events[0].At
}

// over says whether both directions have ended.
func (t *tapped) over() bool {
	return slices.ContainsFunc(t.conn.Events, func(e wire.Event) bool {
		return e.Kind == wire.Done || e.Kind == wire.Refused
	})
}

// refused: there was no server behind the tap.
func (t *tapped) refused() bool {
	return slices.ContainsFunc(t.conn.Events, func(e wire.Event) bool { return e.Kind == wire.Refused })
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
	return slices.ContainsFunc(l.conns, func(t *tapped) bool { return !t.over() })
}
