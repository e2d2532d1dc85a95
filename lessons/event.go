package lessons

import (
	"fmt"
	"time"

	"example/wirebook/internal/exchange"
	"example/wirebook/internal/visible"
)

// An event is one thing that an exchange block shows. Page and plain mode go
// through the same events, so that they say the same in the same order.
type event struct {
	received bool   // the server's act
	bytes    []byte // what was said; nil: words says what happened
	offset   int    // of bytes in all that parts describe
	parts    []part
	media    string // " of image/jpeg"
	whole    bool   // show every line of the content
	words    string // "50 ms", "ends its side"
	about    bool   // words are about the wire, nobody's act
	pattern  bool   // bytes are what an exchange asks for: a value "*" is any
}

// events turns a script into what this block shows of it.
func (b *Block) events() []event {
	var all []event
	conn := 1
	answers := 0
	for i, a := range b.Exchange.Script {
		if a.Conn != conn && a.Kind != exchange.Connect && a.Kind != exchange.Pause {
			conn = a.Conn
			all = append(all, event{about: true, words: fmt.Sprintf("connection %d again", conn)})
		}
		switch a.Kind {
		case exchange.Connect:
			conn = a.Conn
			all = append(all, event{about: true, words: fmt.Sprintf("connection %d opens", conn)})
		case exchange.Expect, exchange.ExpectClose:
			if b.sides.answer && b.sides.notes == nil {
				all = append(all, answer(a)...)
			}
			answers++
		default:
			if b.sides.request {
				all = append(all, b.sent(i, a))
			}
		}
	}
	if b.sides.answer && b.sides.notes != nil {
		all = append(all, b.notesAnswer()...)
	}
	for i := range all {
		all[i].whole = b.sides.whole
	}
	return all
}

// sent shows a client's act. Bytes are painted with all that the client says
// before the next answer: two cuts of one word are one word.
func (b *Block) sent(i int, a exchange.Action) event {
	switch a.Kind {
	case exchange.Pause:
		return event{about: true, words: "pause of " + pauseText(a.Pause)}
	case exchange.HalfClose:
		return event{words: "ends its side (half-close)"}
	case exchange.Reset:
		return event{words: "breaks the connection (reset)"}
	}
	script := b.Exchange.Script
	first := i
	for first > 0 && script[first-1].Kind != exchange.Expect && script[first-1].Kind != exchange.ExpectClose {
		first--
	}
	var whole []byte
	offset := 0
	for j := first; j < len(script); j++ {
		if script[j].Kind == exchange.Expect || script[j].Kind == exchange.ExpectClose {
			break
		}
		if script[j].Kind != exchange.Send || script[j].Conn != a.Conn {
			continue
		}
		if j == i {
			offset = len(whole)
		}
		whole = append(whole, script[j].Data...)
	}
	return event{bytes: a.Data, offset: offset, parts: anatomy(whole, false), media: mediaType(whole)}
}

// answer shows what the reference answers.
func answer(a exchange.Action) []event {
	if a.Kind == exchange.ExpectClose {
		return []event{{received: true, words: "closes"}}
	}
	s := said(a.Answer.Pattern, true)
	s.pattern = true
	switch a.Answer.Match {
	case exchange.BodyContains:
		return []event{s, {received: true, words: "… a body that holds: " + visible.Bytes(a.Answer.Text)}}
	case exchange.BodyAny:
		return []event{s, {received: true, words: "… any body"}}
	case exchange.BodyNow:
		return []event{s, {received: true, words: "… the time of the answer, one line"}}
	}
	return []event{s}
}

// said is a whole message of one side.
func said(b []byte, received bool) event {
	return event{received: received, bytes: b, parts: anatomy(b, received), media: mediaType(b)}
}

// notesAnswer shows the bytes that the lesson holds for the notes' server.
func (b *Block) notesAnswer() []event {
	if len(b.sides.notes) == 0 {
		return []event{{received: true, words: "nothing"}}
	}
	return []event{said(b.sides.notes, true)}
}

// serverNames are how prose calls the versions.
var serverNames = map[string]string{notes: "the notes' server", reference: "the reference"}

// whose says which server's answer follows; empty when none is shown.
func (b *Block) whose() string {
	if !b.sides.answer {
		return ""
	}
	return serverNames[b.Server] + " answers"
}

func pauseText(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%g s", d.Seconds())
}
