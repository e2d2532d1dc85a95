package wire

import (
	"fmt"
	"strings"
	"time"

	"example/wirebook/internal/visible"
	"example/wirebook/internal/wire/message"
)

// Summary is the connection in one line: "GET /test.jpg  200  10.2 KB  0.4 ms".
// It tells of the first exchange, and how many more there are. The result is
// safe to print.
func (c *Conn) Summary() string {
	if c.refused {
		return "no server behind the tap"
	}
	all := c.Messages()
	if len(all) == 0 {
		return "opened, nothing sent"
	}
	request, answer := first(all)
	var words []string
	if request != nil {
		words = append(words, requestWords(request))
	}
	switch {
	case answer == nil:
		words = append(words, c.noAnswer())
	case answer.Unkept:
		words = append(words, answerWords(answer)...)
	default:
		words = append(words, answerWords(answer)...)
		words = append(words, visible.Duration(c.took(request, answer)))
	}
	if n := requestCount(all); n > 1 {
		words = append(words, fmt.Sprintf("+%d", n-1))
	}
	return strings.Join(words, "  ")
}

// first is the first request and the last answer to it.
func first(all []message.Message) (request, answer *message.Message) {
	for i := range all {
		switch m := &all[i]; {
		case m.Exchange > 1:
		case m.Dir == message.ToServer:
			request = m
		case m.Spans[0].Kind != message.Tunnel:
			answer = m
		}
	}
	return request, answer
}

// requestCount leaves out what is no request: empty lines, bytes too many.
func requestCount(all []message.Message) int {
	n := 0
	for _, m := range all {
		if m.Dir == message.ToServer && m.Start != "" && !m.Head.Foreign {
			n++
		}
	}
	return n
}

func requestWords(m *message.Message) string {
	switch {
	case m.Head.Method != "" && m.Head.Target != "":
		return clip(m.Head.Method + " " + m.Head.Target)
	case m.Spans[0].Kind == message.TLS:
		return "TLS"
	}
	if m.Start != "" {
		return quoted([]byte(m.Start))
	}
	return quoted(m.Bytes())
}

func answerWords(m *message.Message) []string {
	switch {
	case m.Head.Code > 0 && m.Unkept:
		return []string{fmt.Sprint(m.Head.Code), visible.Size(contentSize(m)) + " kept"}
	case m.Head.Code > 0:
		return []string{fmt.Sprint(m.Head.Code), visible.Size(contentSize(m))}
	case m.Start != "" && !m.Head.Foreign:
		return []string{clip(m.Start)}
	}
	return []string{quoted(m.Bytes())}
}

// contentSize is how many bytes of content a message has, as far as they came.
func contentSize(m *message.Message) int64 {
	var n int64
	for _, s := range m.Spans {
		if s.Kind == message.Content {
			n += int64(s.Len)
		}
	}
	return n
}

// took is the time from the first byte of a request to the last of its answer.
func (c *Conn) took(request, answer *message.Message) time.Duration {
	began := c.cameAt(message.ToClient, answer.Off)
	if request != nil {
		began = c.cameAt(message.ToServer, request.Off)
	}
	return max(0, c.cameAt(message.ToClient, answer.Off+answer.Len-1)-began)
}

// cameAt is when a byte came that is kept.
func (c *Conn) cameAt(dir message.Dir, off int) time.Duration {
	return c.ways[dir].arrivals[bringing(c.ways[dir].arrivals, off)].At
}

func (c *Conn) noAnswer() string {
	switch {
	case c.ways[message.ToClient].reset:
		return "reset"
	case c.done || c.ways[message.ToClient].ended:
		return "no answer"
	}
	return "no answer yet"
}

// widest is how many bytes from the wire go into one line.
const widest = 60

func clip(s string) string {
	if len(s) > widest {
		return visible.Bytes([]byte(s[:widest])) + "…"
	}
	return visible.Bytes([]byte(s))
}

// quoted shows the beginning of bytes that are no message.
func quoted(b []byte) string {
	return `"` + clip(string(b[:min(len(b), widest+1)])) + `"`
}
