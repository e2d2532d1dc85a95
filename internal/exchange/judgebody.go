package exchange

import (
	"bytes"
	"fmt"

	"example/wirebook/internal/visible"
)

// judgeBody: the content is right however its length was told. A promise that
// does not hold is for framing to judge, so content that is right up to the
// promise, or right up to the close, is right.
func judgeBody(r round, m *reading) *finding {
	if m.bodyAt < 0 {
		return headNeverEnds(m)
	}
	f := matchBody(r, m)
	if f == nil || m.framing == noBody {
		return f
	}
	whole := *m
	whole.body = m.rest()
	if matchBody(r, &whole) == nil {
		return nil
	}
	return f
}

// headNeverEnds is what an answer without an empty line shows.
func headNeverEnds(m *reading) *finding {
	f := &finding{saw: "the head never ends: no empty line came", at: len(m.raw), want: []byte("\r\n"), due: "␍␊, the empty line"}
	if n := len(m.lines); n > 0 {
		last := m.lines[n-1]
		if text := m.raw[last.at:last.textEnd]; n > 1 && !bytes.Contains(text, []byte(":")) {
			f.at = last.at
			f.saw = fmt.Sprintf("the head never ends: “%s” follows the last field, so it reads as one more", brief(text))
		}
	}
	f.rule = "An empty line ends the head, even before empty content (RFC 9112, 2.1)."
	return f
}

// matchBody compares content in the way that the answer asks for.
func matchBody(r round, m *reading) *finding {
	a := r.action.Answer
	switch a.Match {
	case BodyAny:
		return nil
	case BodyContains:
		if bytes.Contains(m.body, a.Text) {
			return nil
		}
		return &finding{saw: fmt.Sprintf("the content does not hold “%s”", brief(a.Text)), at: -1, due: dueText(a.Text), rule: rules[Body]}
	case BodyNow:
		return matchNow(m, r.turn.When)
	}
	return matchContent(m, max(m.bodyAt, 0), a.body())
}

// matchContent compares content byte for byte. After a transfer coding, places
// in the content are not places in the message.
func matchContent(m *reading, at int, want []byte) *finding {
	if bytes.Equal(m.body, want) {
		return nil
	}
	same := commonLen(m.body, want)
	line := want[bytes.LastIndexByte(want[:same], '\n')+1:]
	f := &finding{at: at + same, due: dueText(firstLine(line)), rule: rules[Body]}
	if m.framing == byChunks {
		f.at = -1
	}
	switch {
	case m.framing == noBody:
		return nil
	case same == len(m.body):
		f.saw = fmt.Sprintf("the content has %s, %s are missing", visible.Count(same, "byte"), visible.Count(len(want)-same, "byte"))
		f.want = want[same:min(same+2, len(want))]
	case same == len(want):
		f.saw = fmt.Sprintf("the content has %s, %s too many", visible.Count(len(m.body), "byte"), visible.Count(len(m.body)-same, "byte"))
		f.due = visible.Count(len(want), "byte")
	default:
		f.saw = fmt.Sprintf("the content differs at its byte %s", visible.Thousands(same))
		if f.at >= 0 {
			f.saw = fmt.Sprintf("the content differs (byte %s)", visible.Thousands(f.at))
		}
		f.want = want[same : same+1]
	}
	return f
}
