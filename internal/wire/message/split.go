package message

import (
	"sort"
	"strings"
)

const (
	findCutHead  = "The connection ended here, before the head was complete (RFC 9112, 8)."
	findCutBody  = "The connection ended here, before the content was complete (RFC 9112, 8)."
	findCutReset = "The connection was reset here; whether the content was complete cannot be known (RFC 9112, 8)."
)

// A Splitter finds the messages in what the two sides of a connection send
// each other. It is given the bytes in the order in which they came, since what
// a response is depends on what had been asked by then. More bytes never move
// the spans of earlier ones. The zero value is ready to use.
type Splitter struct {
	ways    [2]way // by Dir
	changed bool
	split   []Message
}

// A way is one direction.
type way struct {
	bytes []byte
	all   int64 // how long the direction really was; bytes may be its beginning
	marks []mark
	ended bool // no more bytes will come
	whole bool // and the sender said so: it was not cut off
}

// A mark says that the bytes up to end came when so many bytes of the other
// direction had.
type mark struct{ end, other int }

// Add takes bytes that dir's sender sent.
func (c *Splitter) Add(dir Dir, b []byte) {
	w := &c.ways[dir]
	w.bytes = append(w.bytes, b...)
	w.all += int64(len(b))
	w.marks = append(w.marks, mark{len(w.bytes), len(c.ways[1-dir].bytes)})
	c.changed = true
}

// Skip counts bytes that dir's sender sent and that are not kept. None may be
// added in that direction afterwards.
func (c *Splitter) Skip(dir Dir, n int64) {
	c.ways[dir].all += n
	c.changed = true
}

// End notes that dir's sender has ended its direction (FIN).
func (c *Splitter) End(dir Dir) {
	w := &c.ways[dir]
	w.whole = !w.ended || w.whole
	w.ended, c.changed = true, true
}

// Cut notes that dir's sender will send no more, and never said so: the
// connection was reset.
func (c *Splitter) Cut(dir Dir) {
	c.ways[dir].ended, c.ways[dir].whole, c.changed = true, false, true
}

// Bytes is what dir's sender sent.
func (c *Splitter) Bytes(dir Dir) []byte { return c.ways[dir].bytes }

// Messages lists the messages of both directions. A request is followed by the
// responses to it, also where several requests were under way at once. The
// result is the Splitter's own: look, do not change.
func (c *Splitter) Messages() []Message {
	if !c.changed {
		return c.split
	}
	requests := c.requests(len(c.Bytes(ToServer)))
	answers, tunnel := c.answers(requests)
	if tunnel >= 0 && tunnel < len(c.Bytes(ToServer)) {
		// What the client sent after that answer is no request any more.
		requests = c.requests(tunnel)
		p := c.parser(ToServer)
		p.pos = tunnel
		requests = append(requests, c.tunnel(p, len(requests)+1))
	}
	c.split = pair(requests, answers)
	c.changed = false
	return c.split
}

// knownBy is how many bytes of the other direction had come when byte off of
// dir came.
func (c *Splitter) knownBy(dir Dir, off int) int {
	marks := c.ways[dir].marks
	i := sort.Search(len(marks), func(i int) bool { return marks[i].end > off })
	if i < len(marks) {
		return marks[i].other
	}
	return len(c.Bytes(1 - dir))
}

// pair puts answers behind their requests.
func pair(requests, answers []Message) []Message {
	all := make([]Message, 0, len(requests)+len(answers))
	for _, r := range requests {
		all = append(all, r)
		for len(answers) > 0 && answers[0].Exchange <= r.Exchange {
			all = append(all, answers[0])
			answers = answers[1:]
		}
	}
	return append(all, answers...)
}

func (c *Splitter) parser(dir Dir) *parser {
	w := &c.ways[dir]
	return &parser{dir: dir, b: w.bytes, all: w.all, ended: w.ended}
}

// requests reads the client's direction up to byte limit.
func (c *Splitter) requests(limit int) []Message {
	p := c.parser(ToServer)
	if limit < len(p.b) {
		p.b, p.all, p.ended = p.b[:limit], int64(limit), false
	}
	var list []Message
	before := ""
	for !p.out() {
		start := p.pos
		m := Message{Dir: ToServer, Exchange: len(list) + 1}
		before = c.request(p, &m, before)
		list = append(list, c.wrap(p, start, m))
	}
	return list
}

// request takes one request. before says what to call bytes here that are no
// request; request returns the same for the bytes behind it.
func (c *Splitter) request(p *parser, m *Message, before string) string {
	h := &m.Head
	p.strays("An empty line before the request line; servers skip it (RFC 9112, 2.2).")
	if p.out() {
		return before
	}
	if p.foreignStart(before) {
		h.Foreign = true
		m.Missing = -1
		return ""
	}
	if !p.requestLine(h) || !p.fieldLines(h, FieldName, FieldValue, h.checkFraming) {
		p.note(h.Foreign, before)
		if h.Foreign {
			m.Missing = -1
		}
		return ""
	}
	if h.Method == "PRI" {
		p.rest(HTTP2, "")
		h.Foreign = true
		m.Missing = -1
		return ""
	}
	rule, n := h.framing(ToServer, "")
	c.body(p, m, rule, n)
	switch rule {
	case NoContent:
		return "The request before announced no content, neither by Content-Length nor by Transfer-Encoding: a server reads these bytes as the next request (RFC 9112, 6.3)."
	default:
		return "These bytes come after the content that was announced: a server reads them as the next request (RFC 9112, 6.3)."
	}
}

// foreignStart takes everything when the bytes begin like TLS.
func (p *parser) foreignStart(before string) bool {
	rest := p.b[p.pos:]
	if rest[0] != 0x16 && rest[0] != 0x15 || len(rest) > 1 && rest[1] != 3 {
		return false
	}
	p.rest(TLS, before)
	return true
}

// note puts a finding on the last span, if there is one to put.
func (p *parser) note(holds bool, finding string) {
	if last := len(p.spans) - 1; holds && last >= 0 && finding != "" {
		p.spans[last].Finding = join(finding, p.spans[last].Finding)
	}
}

// body takes a message's content and fills in what is known of its length.
func (c *Splitter) body(p *parser, m *Message, rule Framing, n int64) {
	m.Head.Framing = rule
	switch rule {
	case NoContent, NoMessages:
		m.Complete = true
	case ByLength:
		m.Missing = p.content(n)
		m.Complete = m.Missing == 0
	case ByChunks:
		m.Complete = p.chunked(&m.Head)
		if !m.Complete {
			m.Missing = -1
		}
	case ByClose:
		p.rest(Content, "")
		m.Missing = -1
		if m.Complete = c.ways[p.dir].ended && c.ways[p.dir].whole; m.Complete {
			m.Missing = 0
		}
	case Unknown:
		p.rest(Content, "Where this content ends cannot be known from the head (RFC 9112, 6.3).")
		m.Missing = -1
	}
}

// tunnel takes everything that is left as one message without form.
func (c *Splitter) tunnel(p *parser, exchange int) Message {
	m := Message{Exchange: exchange, Missing: -1, Head: Head{Foreign: true}}
	start := p.pos
	p.rest(Tunnel, "")
	return c.wrap(p, start, m)
}

// wrap makes the message out of the spans from start to the position.
func (c *Splitter) wrap(p *parser, start int, m Message) Message {
	m.Dir, m.Off = p.dir, start
	m.Len, m.Spans, p.spans = p.pos-start, p.spans, nil
	m.Start = startLine(p.b, m.Spans)
	if p.out() && p.ended && p.all == int64(len(p.b)) && m.Start != "" && !m.Complete {
		last := &m.Spans[len(m.Spans)-1]
		last.Finding = join(last.Finding, c.cut(m))
	}
	return m
}

// cut says what the end of the connection means for an incomplete message.
func (c *Splitter) cut(m Message) string {
	switch {
	case m.Head.Foreign:
		return ""
	case m.Missing == 0:
		return findCutHead
	case m.Head.Framing == ByClose:
		return findCutReset
	}
	return findCutBody
}

// startLine is the first line that is no stray, without its end.
func startLine(b []byte, spans []Span) string {
	for i, s := range spans {
		if s.Kind == Stray || s.Kind == LoneCR {
			continue
		}
		end := s.Off
		for _, s := range spans[i:] {
			if s.Kind == NotHTTP || s.Kind == TLS || s.Kind == Tunnel || s.Kind == LineEnd {
				break
			}
			end = s.Off + s.Len
		}
		return strings.TrimRight(string(b[s.Off:end]), "\r")
	}
	return ""
}
