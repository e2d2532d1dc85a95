package message

import "bytes"

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
