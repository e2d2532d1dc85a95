package wirepane

import (
	"fmt"
	"strings"

	"example/wirebook/internal/wire/message"
	"example/wirebook/tui/cells"
)

// A Server is what the pane says of the server behind the tap.
type Server struct {
	Addr    string // what to type into a client: "localhost:8000"
	Problem string // why there is none, one line
	Advice  string // what to do about it, one line
	Down    bool   // none runs or is about to
	Failed  bool   // it could not be built or started
	Ended   bool   // it ended by itself
}

// Rows draws the pane. hasFocus shows the cursor.
func (p *Pane) Rows(hasFocus bool, s Server) []cells.Row {
	detail, cursor, list := zones(p.h)
	if p.current() == nil {
		return cells.Window(append(p.nothing(s.Addr), p.trouble(s)...), 0, p.h)
	}
	head := p.head()
	rows := append(head, p.window(detail-len(head), hasFocus, p.trouble(s))...)
	if cursor > 0 {
		rows = append(rows, cells.Window(p.explanation(cursor), 0, cursor)...)
	}
	return append(rows, cells.Window(p.list(list), 0, list)...)
}

// Latest is the newest connection in one line; empty before the first. While
// the pane follows, it is the newest on which something was said.
func (p *Pane) Latest() cells.Row {
	t := p.conns.newest()
	if p.follow {
		t = p.current()
	}
	if t == nil {
		return nil
	}
	return cells.Row{
		{Text: number(t.conn) + "  ", Tone: cells.Strong},
		{Text: t.conn.Who() + "  ", Tone: cells.Dim},
		{Text: t.line()},
	}
}

// nothing is the pane before the first connection.
func (p *Pane) nothing(address string) []cells.Row {
	rows := []cells.Row{nil, cells.Text(cells.Strong, "The wire is quiet."), nil}
	rows = append(rows, cells.Wrap("Whatever talks to your server appears here, byte for byte, as it comes.", p.w-1, cells.Plain)...)
	rows = append(rows, nil)
	for _, line := range [][2]string{
		{"⏎", "sends the exchange in the lesson"},
		{"browser", "open http://" + address},
		{"curl", "curl -v http://" + address + "/"},
	} {
		r := cells.Row{{Text: fmt.Sprintf("%8s  ", line[0]), Tone: cells.Keycap}, {Text: line[1], Tone: cells.Dim}}
		rows = append(rows, r)
	}
	return rows
}

// head says which connection it is, and what is odd about it.
func (p *Pane) head() []cells.Row {
	t := p.current()
	left := cells.Row{{Text: number(t.conn) + "  ", Tone: cells.Strong}, {Text: t.conn.Who(), Tone: cells.Strong}}
	rows := []cells.Row{cells.Ends(left, cells.Row{{Text: p.where(), Tone: cells.Dim}}, p.w)}
	return append(rows, p.underTitle()...)
}

// underTitle explains the chosen connection, where that needs it, says how it
// stands, and leaves an empty row where the pane is high enough. The end of a long
// exchange is told here, where no bytes push it out of sight.
func (p *Pane) underTitle() []cells.Row {
	var rows []cells.Row
	if s := p.connExplained(); s != "" {
		rows = cells.Wrap(s, p.w-1, cells.Dim)
	}
	rows = append(rows, p.standing()...)
	if d, _, _ := zones(p.h); d >= 14 {
		rows = append(rows, nil)
	}
	return rows
}

func (p *Pane) connExplained() string {
	if t := p.current(); t != nil {
		return t.conn.Explain()
	}
	return ""
}

// where tells how much of the connection is in sight, when it is not all.
func (p *Pane) where() string {
	n, h := p.rowCount(), p.detail()
	if n <= h {
		return ""
	}
	return fmt.Sprintf("%d of %d ", min(p.top+h, n), n)
}

// window draws the rows in sight, with the cursor in them, and under them what is
// wrong with the server. However long the message is, one row is left for that.
func (p *Pane) window(h int, hasFocus bool, trouble []cells.Row) []cells.Row {
	ref, detail := p.refNumber(), p.detail()
	rows := make([]cells.Row, 0, h)
	for i := p.top; i < min(p.top+detail, p.rowCount()); i++ {
		r := p.rowAt(i)
		if hasFocus && ref > 0 {
			r = markRef(r, ref)
		}
		rows = append(rows, r)
	}
	if len(rows)+1 >= h && len(trouble) > 0 {
		trouble = trouble[1:] // its empty row
	}
	return cells.Window(append(rows, trouble...), 0, h)
}

// stateTone: a connection that lives waits for somebody; one that is over does
// not ask for attention.
func stateTone(t *connView) cells.Tone {
	if t.conn.Over() {
		return cells.Dim
	}
	return cells.Warn
}

func markRef(r cells.Row, ref int) cells.Row {
	out := make(cells.Row, len(r))
	for i, x := range r {
		if x.Ref == ref {
			x.Tone |= cells.Marked
		}
		out[i] = x
	}
	return out
}

// explanation is what the part at the cursor is and why it is there.
func (p *Pane) explanation(h int) []cells.Row {
	rows := []cells.Row{cells.Rule("at the cursor", p.w)}
	m, s, ok := p.at()
	if !ok {
		return rows
	}
	head := cells.Row{{Text: sample([]byte(m.Text(s)), max(p.w-30, 8)), Tone: spanTone(s.Kind, s.Finding != "")},
		{Text: "  " + p.placeOf(m, s), Tone: cells.Dim}}
	rows = append(rows, head)
	if s.Finding != "" {
		rows = append(rows, cells.Wrap(s.Finding, p.w-1, cells.Bad)...)
	}
	return append(rows, cells.Wrap(m.Explain(s), p.w-1, cells.Plain)...)
}

// placeOf says where a span is: its bytes in the message, and the arrivals that
// brought it where the message came in several.
func (p *Pane) placeOf(m message.Message, s message.Span) string {
	from := s.Off - m.Off
	text := fmt.Sprintf("byte %d", from)
	if s.Len > 1 {
		text = fmt.Sprintf("bytes %d–%d", from, from+s.Len-1)
	}
	c := p.current().conn
	if _, all := c.ArrivalsOf(m.Dir, m.Off, m.Off+m.Len); all == 1 {
		return text
	}
	switch first, n := c.ArrivalsOf(m.Dir, s.Off, s.Off+s.Len); n {
	case 1:
		return fmt.Sprintf("%s, arrival %d", text, first)
	case 2:
		return fmt.Sprintf("%s, arrivals %d and %d", text, first, first+1)
	default:
		return fmt.Sprintf("%s, arrivals %d to %d", text, first, first+n-1)
	}
}

// sample shows the beginning of some bytes.
func sample(b []byte, width int) string {
	var s strings.Builder
	used := 0
	for i, c := range b {
		g := glyphs[c]
		if c == ' ' && len(b) < 4 {
			g = "␠"
		}
		n := len([]rune(g))
		if used+n > width-1 && i < len(b)-1 {
			return s.String() + "…"
		}
		s.WriteString(g)
		used += n
	}
	return s.String()
}

// zones divides the wire pane: the chosen connection, the sentence at the
// cursor, the list of all. Heights depend on the pane's alone.
func zones(h int) (detail, cursor, list int) {
	switch {
	case h < 8:
		return h, 0, 0
	case h < 14:
		return h - 4, 0, 4
	}
	list = min(max(h/5, 4), 9)
	cursor = 6
	if h < 20 {
		cursor, list = 4, 3
	}
	return h - cursor - list, cursor, list
}
