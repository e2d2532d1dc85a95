package message

import (
	"bytes"
	"slices"
)

// finish ends a message that is complete.
func (r *reader) finish() {
	r.cur.Complete, r.cur.Missing = true, 0
	switch {
	case r.dir == ToServer && r.cur.Head.Framing == NoContent:
		r.before = "The request before announced no content, neither by Content-Length nor by Transfer-Encoding: a server reads these bytes as the next request (RFC 9112, 6.3)."
	case r.dir == ToServer:
		r.before = "These bytes come after the content that was announced: a server reads them as the next request (RFC 9112, 6.3)."
	case r.cur.Head.Framing == NoContent:
		r.before = "Bytes after an answer that has no content: a client reads them as the start of the next answer (RFC 9112, 6.3)."
	default:
		r.before = "More bytes than the answer announced: a client reads them as the start of the next answer (RFC 9112, 6.3)."
	}
	if r.dir == ToClient && r.cur.Head.Code/100 == 1 {
		r.number-- // the next response answers the same request
	}
	r.close()
	if r.tunnelled {
		r.number++
		r.toRest(Tunnel, "")
	}
}

// close puts the message at hand, complete or not, into the list.
func (r *reader) close() {
	m := r.message()
	m.Spans = slices.Clone(m.Spans)
	r.s.list[r.at] = m
	r.spansBefore += len(m.Spans)
	r.open, r.spans, r.state = false, r.spans[:0], atStart
}

// tunnelAfter: the client's bytes after a request are no requests any more. The
// server's response has made the connection a tunnel.
func (r *reader) tunnelAfter(number int) {
	if r.open && r.cur.Exchange <= number {
		r.tunnelled = true
		return
	}
	if r.open {
		r.readTail()
		r.close()
	}
	r.number++
	r.toRest(Tunnel, "")
}

// readTail lays spans on what has come of the last line, for good.
func (r *reader) readTail() {
	if r.pos < len(r.all) {
		r.b = r.all
		r.readLine()
	}
}

// end notes that no more bytes will come; whole, that the sender said so.
func (r *reader) end(whole bool) {
	if r.ended {
		return
	}
	r.ended = true
	if !r.open || r.full {
		return
	}
	r.readTail()
	if whole && r.cur.Head.Framing == ByClose {
		r.finish()
		return
	}
	if last := len(r.spans) - 1; last >= 0 && r.message().Start != "" && !r.cur.Head.Foreign {
		r.spans[last].Finding = join(r.spans[last].Finding, r.cut())
	}
}

const (
	findCutHead  = "The connection ended here, before the head was complete (RFC 9112, 8)."
	findCutBody  = "The connection ended here, before the content was complete (RFC 9112, 8)."
	findCutReset = "The connection was reset here; whether the content was complete cannot be known (RFC 9112, 8)."
)

// cut says what the end of the connection means for an incomplete message.
func (r *reader) cut() string {
	switch {
	case r.cur.Missing == 0:
		return findCutHead
	case r.cur.Head.Framing == ByClose:
		return findCutReset
	}
	return findCutBody
}

// view is the message at hand with all that has come of it.
func (r *reader) view() Message {
	c := *r
	if c.pos < len(c.all) {
		c.fields = c.fields.clone()
		c.readTail()
	}
	return c.message()
}

// message is the message at hand, as far as spans are laid on it.
func (r *reader) message() Message {
	m := r.cur
	m.Spans, m.Len = r.spans, r.pos-m.Off
	m.Start = startLine(r.all, m.Spans)
	if m.Unkept = r.full && !m.Complete; m.Unkept {
		m.Missing = -1
	}
	return m
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
		return string(bytes.TrimRight(b[s.Off:end], "\r"))
	}
	return ""
}
