// Package message reads HTTP/1 messages for people's eyes: it splits what two
// sides send each other into requests and responses, lays spans on them that
// cover every byte exactly once, and has a sentence for each span that says what
// it is and why it is there. It refuses nothing: what is wrong with a span is a
// finding, and what cannot be read is a span of its own.
//
// Message syntax follows RFC 9112. Its nearest relative is the log of llhttp,
// Node's parser. It serves nobody: package httpserver of the lessons and
// net/http do that.
package message

import (
	"strings"

	"example/wirebook/internal/visible"
)

// A Dir is a direction.
type Dir int

// The directions. Requests go to the server, responses to the client.
const (
	ToServer Dir = iota
	ToClient
)

func (d Dir) String() string { return [...]string{"to server", "to client"}[d] }

// A Message is one request or response found in a direction's bytes.
type Message struct {
	Dir      Dir
	Off, Len int    // in the direction's bytes
	Spans    []Span // cover Off..Off+Len exactly once
	Complete bool
	Missing  int64  // body bytes still to come, -1 if that cannot be known
	Unkept   bool   // the rest of it is not kept: nothing is known of its end
	Start    string // the start line, raw

	// Exchange numbers the requests of the connection, from 1; a response
	// has the number of its request. A 100 and a 200 can both answer one.
	Exchange int

	Head Head

	all []byte // what Dir's sender sent
}

// Bytes is the message as it came.
func (m *Message) Bytes() []byte { return m.all[m.Off : m.Off+m.Len] }

// Text is a span's bytes.
func (m *Message) Text(s Span) string {
	if s.Off < 0 || s.Len < 0 || s.Off+s.Len > len(m.all) {
		return ""
	}
	return string(m.all[s.Off : s.Off+s.Len])
}

// A Head is what a start line says, and what follows from the fields.
type Head struct {
	Method, Target, Version string // of a request; Version of a response too
	Code                    int    // of a response, 0 if it is not three digits
	Framing                 Framing
	Foreign                 bool // not HTTP/1 at all

	lineOver  bool  // the start line is over
	chunkLeft int64 // data bytes of the last chunk still to come
	simple    bool  // of a response: the request had no version, as in HTTP/0.9
}

// Field is the first value of the field of that name, in any case, and whether
// there is one.
func (m *Message) Field(name string) (value string, ok bool) {
	for _, s := range m.Spans {
		switch {
		case s.Kind == FieldName && ok, s.Kind == EmptyLine:
			return value, ok
		case s.Kind == FieldName:
			ok = strings.EqualFold(m.Text(s), name)
		case s.Kind == FieldValue && ok:
			value = strings.TrimSpace(value + " " + m.Text(s))
		}
	}
	return value, ok
}

// A SpanKind says which part of a message a span is.
type SpanKind int

// The kinds of span, in the order in which a reader meets them.
const (
	Stray        SpanKind = iota // an empty line where a message should begin
	Method                       // GET
	Space                        // between the words of a start line
	Target                       // /test.jpg
	Version                      // HTTP/1.1
	StatusCode                   // 200
	Reason                       // OK
	Surplus                      // words after the last that a request line has
	LineEnd                      // CR LF
	LoneCR                       // a CR that no LF follows
	FieldName                    // Host
	Colon                        // :
	FieldSpace                   // white space around a field value
	FieldValue                   // localhost:8000
	EmptyLine                    // the end of the head
	Content                      // the body
	ChunkSize                    // 1a
	ChunkExt                     // ;name=value
	ChunkEnd                     // CR LF after a chunk's data
	TrailerName                  // a field after the last chunk
	TrailerValue                 // its value
	NotHTTP                      // bytes that are not HTTP, or out of step
	TLS                          // an encrypted connection's bytes
	HTTP2                        // frames after the HTTP/2 preface
	Tunnel                       // bytes after 101, or of a CONNECT
	spanKinds                    // how many there are
)

func (k SpanKind) String() string {
	if k < 0 || k >= spanKinds {
		return "unknown"
	}
	return [spanKinds]string{
		"stray line", "method", "space", "target", "version", "status code",
		"reason", "surplus words", "line end", "lone CR", "field name",
		"colon", "field space", "field value", "empty line", "content",
		"chunk size", "chunk extension", "chunk end", "trailer name",
		"trailer value", "not HTTP", "TLS", "HTTP/2", "tunnel",
	}[k]
}

// A Span is a part of a message: a method, a field's name, a empty line.
type Span struct {
	Kind    SpanKind
	Off     int // from the direction's first byte
	Len     int
	Finding string // what is wrong with it, one sentence; empty if nothing
}

// KeepsConnection tells whether the sender means to keep the connection after the
// message (RFC 9112, 9.3).
func (m *Message) KeepsConnection() bool {
	value, _ := m.Field("connection")
	for option := range strings.SplitSeq(strings.ToLower(value), ",") {
		switch strings.TrimSpace(option) {
		case "close":
			return false
		case "keep-alive":
			return true
		}
	}
	return m.Head.Version == "HTTP/1.1"
}

// Needs says what an incomplete message lacks: "7 more body bytes".
func (m *Message) Needs() string {
	name := "the request"
	if m.Dir == ToClient {
		name = "the answer"
	}
	switch {
	case m.Missing > 0:
		return visible.Count(m.Missing, "more body byte")
	case m.Spans[len(m.Spans)-1].Kind == NotHTTP:
		return "the end of " + name + ", which nobody can find any more"
	case m.Dir == ToServer && m.Head.lineOver && m.Head.Version == "":
		return "the empty line, or in HTTP/0.9 for the answer"
	case m.Head.Framing == ByChunks && m.Head.chunkLeft > 0:
		return visible.Count(m.Head.chunkLeft, "more byte") + " of a chunk"
	case m.Head.Framing == ByChunks:
		return "the next chunk of " + name
	case m.Missing < 0:
		return "the end of " + name + ", which its head does not tell"
	}
	return "the rest of " + name + "'s head"
}
