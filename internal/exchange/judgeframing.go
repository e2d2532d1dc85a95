package exchange

import (
	"fmt"
	"strings"

	"example/wirebook/internal/visible"
)

// judgeFraming asks whether a client can know where the answer ends, and ends
// where the server means it to (RFC 9112, 6).
func judgeFraming(r round, m *reading) *finding {
	if len(m.lines) == 0 {
		return noStatusLine(m)
	}
	if m.bodyAt < 0 {
		return headNeverEnds(m)
	}
	length, counted := m.field("Content-Length")
	coding, coded := m.field("Transfer-Encoding")
	switch {
	case m.framing == noBody:
		return judgeNoBody(r, m)
	case counted && coded:
		return &finding{saw: "both Content-Length and Transfer-Encoding tell the length", at: max(length.at, coding.at), due: "one of them"}
	case coded:
		return judgeChunks(r, m, coding)
	case counted:
		return judgeLength(m, length)
	}
	return &finding{saw: "nothing in the head says how long the content is", at: m.lines[len(m.lines)-1].at,
		due: fmt.Sprintf("Content-Length: %d", len(m.rest()))}
}

// judgeNoBody is for the answers that end with their head.
func judgeNoBody(r round, m *reading) *finding {
	if len(m.rest()) == 0 {
		return nil
	}
	why := fmt.Sprintf("a %d", m.code)
	if r.asked.method == "HEAD" {
		why = "a HEAD"
	}
	return &finding{saw: fmt.Sprintf("%s of content follow the head of %s answer", visible.Count(len(m.rest()), "byte"), why),
		at: m.bodyAt, due: "nothing after the empty line",
		rule: "The answer to HEAD, and every 1xx, 204 and 304, ends with its head (RFC 9112, 6.3)."}
}

func judgeLength(m *reading, length field) *finding {
	for _, f := range m.fields { // a second one must say the same
		if f != length && strings.EqualFold(f.name, "Content-Length") && f.value != length.value {
			return &finding{saw: fmt.Sprintf("Content-Length stands twice: %s and %s", brief([]byte(length.value)), brief([]byte(f.value))),
				at: f.valueAt, due: "one length"}
		}
	}
	came := len(m.rest())
	due := fmt.Sprintf("Content-Length: %d", came)
	switch promised, ok := parseLength(length.value); {
	case !ok:
		return &finding{saw: fmt.Sprintf("Content-Length is “%s”, not a number", brief([]byte(length.value))), at: length.valueAt, due: due}
	case came < promised:
		return &finding{saw: fmt.Sprintf("%s were promised, %s came: a client waits for %s more", visible.Count(promised, "byte"), visible.Thousands(came), visible.Thousands(promised-came)),
			at: length.valueAt, due: due}
	case came > promised:
		return &finding{saw: fmt.Sprintf("Content-Length is %s, the content has %s: a client shows “%s” and reports nothing",
			visible.Thousands(promised), visible.Count(came, "byte"), ending(m.rest()[:promised])), at: length.valueAt, due: due}
	}
	return nil
}

func judgeChunks(r round, m *reading, coding field) *finding {
	switch {
	case !isChunked(coding.value):
		return &finding{saw: fmt.Sprintf("Transfer-Encoding is “%s”", brief([]byte(coding.value))), at: coding.valueAt, due: "chunked"}
	case r.asked.version != "HTTP/1.1":
		return &finding{saw: fmt.Sprintf("the content is chunked, the request was %s", brief([]byte(r.asked.version))), at: coding.at,
			due: fmt.Sprintf("Content-Length: %d", len(m.body)), rule: "Only a client that speaks HTTP/1.1 knows the chunked coding (RFC 9112, 6.1)."}
	case m.chunks.flaw != "":
		return &finding{saw: m.chunks.flaw, at: m.bodyAt + m.chunks.flawAt, rule: ruleChunks}
	case !m.chunks.done:
		return &finding{saw: "the chunked content has no end: the last chunk is missing", at: len(m.raw), want: []byte("0\r\n"), rule: ruleChunks}
	case m.end < len(m.raw):
		return tooMany(m.end, len(m.raw))
	}
	return nil
}
