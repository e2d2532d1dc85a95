package message

import (
	"bytes"
	"slices"
)

// A reader reads one direction, line by line, and content as it comes. What has
// come of a line that has not ended is read on a copy, each time that somebody
// looks.
type reader struct {
	parser // of the line at hand
	s      *Splitter
	all    []byte // what has come
	line   int    // up to here there is no end of the line at hand
	state  state

	open bool    // a message has begun
	cur  Message // it
	at   int     // its place in the Splitter's list

	fields  fields
	left    int64    // bytes still to come of the content, or of a chunk's data
	kind    SpanKind // inRest: what all that follows is
	finding string   // inRest: what is wrong with that
	before  string   // what is wrong with bytes that follow a message, and are none

	number    int  // of the message at hand, or of the next, among its kind
	decided   bool // of a response: whether somebody had asked for it
	unasked   bool // nobody had
	tunnelled bool // after the message at hand come no others

	spansBefore int  // in messages before the one at hand
	ended       bool // no more bytes will come
	full        bool // those that come are not kept
}

// A state says what comes next.
type state int

const (
	atStart     state = iota // a start line, or empty lines before it
	inFields                 // field lines
	inContent                // left bytes of content
	atChunkSize              // the line of a chunk's size
	inChunk                  // left bytes of its data
	afterChunk               // the line end after them
	inTrailers               // field lines after the last chunk
	inRest                   // whatever comes
)

// read lays spans on what has come, as far as whole lines go.
func (r *reader) read() {
	for r.pos < len(r.all) && !r.full {
		if !r.open && !r.begin() {
			return
		}
		switch r.state {
		case inContent, inChunk:
			r.content()
		case inRest:
			r.b = r.all
			r.grow(r.kind, r.finding)
		default:
			from := max(r.pos, r.line)
			n := bytes.IndexByte(r.all[from:], '\n')
			if n < 0 {
				r.line = len(r.all)
				r.decide()
				return
			}
			r.b = r.all[:from+n+1]
			r.readLine()
		}
	}
}

// begin begins a message at the position. A response to a request that is not
// kept is not kept either: how it is to be read cannot be known.
func (r *reader) begin() bool {
	if r.state != inRest {
		r.number++
	}
	if r.dir == ToClient && r.s.readers[ToServer].full && r.number > len(r.s.requests) {
		r.full, r.all = true, r.all[:r.pos]
		return false
	}
	r.cur = Message{Dir: r.dir, Off: r.pos, Exchange: r.number}
	if r.state == inRest { // a tunnel
		r.cur.Head.Foreign, r.cur.Missing = true, -1
	}
	r.open, r.at = true, len(r.s.list)
	r.decided, r.unasked = false, false
	r.fields = fields{}
	r.s.list = append(r.s.list, Message{})
	if r.dir == ToServer {
		r.s.requests = append(r.s.requests, r.at)
	}
	return true
}

// readLine reads a line from the position to the end of b: a whole one, or what
// has come of it.
func (r *reader) readLine() {
	switch r.state {
	case atStart:
		r.startLine()
	case inFields:
		if r.fieldLine(FieldName, FieldValue) {
			r.headOver()
		}
	case afterChunk, atChunkSize:
		r.chunkLine()
	case inTrailers:
		if r.fieldLine(TrailerName, TrailerValue) {
			r.finish()
		}
	}
}

// startLine takes an empty line before a message, or its start line.
func (r *reader) startLine() {
	finding := "An empty line before the request line; servers skip it (RFC 9112, 2.2)."
	if r.dir == ToClient {
		finding = "An empty line before the status line: a client may take it for the whole answer (RFC 9112, 4)."
		if r.before != "" {
			finding = r.before
		}
	}
	if r.atLineEnd() && r.lineEnd(Stray, finding) || r.out() {
		return
	}
	r.decide()
	h := &r.cur.Head
	switch {
	case r.isTLS():
		r.toRest(TLS, r.before)
	case r.dir == ToServer && r.requestLine(h), r.dir == ToClient && r.statusLine(h, r.unaskedFinding()):
		r.state = inFields
	case h.Foreign:
		r.toRest(NotHTTP, r.before)
	}
}

// isTLS tells whether the bytes begin like a TLS record.
func (r *reader) isTLS() bool {
	b := r.b[r.pos:]
	return (b[0] == 0x16 || b[0] == 0x15) && (len(b) == 1 || b[1] == 3)
}

// decide notes whether a response was asked for when its first byte came.
func (r *reader) decide() {
	if r.dir != ToClient || r.state != atStart || r.decided ||
		len(bytes.TrimLeft(r.all[r.pos:], "\r")) == 0 {
		return
	}
	r.decided = true
	request, asked := r.s.request(r.number)
	r.unasked = !asked
	r.cur.Head.simple = asked && request.Head.lineOver && request.Head.Method == "GET" && request.Head.Version == ""
}

func (r *reader) unaskedFinding() string {
	if r.unasked {
		return "Nobody had asked for this answer yet when it came (RFC 9112, 9.2)."
	}
	return ""
}

// headOver decides what comes after the head.
func (r *reader) headOver() {
	m := &r.cur
	method := ""
	switch {
	case r.dir == ToClient:
		method = r.s.method(r.number)
	case m.Head.Method == "PRI":
		m.Head.Foreign, m.Missing = true, -1
		r.toRest(HTTP2, "")
		return
	}
	framing, n := ContentFraming(r.dir, method, m.Head.Code, r.fields.codings, r.fields.lengths)
	m.Head.Framing = framing
	switch framing {
	case NoContent:
		r.finish()
	case NoMessages:
		number := r.number
		r.finish()
		r.number = number
		r.toRest(Tunnel, "")
		r.s.readers[ToServer].tunnelAfter(number)
	case ByLength:
		r.left, m.Missing, r.state = n, n, inContent
		if n == 0 {
			r.finish()
		}
	case ByChunks:
		m.Missing, r.state = -1, atChunkSize
	case ByClose:
		m.Missing = -1
		r.toRest(Content, "")
	case Unknown:
		m.Missing = -1
		r.toRest(Content, "Where this content ends cannot be known from the head (RFC 9112, 6.3).")
	}
}

// toRest: whatever comes from here on is of one kind.
func (r *reader) toRest(kind SpanKind, finding string) {
	r.state, r.kind, r.finding = inRest, kind, finding
	if r.open {
		if kind != Content {
			r.cur.Missing = -1
		}
		r.cur.Head.Foreign = r.cur.Head.Foreign || kind == TLS
		r.grow(kind, finding)
	}
}

// content takes what has come of content, or of a chunk's data.
func (r *reader) content() {
	r.b = r.all[:r.pos+int(min(r.left, int64(len(r.all)-r.pos)))]
	r.left -= int64(len(r.b) - r.pos)
	r.grow(Content, "")
	switch {
	case r.state == inContent:
		if r.cur.Missing = r.left; r.left == 0 {
			r.finish()
		}
	default:
		if r.cur.Head.chunkLeft = r.left; r.left == 0 {
			r.state = afterChunk
		}
	}
}

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
		c.spans = slices.Clip(c.spans)
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
