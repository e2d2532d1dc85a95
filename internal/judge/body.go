package judge

import (
	"bytes"
	"fmt"
	"strings"

	"example/wirebook/internal/exchange"
	"example/wirebook/internal/response"
	"example/wirebook/internal/visible"
	"example/wirebook/internal/wire/message"
)

// bodyFinding: the content is right however its length was given. A promise that
// does not hold is for framing to judge, so content that is right up to the
// promise, or right up to the close, is right.
func bodyFinding(r round, m *response.Message) *finding {
	if m.BodyAt < 0 {
		return headNeverEnds(m)
	}
	f := matchBody(r, m)
	if f == nil || m.Framing == message.NoContent {
		return f
	}
	whole := *m
	whole.Body = m.Rest()
	if matchBody(r, &whole) == nil {
		return nil
	}
	return f
}

// headNeverEnds is what an answer without an empty line shows.
func headNeverEnds(m *response.Message) *finding {
	f := &finding{saw: "the head never ends: no empty line came", at: len(m.Raw), dueBytes: []byte("\r\n"), due: "␍␊, the empty line"}
	if n := len(m.Lines); n > 0 {
		last := m.Lines[n-1]
		if text := m.Raw[last.At:last.TextEnd]; n > 1 && !bytes.Contains(text, []byte(":")) {
			f.at = last.At
			f.saw = fmt.Sprintf("the head never ends: “%s” follows the last field, so it reads as one more", brief(text))
		}
	}
	f.rule = "An empty line ends the head, even before empty content (RFC 9112, 2.1)."
	return f
}

// matchBody compares content in the way that the answer asks for.
func matchBody(r round, m *response.Message) *finding {
	a := r.action.Response
	switch a.Match {
	case exchange.BodyAny:
		return nil
	case exchange.BodyContains:
		if bytes.Contains(m.Body, a.Text) {
			return nil
		}
		return &finding{saw: fmt.Sprintf("the content does not hold “%s”", brief(a.Text)), at: -1, due: dueText(a.Text), rule: rules[exchange.Body]}
	case exchange.BodyNow:
		return matchNow(m, r.turn.When)
	}
	return matchContent(m, max(m.BodyAt, 0), a.Content())
}

// matchContent compares content byte for byte. After a transfer coding, places
// in the content are not places in the message.
func matchContent(m *response.Message, at int, due []byte) *finding {
	if bytes.Equal(m.Body, due) {
		return nil
	}
	same := commonLen(m.Body, due)
	line := due[bytes.LastIndexByte(due[:same], '\n')+1:]
	f := &finding{at: at + same, due: dueText(firstLine(line)), rule: rules[exchange.Body]}
	if m.Framing == message.ByChunks {
		f.at = -1
	}
	switch {
	case m.Framing == message.NoContent:
		return nil
	case same == len(m.Body):
		verb := "are"
		if len(due) == same+1 {
			verb = "is"
		}
		f.saw = fmt.Sprintf("the content has %s, %s %s missing", visible.Count(same, "byte"), visible.Count(len(due)-same, "byte"), verb)
		f.dueBytes = due[same:min(same+2, len(due))]
	case same == len(due):
		f.saw = fmt.Sprintf("the content has %s, %s too many", visible.Count(len(m.Body), "byte"), visible.Count(len(m.Body)-same, "byte"))
		f.due = visible.Count(len(due), "byte")
	default:
		f.saw = fmt.Sprintf("the content differs at its byte %s", visible.Thousands(same))
		if f.at >= 0 {
			f.saw = fmt.Sprintf("the content differs (byte %s)", visible.Thousands(f.at))
		}
		f.dueBytes = due[same : same+1]
	}
	return f
}

// framingFinding asks whether a client can know where the answer ends, and ends
// where the server means it to (RFC 9112, 6).
func framingFinding(r round, m *response.Message) *finding {
	if len(m.Lines) == 0 {
		return noStatusLine(m)
	}
	if m.BodyAt < 0 {
		return headNeverEnds(m)
	}
	length, counted := m.Field("Content-Length")
	coding, coded := m.Field("Transfer-Encoding")
	switch {
	case m.Framing == message.NoContent:
		return noBodyFinding(r, m)
	case counted && coded:
		return &finding{saw: "both Content-Length and Transfer-Encoding tell the length", at: max(length.At, coding.At), due: "one of them"}
	case coded:
		return chunksFinding(r, m, coding)
	case counted:
		return lengthFinding(m, length)
	}
	return &finding{saw: "nothing in the head says how long the content is", at: m.Lines[len(m.Lines)-1].At,
		due: fmt.Sprintf("Content-Length: %d", len(m.Rest()))}
}

// noBodyFinding is for the answers that end with their head.
func noBodyFinding(r round, m *response.Message) *finding {
	if len(m.Rest()) == 0 {
		return nil
	}
	why := fmt.Sprintf("a %d", m.Code)
	if r.request.Method == "HEAD" {
		why = "a HEAD"
	}
	return &finding{saw: fmt.Sprintf("%s of content follow the head of %s answer", visible.Count(len(m.Rest()), "byte"), why),
		at: m.BodyAt, due: "nothing after the empty line",
		rule: "The answer to HEAD, and every 1xx, 204 and 304, ends with its head (RFC 9112, 6.3)."}
}

func lengthFinding(m *response.Message, length response.Field) *finding {
	for _, f := range m.Fields { // a second one must say the same
		if f != length && strings.EqualFold(f.Name, "Content-Length") && f.Value != length.Value {
			return &finding{saw: fmt.Sprintf("Content-Length stands twice: %s and %s", brief([]byte(length.Value)), brief([]byte(f.Value))),
				at: f.ValueAt, due: "one length"}
		}
	}
	came := len(m.Rest())
	due := fmt.Sprintf("Content-Length: %d", came)
	switch promised, ok := response.ParseLength(length.Value); {
	case !ok:
		return &finding{saw: fmt.Sprintf("Content-Length is “%s”, not a number", brief([]byte(length.Value))), at: length.ValueAt, due: due}
	case came < promised:
		return &finding{saw: fmt.Sprintf("%s were promised, %s came: a client waits for %s more", visible.Count(promised, "byte"), visible.Thousands(came), visible.Thousands(promised-came)),
			at: length.ValueAt, due: due}
	case came > promised:
		return &finding{saw: fmt.Sprintf("Content-Length is %s, the content has %s: a client shows “%s” and reports nothing",
			visible.Thousands(promised), visible.Count(came, "byte"), ending(m.Rest()[:promised])), at: length.ValueAt, due: due}
	}
	return nil
}

func chunksFinding(r round, m *response.Message, coding response.Field) *finding {
	switch {
	case !message.IsChunked(coding.Value):
		return &finding{saw: fmt.Sprintf("Transfer-Encoding is “%s”", brief([]byte(coding.Value))), at: coding.ValueAt, due: "chunked"}
	case r.request.Version != "HTTP/1.1":
		return &finding{saw: fmt.Sprintf("the content is chunked, the request was %s", brief([]byte(r.request.Version))), at: coding.At,
			due: fmt.Sprintf("Content-Length: %d", len(m.Body)), rule: "Only a client that speaks HTTP/1.1 knows the chunked coding (RFC 9112, 6.1)."}
	case m.Chunks.Flaw != "":
		return &finding{saw: m.Chunks.Flaw, at: m.BodyAt + m.Chunks.FlawAt, rule: ruleChunks}
	case !m.Chunks.Done:
		return &finding{saw: "the chunked content has no end: the last chunk is missing", at: len(m.Raw), dueBytes: []byte("0\r\n"), rule: ruleChunks}
	case m.End < len(m.Raw):
		return tooMany(m.End, len(m.Raw))
	}
	return nil
}
