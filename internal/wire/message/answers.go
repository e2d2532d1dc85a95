package message

// answers reads the server's direction. tunnel is where in Sent the client's
// bytes stop being requests, -1 if nowhere.
func (c *Splitter) answers(requests []Message) (list []Message, tunnel int) {
	p := c.parser(ToClient)
	tunnel = -1
	before, turn := "", 0
	for !p.out() {
		start := p.pos
		m := Message{Dir: ToClient, Exchange: turn + 1}
		var rule Framing
		before, rule = c.answer(p, &m, before, c.asked(requests, turn))
		m.Head.simple = turn < len(requests) && requests[turn].Head.Method == "GET" && requests[turn].Head.Version == ""
		list = append(list, c.wrap(p, start, m))
		if m.Head.Code/100 != 1 {
			turn++
		}
		if rule == NoMessages {
			tunnel = c.knownBy(ToClient, p.pos-1)
			if at := m.Exchange - 1; at < len(requests) {
				tunnel = max(tunnel, requests[at].Off+requests[at].Len)
			}
			tunnel = min(tunnel, len(c.Bytes(ToServer)))
			if !p.out() {
				list = append(list, c.tunnel(p, m.Exchange))
			}
		}
	}
	return list, tunnel
}

// asked gives what an answer is read by: the request that it answers, as far
// as it had come when the server's byte at off did.
func (c *Splitter) asked(requests []Message, turn int) func(off int) (method string, came bool) {
	return func(off int) (string, bool) {
		known := c.knownBy(ToClient, off)
		if turn >= len(requests) || requests[turn].Off >= known {
			return "", false
		}
		for _, s := range requests[turn].Spans {
			if s.Kind == Method && s.Off+s.Len < known {
				return requests[turn].Head.Method, true
			}
		}
		return "", true
	}
}

// answer takes one answer, like request.
func (c *Splitter) answer(p *parser, m *Message, before string, asked func(int) (string, bool)) (string, Framing) {
	h := &m.Head
	stray := "An empty line before the status line: a client may take it for the whole answer (RFC 9112, 4)."
	if before != "" {
		stray = before
	}
	p.strays(stray)
	if p.out() {
		return before, NoContent
	}
	_, came := asked(p.pos)
	note := ""
	if !came {
		note = "Nobody had asked for this answer yet when it came (RFC 9112, 9.2)."
	}
	if p.foreignStart(before) {
		h.Foreign = true
		m.Missing = -1
		return "", NoContent
	}
	if !p.statusLine(h, note) || !p.fieldLines(h, FieldName, FieldValue, h.checkFraming) {
		p.note(h.Foreign, before)
		if h.Foreign {
			m.Missing = -1
		}
		return "", NoContent
	}
	method, _ := asked(p.pos - 1)
	rule, n := h.framing(ToClient, method)
	c.body(p, m, rule, n)
	if rule == NoContent {
		return "Bytes after an answer that has no content: a client reads them as the start of the next answer (RFC 9112, 6.3).", rule
	}
	return "More bytes than the answer announced: a client reads them as the start of the next answer (RFC 9112, 6.3).", rule
}
