package wire

// A Message is one request or response found in a direction's bytes.
type Message struct {
	Dir      Dir
	Off, Len int    // in Sent or Got
	Spans    []Span // cover Off..Off+Len exactly once
	Complete bool
	Missing  int64  // body bytes still to come, -1 if that cannot be known
	Start    string // the start line, raw
	Arrivals int

	// Exchange numbers the requests of the connection, from 1; an answer has
	// the number of its request. A 100 and a 200 can both answer one request.
	Exchange int

	head head // what the head says, for framing and for Explain
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
	BlankLine                    // the end of the head
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
		"colon", "field space", "field value", "blank line", "content",
		"chunk size", "chunk extension", "chunk end", "trailer name",
		"trailer value", "not HTTP", "TLS", "HTTP/2", "tunnel",
	}[k]
}

// A Span is a part of a message: a method, a field's name, a blank line.
type Span struct {
	Kind    SpanKind
	Off     int // from the direction's first byte
	Len     int
	Finding string // what is wrong with it, one sentence; empty if nothing
}
