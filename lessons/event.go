package lessons

import (
	"fmt"

	"example/wirebook/internal/exchange"
	"example/wirebook/internal/visible"
	"example/wirebook/internal/wire/message"
)

// An event is one thing that an exchange block shows. Page and plain mode go
// through the same events, so that they say the same in the same order.
type event struct {
	received bool      // the server's act
	bytes    []byte    // what was said; nil: words says what happened
	parts    []stretch // of bytes, in their order
	whole    bool      // show every line of the content
	words    string    // "50 ms", "ends its side"
	about    bool      // words are about the wire, nobody's act
	pattern  bool      // bytes are what an exchange asks for: a value "*" is any
}

// show turns the script into what this block shows of it.
func (b *Block) show() []event {
	var all []event
	add := func(list ...event) { all = append(all, list...) }
	talks := b.talks()
	conn := 1
	for _, a := range b.Exchange.Script {
		if a.Conn != conn && a.Kind != exchange.Connect && a.Kind != exchange.Pause {
			conn = a.Conn
			add(event{about: true, words: fmt.Sprintf("connection %d again", conn)})
		}
		answered := b.sides.answer && b.sides.notes == nil
		switch a.Kind {
		case exchange.Connect:
			conn = a.Conn
			add(event{about: true, words: fmt.Sprintf("connection %d opens", conn)})
		case exchange.Expect:
			if answered {
				e := talks[conn].next(message.ToClient, a.Response.Pattern)
				e.pattern = true
				add(e)
				add(openBody(a.Response)...)
			}
		case exchange.ExpectClose:
			if answered {
				add(event{received: true, words: "closes"})
			}
		case exchange.Send:
			if e := talks[conn].next(message.ToServer, a.Data); b.sides.request {
				add(e)
			}
		default:
			if b.sides.request {
				add(happened(a))
			}
		}
	}
	switch {
	case !b.sides.answer || b.sides.notes == nil:
	case len(b.sides.notes) == 0:
		add(event{received: true, words: "nothing"})
	default:
		add(talks[1].next(message.ToClient, b.sides.notes))
	}
	for i := range all {
		all[i].whole = b.sides.whole
	}
	return all
}

// happened tells what a client does besides sending.
func happened(a exchange.Action) event {
	switch a.Kind {
	case exchange.HalfClose:
		return event{words: "ends its side (half-close)"}
	case exchange.Reset:
		return event{words: "breaks the connection (reset)"}
	}
	return event{about: true, words: "pause of " + visible.Duration(a.Pause)}
}

// openBody tells in words what an exchange asks of a body that it does not
// spell out.
func openBody(a *exchange.Response) []event {
	words := ""
	switch a.Match {
	case exchange.BodyContains:
		words = "… a body that holds: " + visible.Bytes(a.Text)
	case exchange.BodyAny:
		words = "… any body"
	case exchange.BodyNow:
		words = "… the time of the answer, one line"
	default:
		return nil
	}
	return []event{{received: true, words: words}}
}

// A talk is all that passes on one connection, read as HTTP: what a response
// is depends on its request, and two cuts of one word are one word.
type talk struct {
	splitter message.Splitter
	shown    [2]int // by direction: how many of its bytes are in events
}

// talks reads the script's connections, by their number.
func (b *Block) talks() map[int]*talk {
	all := map[int]*talk{1: {}}
	for _, a := range b.Exchange.Script {
		if all[a.Conn] == nil {
			all[a.Conn] = &talk{}
		}
		s := &all[a.Conn].splitter
		switch {
		case a.Kind == exchange.Send:
			s.Add(message.ToServer, a.Data)
		case a.Kind == exchange.Expect && b.sides.notes == nil:
			s.Add(message.ToClient, a.Response.Pattern)
		}
	}
	s := &all[1].splitter
	s.Add(message.ToClient, b.sides.notes)
	return all
}

// next is the event of the direction's next bytes.
func (t *talk) next(dir message.Dir, b []byte) event {
	offset := t.shown[dir]
	t.shown[dir] += len(b)
	return event{
		received: dir == message.ToClient, bytes: b,
		parts: stretches(b, offset, dir, t.splitter.Messages()),
	}
}

// whose says which server's answer follows; empty when none is shown.
func (b *Block) whose() string {
	if !b.sides.answer {
		return ""
	}
	return b.Server.Title() + " answers"
}
