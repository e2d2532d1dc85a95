package plain

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"example/wirebook/internal/visible"
	"example/wirebook/internal/wire"
	"example/wirebook/internal/wire/message"
)

// A wireLog is what passed on the wire, newest last. The tap writes to it from
// one goroutine, the reader reads in another.
type wireLog struct {
	mu    sync.Mutex
	conns []*wire.Conn
	told  int           // the newest connection that news has told of
	last  time.Duration // of the newest event
}

// maxConns is how many connections are remembered.
const maxConns = 50

// follow takes events in until their channel is closed.
func (l *wireLog) follow(events <-chan []wire.Event) {
	for batch := range events {
		l.add(batch)
	}
}

func (l *wireLog) add(batch []wire.Event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range batch {
		l.last = max(l.last, e.At)
		if e.Kind == wire.ServerEnded {
			wire.AddServerEnd(l.conns, e)
			continue
		}
		c := l.find(e.Conn)
		if c == nil {
			c = &wire.Conn{}
			l.conns = append(l.conns, c)
			if len(l.conns) > maxConns {
				l.conns = l.conns[1:]
			}
		}
		c.Add(e)
	}
}

func (l *wireLog) find(id int) *wire.Conn {
	for i := len(l.conns) - 1; i >= 0; i-- {
		if l.conns[i].ID == id {
			return l.conns[i]
		}
	}
	return nil
}

// news tells of the clients from outside that have come and gone since it was
// last called: a line for each, at most five.
func (l *wireLog) news() []string {
	const most = 5
	l.mu.Lock()
	defer l.mu.Unlock()
	var lines []string
	more := 0
	for _, c := range l.conns {
		if c.ID <= l.told || !c.Over() {
			continue
		}
		l.told = c.ID
		switch {
		case c.Sender != (wire.Sender{}):
		case len(lines) == most:
			more++
		default:
			lines = append(lines, "On the wire, "+l.summary(c)+fmt.Sprintf(". Type wire %d to read it.", c.ID))
		}
	}
	if more > 0 {
		lines = append(lines, fmt.Sprintf("And %s more; type wire for a list.", visible.Count(more, "connection")))
	}
	return lines
}

// summary is one connection in a line. The caller holds mu.
func (l *wireLog) summary(c *wire.Conn) string {
	return fmt.Sprintf("connection %d, %s: %s", c.ID, c.Who(), strings.Join(strings.Fields(c.Summary()), " "))
}

// readWire lists connections, or reads one.
func (w *Workbook) readWire(args []string) {
	const most = 10
	l := w.wire
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(args) > 0 {
		if c := w.connection(args); c != nil {
			w.print(l.read(c))
		}
		return
	}
	if len(l.conns) == 0 {
		w.say("The wire is quiet. Whatever talks to http://%s is kept here.", w.addr())
		return
	}
	var lines []string
	for _, c := range l.conns[max(len(l.conns)-most, 0):] {
		lines = append(lines, capital(l.summary(c))+".")
	}
	w.print(strings.Join(lines, "\n"))
}

// readParts explains a connection part by part.
func (w *Workbook) readParts(args []string) {
	l := w.wire
	l.mu.Lock()
	defer l.mu.Unlock()
	if c := w.connection(args); c != nil {
		w.print(l.parts(c))
	}
}

// connection finds the one that is named, or the newest; where there is none it
// says so and returns nil. The caller holds the log's mu.
func (w *Workbook) connection(args []string) *wire.Conn {
	l := w.wire
	if len(args) == 0 {
		if len(l.conns) == 0 {
			w.say("The wire is quiet.")
			return nil
		}
		return l.conns[len(l.conns)-1]
	}
	id, _ := strconv.Atoi(args[0])
	c := l.find(id)
	if c == nil {
		w.say("There is no connection %q. Type wire for a list.", args[0])
	}
	return c
}

// read is what happened on a connection as lines, in the order of time. The
// caller holds mu.
func (l *wireLog) read(c *wire.Conn) string {
	lines := []string{capital(l.summary(c)) + "."}
	messages := c.Messages()
	for _, at := range c.Timeline() {
		if at.Event != nil {
			lines = append(lines, capital(c.Describe(*at.Event))+".")
			continue
		}
		m := messages[at.Message]
		lines = append(lines, momentTitle(m, at)+":")
		b := m.Bytes()[at.From-m.Off : at.To-m.Off]
		content := min(max(contentOffset(m)-(at.From-m.Off), 0), len(b))
		for _, row := range visible.Rows(b, content, -1) {
			lines = append(lines, "    "+row.Text)
		}
		for _, s := range m.Spans {
			if s.Finding != "" && at.From <= s.Off && s.Off < at.To {
				lines = append(lines, "Note: "+s.Finding)
			}
		}
	}
	return strings.Join(append(lines, "Now: "+c.State(l.last)+"."), "\n")
}

// momentTitle says which message it is, and how much of it.
func momentTitle(m message.Message, at wire.Moment) string {
	name, size := messageName(m), visible.Count(at.To-at.From, "byte")
	switch {
	case at.From > m.Off:
		return name + ", continued, " + size
	case at.To < m.Off+m.Len:
		return name + ", " + visible.Thousands(at.To-at.From) + " of " + visible.Count(m.Len, "byte")
	}
	return name + ", " + size
}

// contentOffset is where a message's content begins.
func contentOffset(m message.Message) int {
	for _, s := range m.Spans {
		if s.Kind == message.EmptyLine {
			return s.Off + s.Len - m.Off
		}
	}
	return m.Len
}

// parts explains each span of a connection's messages. The caller holds mu.
func (l *wireLog) parts(c *wire.Conn) string {
	var lines []string
	for _, m := range c.Messages() {
		lines = append(lines, messageName(m)+", "+visible.Count(m.Len, "byte")+".")
		for _, s := range m.Spans {
			what := strings.TrimSpace(m.Explain(s) + " " + s.Finding)
			lines = append(lines, fmt.Sprintf("%s: %s", visible.Start([]byte(m.Text(s)), 40), what))
		}
	}
	if len(lines) == 0 {
		return "Nothing was sent on this connection."
	}
	return strings.Join(lines, "\n")
}

func messageName(m message.Message) string {
	if m.Dir == message.ToClient {
		return "Response"
	}
	return "Request"
}
