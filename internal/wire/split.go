package wire

import "strings"

const (
	findCutHead  = "The connection ended here, before the head was complete (RFC 9112, 8)."
	findCutBody  = "The connection ended here, before the content was complete (RFC 9112, 8)."
	findCutReset = "The connection was reset here; whether the content was complete cannot be known (RFC 9112, 8)."
)

// Split finds the messages of both directions. It is incremental in effect: more
// bytes never move the spans of earlier ones. A request is followed by its
// answers, also where several requests were under way at once. The result is
// the Conn's own: look, do not change.
func (c *Conn) Split() []Message {
	if c.split != nil && c.splitVersion == c.version {
		return c.split
	}
	requests := c.requests(len(c.Sent))
	answers, tunnel := c.answers(requests)
	if tunnel >= 0 && tunnel < len(c.Sent) {
		// What the client sent after that answer is no request any more.
		requests = c.requests(tunnel)
		p := c.parser(ToServer)
		p.pos = tunnel
		requests = append(requests, c.tunnel(p, len(requests)+1))
	}
	c.split = pair(requests, answers)
	c.splitVersion = c.version
	return c.split
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

func (c *Conn) parser(dir Dir) *parser {
	p := &parser{dir: dir, b: c.Sent, all: c.SentAll}
	if dir == ToClient {
		p.b, p.all = c.Got, c.GotAll
	}
	p.all = max(p.all, int64(len(p.b)))
	p.ended = c.ways[dir].ended || c.ways[dir].reset || c.done
	return p
}

// requests reads the client's direction up to byte limit.
func (c *Conn) requests(limit int) []Message {
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
func (c *Conn) request(p *parser, m *Message, before string) string {
	h := &m.head
	p.strays("An empty line before the request line; servers skip it (RFC 9112, 2.2).")
	if p.out() {
		return before
	}
	if p.foreignStart(before) {
		h.foreign = true
		m.Missing = -1
		return ""
	}
	if !p.requestLine(h) || !p.fieldLines(h, FieldName, FieldValue, h.checkFraming) {
		p.note(h.foreign, before)
		if h.foreign {
			m.Missing = -1
		}
		return ""
	}
	if h.method == "PRI" {
		p.rest(HTTP2, "")
		h.foreign = true
		m.Missing = -1
		return ""
	}
	rule, n := h.framing(ToServer, "")
	c.body(p, m, rule, n)
	switch rule {
	case byNothing:
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
func (c *Conn) body(p *parser, m *Message, rule framing, n int64) {
	m.head.rule = rule
	switch rule {
	case byNothing, byTunnel:
		m.Complete = true
	case byLength:
		m.Missing = p.content(n)
		m.Complete = m.Missing == 0
	case byChunks:
		m.Complete = p.chunked(&m.head)
		if !m.Complete {
			m.Missing = -1
		}
	case byClose:
		p.rest(Content, "")
		m.Missing = -1
		if m.Complete = c.ways[p.dir].ended && !c.ways[p.dir].reset; m.Complete {
			m.Missing = 0
		}
	case byNobody:
		p.rest(Content, "Where this content ends cannot be known from the head (RFC 9112, 6.3).")
		m.Missing = -1
	}
}

// tunnel takes everything that is left as one message without form.
func (c *Conn) tunnel(p *parser, exchange int) Message {
	m := Message{Exchange: exchange, Missing: -1, head: head{foreign: true}}
	start := p.pos
	p.rest(Tunnel, "")
	return c.wrap(p, start, m)
}

// wrap makes the message out of the spans from start to the position.
func (c *Conn) wrap(p *parser, start int, m Message) Message {
	m.Dir, m.Off = p.dir, start
	m.Len, m.Spans, p.spans = p.pos-start, p.spans, nil
	m.Start = startLine(p.b, m.Spans)
	m.Arrivals = c.arrivalsIn(p.dir, m.Off, m.Off+m.Len)
	if p.out() && p.ended && p.all == int64(len(p.b)) && m.Start != "" && !m.Complete {
		last := &m.Spans[len(m.Spans)-1]
		last.Finding = join(last.Finding, c.cut(m))
	}
	return m
}

// cut says what the end of the connection means for an incomplete message.
func (c *Conn) cut(m Message) string {
	switch {
	case m.head.foreign:
		return ""
	case m.Missing == 0:
		return findCutHead
	case m.head.rule == byClose:
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
