package message

import (
	"fmt"
	"strconv"
	"strings"

	"example/wirebook/internal/visible"
)

// sentences says of each kind of span what it is; where more can be said, a
// function below says it instead.
var sentences = [spanKinds]string{
	Stray:        "An empty line where a message should begin; it belongs to no message (RFC 9112, 2.2).",
	Space:        "The space between two words of a start line; readers cut the line here (RFC 9112, 3).",
	Surplus:      "A word after the version; a request line has three words (RFC 9112, 3).",
	LoneCR:       "A CR in the middle of a line (RFC 9112, 2.2).",
	Colon:        "The colon ends the field name; nothing stands between the two (RFC 9112, 5.1).",
	FieldSpace:   "White space beside a value: allowed, and no part of it (RFC 9112, 5.1).",
	ChunkExt:     "A chunk extension: a note to the next reader, who may ignore it (RFC 9112, 7.1.1).",
	ChunkEnd:     "The line end after a chunk's data; the size does not count it (RFC 9112, 7.1).",
	TrailerName:  "A trailer: a field that comes after the content (RFC 9110, 6.5).",
	TrailerValue: "The value of a trailer, a field that comes after the content (RFC 9110, 6.5).",
	TLS:          "A TLS record begins with byte 16 or 15 and 03. An https:// address meets a server that speaks plain HTTP (RFC 8446, 5.1).",
	HTTP2:        "HTTP/2 frames: binary, and not read here. They follow the preface that begins with PRI (RFC 9113, 3.4).",
	Tunnel:       "Bytes of another protocol: after a 101, or a CONNECT, the connection speaks no more HTTP/1 (RFC 9110, 7.8 and 9.3.6).",
}

// Explain says in one or two sentences what a span of the message is and why it
// is there, with its RFC section. What is wrong with it is its finding.
func (m *Message) Explain(s Span) string {
	text := m.Text(s)
	switch s.Kind {
	case Method:
		if m.unfinished(s) {
			return "The start of a method. A request line needs three words; until they are here no server can know them (RFC 9112, 2.2 and 3)."
		}
		return methodSentence(text)
	case Target:
		return targetSentence(text)
	case Version:
		return versionSentence(m.Dir, text)
	case StatusCode:
		return codeSentence(text, m.Head.Code)
	case Reason:
		return reasonSentence(text)
	case LineEnd:
		return lineEndSentence(text)
	case FieldName:
		return fieldSentence(text, "A field name: what the value is about. Capital and small letters are the same in it (RFC 9110, 5.1).")
	case FieldValue:
		name := m.nameBefore(s)
		return "The value of " + plain(name) + ". " + fieldSentence(name, "What it means is settled between this client and this server (RFC 9110, 5.5).")
	case EmptyLine:
		return m.emptyLineSentence(s)
	case Content:
		return m.contentSentence(s)
	case ChunkSize:
		return chunkSentence(text)
	case NotHTTP:
		return m.foreignSentence(s)
	}
	return sentences[s.Kind]
}

// unfinished tells whether more bytes may still belong to s.
func (m *Message) unfinished(s Span) bool {
	return !m.Complete && s.Off+s.Len == m.Off+m.Len
}

func targetSentence(target string) string {
	about := "The target: which resource the client means (RFC 9112, 3.2)."
	switch {
	case target == "/favicon.ico":
		return about + " A browser asks for its icon by itself."
	case target == "*":
		return "The target * means the server as a whole (RFC 9112, 3.2.4)."
	case strings.Contains(target, "?"):
		return about + " The query begins after the question mark (RFC 3986, 3.4)."
	case strings.Contains(target, "%"):
		return about + " % and two hexadecimal digits stand for one byte (RFC 3986, 2.1)."
	case strings.Contains(target, "://"):
		return "The target is a whole URL, as proxies are sent it (RFC 9112, 3.2.2)."
	}
	return about
}

func versionSentence(dir Dir, version string) string {
	who := "The version of HTTP that the client speaks (RFC 9112, 2.3)."
	if dir == ToClient {
		who = "The version of HTTP that the server answers with (RFC 9112, 2.3)."
	}
	switch version {
	case "HTTP/1.0":
		return who + " In HTTP/1.0 the connection ends with the answer, unless both sides agree to keep it."
	case "HTTP/1.1":
		return who + " In HTTP/1.1 the connection stays open, unless a side says close."
	}
	return who
}

func reasonSentence(text string) string {
	const about = "The reason: a phrase for people. Programs go by the code alone (RFC 9112, 4)."
	if strings.TrimRight(text, " \t") != text {
		return about + " The white space at its end belongs to it: allowed, and untidy."
	}
	return about
}

func lineEndSentence(text string) string {
	switch text {
	case "\r":
		return "CR, the first half of a line end; LF is still to come (RFC 9112, 2.2)."
	case "\n":
		return "LF ends this line; CR LF is due (RFC 9112, 2.2)."
	}
	return "CR LF, the bytes 0d 0a, ends this line (RFC 9112, 2.2)."
}

// nameBefore is the field name that a value belongs to. A folded line has none
// of its own and continues the one before.
func (m *Message) nameBefore(s Span) string {
	name := ""
	for _, t := range m.Spans {
		if t.Off >= s.Off {
			break
		}
		if t.Kind == FieldName {
			name = m.Text(t)
		}
	}
	return name
}

func (m *Message) emptyLineSentence(s Span) string {
	if s.Off+s.Len == m.Off+m.Len {
		switch {
		case m.Head.Framing == ByChunks && m.Complete:
			return "The empty line ends the chunked content, and the message (RFC 9112, 7.1)."
		case m.Complete:
			return "The empty line ends the head, and the message: no content comes with it (RFC 9112, 6.3)."
		case m.Missing == 0:
			return "The first half of the empty line that ends the head (RFC 9112, 2.1)."
		}
	}
	return "The empty line ends the head; the content begins behind it (RFC 9112, 2.1)."
}

func (m *Message) contentSentence(s Span) string {
	switch m.Head.Framing {
	case ByLength:
		if m.Unkept {
			return fmt.Sprintf("The content: %s of it are kept. It goes on where the record ends (RFC 9112, 6.3).", visible.Count(s.Len, "byte"))
		}
		if m.Missing > 0 {
			return fmt.Sprintf("The content: %s so far, and Content-Length promises %s more (RFC 9112, 6.3).", visible.Count(s.Len, "byte"), visible.Thousands(m.Missing))
		}
		return fmt.Sprintf("The content: %s, as Content-Length says (RFC 9112, 6.3).", visible.Count(s.Len, "byte"))
	case ByChunks:
		if m.unfinished(s) && m.Unkept {
			return fmt.Sprintf("The data of one chunk: %s of it are kept. It goes on where the record ends (RFC 9112, 7.1).", visible.Count(s.Len, "byte"))
		}
		if m.unfinished(s) && m.Head.chunkLeft > 0 {
			return fmt.Sprintf("The data of one chunk: %s so far, %s still to come (RFC 9112, 7.1).", visible.Count(s.Len, "byte"), visible.Thousands(m.Head.chunkLeft))
		}
		return fmt.Sprintf("The data of one chunk: %s, as its size says (RFC 9112, 7.1).", visible.Count(s.Len, "byte"))
	case ByClose:
		return "The content: no length is given, so it ends when the server closes (RFC 9112, 6.3)."
	}
	return "The content, as far as anybody can tell (RFC 9112, 6)."
}

func chunkSentence(digits string) string {
	n, err := strconv.ParseInt(digits, 16, 64)
	switch {
	case err != nil:
		return "A chunk size, in hexadecimal digits (RFC 9112, 7.1)."
	case n == 0:
		return "Size 0 is the last chunk: the content ends here, and trailers may follow (RFC 9112, 7.1)."
	}
	return fmt.Sprintf("The size of the next chunk: hexadecimal %s is %s (RFC 9112, 7.1).", digits, visible.Count(n, "byte"))
}

// foreignSentence is about bytes that no message can be read from.
func (m *Message) foreignSentence(s Span) string {
	for _, t := range m.Spans {
		if t.Kind == ChunkSize || t.Kind == EmptyLine {
			return "Bytes out of step: what they are cannot be told from the bytes before (RFC 9112, 7.1)."
		}
	}
	if m.Dir == ToServer {
		return "Bytes that are not HTTP: a request begins with a method, a word such as GET (RFC 9112, 3)."
	}
	if m.Head.simple {
		return "An answer without any head: that is HTTP/0.9, in which the bare content is the answer (RFC 1945, 6)."
	}
	return "Bytes that are not HTTP: an answer begins with HTTP/ (RFC 9112, 4)."
}
