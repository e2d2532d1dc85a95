package wirepane

import (
	"slices"
	"time"

	"example/wirebook/internal/wire"
	"example/wirebook/tui/cells"
)

// A serverEnd is the end of a server that ended by itself. It stands on the time
// axis of every connection that it cut, and in the list of connections at the
// time when it happened.
type serverEnd struct {
	at   time.Duration
	text string
	cut  int // how many connections
}

const keepEnds = 20

func (l *log) serverEnded(e wire.Event) {
	conns := make([]*wire.Conn, len(l.views))
	for i, t := range l.views {
		conns[i] = t.conn
	}
	l.ends = append(l.ends, serverEnd{e.At, e.Text, wire.AddServerEnd(conns, e)})
	if len(l.ends) > keepEnds {
		l.ends = slices.Delete(l.ends, 0, 1)
	}
}

// ServerChanged takes in what the server is doing now.
func (p *Pane) ServerChanged(s Server) {
	p.serverless = s.Down
	p.ended = s.Ended
}

// trouble is what is wrong with the server and has no connection to stand
// under: it could not be started, or ended while nobody talked to it.
func (p *Pane) trouble(s Server) []cells.Row {
	advice := s.Advice
	switch {
	case s.Ended && !p.lastEndCut():
		advice = startAdvice
	case !s.Failed:
		return nil
	}
	rows := append([]cells.Row{nil}, cells.Wrap(s.Problem, p.w-1, cells.Bad)...)
	return append(rows, cells.Wrap(advice, p.w-1, cells.Dim)...)
}

const startAdvice = "S starts it again; so does sending an exchange."

// standing is how the chosen connection stands: what it waits for or how it
// ended, and whether the server ended with it.
func (p *Pane) standing() []cells.Row {
	t := p.current()
	if t == nil {
		return nil
	}
	var rows []cells.Row
	if s := t.conn.State(p.sinceEpoch()); s != "" {
		if t.conn.Refused() && p.serverless {
			s += ": S starts one"
		}
		rows = cells.Wrap(s, p.w-1, stateTone(t))
	}
	if s := t.conn.ServerEnd(); s != "" {
		rows = append(rows, cells.Wrap(s, p.w-1, cells.Bad)...)
		if p.ended && p.endedLast(t.conn) {
			rows = append(rows, cells.Wrap(startAdvice, p.w-1, cells.Dim)...)
		}
	}
	return rows
}

// lastEndCut tells whether the last server that ended cut a connection, and so
// stands there.
func (p *Pane) lastEndCut() bool {
	n := len(p.conns.ends)
	return n > 0 && p.conns.ends[n-1].cut > 0
}

// endedLast tells whether it was the last end of a server that cut c.
func (p *Pane) endedLast(c *wire.Conn) bool {
	for _, e := range slices.Backward(c.Events) {
		if e.Kind == wire.ServerEnded {
			return e.At == p.conns.ends[len(p.conns.ends)-1].at
		}
	}
	return false
}

// fromLesson says whether a lesson sent this, and not some other client.
func (t *connView) fromLesson() bool { return t.conn.Sender != (wire.Sender{}) }
