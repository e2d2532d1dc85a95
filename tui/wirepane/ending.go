package wirepane

import (
	"maps"
	"math"
	"time"

	"example/wirebook/internal/wire"
	"example/wirebook/internal/wire/message"
	"example/wirebook/tui/cells"
)

// A server that ends by itself does so on one connection, and the sentence
// about it stands there, however many others are looked at later. The status
// and the events come on separate ways: which connection it was is worked out
// again with each event, until a server runs once more.

// sameMoment is how far apart the system may close the connections of a program
// that has ended.
const sameMoment = 10 * time.Millisecond

// ServerChanged takes in what the server is doing now.
func (p *Pane) ServerChanged(s Server) {
	p.serverless = s.Down
	switch {
	case !s.Ended:
		p.revived()
	case p.dying != s.Problem:
		p.ended(s.Problem)
	}
}

// ended notes that the server has ended, and how.
func (p *Pane) ended(problem string) {
	maps.DeleteFunc(p.endings, func(id int, _ string) bool { return p.conns.byID[id] == nil })
	p.dying = problem
	p.blame()
}

// blame finds the connection on which the server ended.
func (p *Pane) blame() {
	if p.dying == "" {
		return
	}
	delete(p.endings, p.blamed)
	if p.blamed = p.conns.servedLast(); p.blamed != 0 {
		p.endings[p.blamed] = p.dying
	}
}

// revived: what comes from now on has nothing to do with the last end.
func (p *Pane) revived() { p.dying, p.blamed = "", 0 }

// servedLast is the number of the connection that the server was busy with when
// it ended, 0 if there is none: of those that ended last, the oldest that was
// left without an answer, since these servers take one client after another.
func (l *log) servedLast() int {
	var last time.Duration
	for _, t := range l.views {
		if !t.conn.Refused() {
			last = max(last, t.left())
		}
	}
	id := 0
	for _, t := range l.views {
		if t.conn.Refused() || t.left() < last-sameMoment {
			continue
		}
		id = t.conn.ID
		if t.conn.Total(message.ToClient) == 0 {
			break
		}
	}
	return id
}

// left is when the server ended its side, the end of time if it has not.
func (t *connView) left() time.Duration {
	for _, e := range t.conn.Events {
		byServer := e.Dir == message.ToClient && (e.Kind == wire.HalfClosed || e.Kind == wire.WasReset)
		if byServer || e.Kind == wire.Done {
			return e.At
		}
	}
	return math.MaxInt64
}

// trouble is what is wrong with the server and has no connection to stand
// under: it could not be started, or ended while nobody talked to it.
func (p *Pane) trouble(s Server) []cells.Row {
	advice := s.Advice
	switch {
	case s.Ended && p.blamed == 0:
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
	if s := p.endings[t.conn.ID]; s != "" {
		rows = append(rows, cells.Wrap(s, p.w-1, cells.Bad)...)
		if t.conn.ID == p.blamed {
			rows = append(rows, cells.Wrap(startAdvice, p.w-1, cells.Dim)...)
		}
	}
	return rows
}

// fromLesson says whether a lesson sent this, and not some other client.
func (t *connView) fromLesson() bool { return t.conn.Sender != (wire.Sender{}) }
