package wire

import (
	"fmt"
	"time"

	"example/wirebook/internal/visible"
	"example/wirebook/internal/wire/message"
)

// stillAfter is the silence after which a state says "still".
const stillAfter = 2 * time.Second

// State says what the connection is waiting for or how it ended: "waiting for 7
// more body bytes", "closed". now is on the clock of the events. It says what the
// record shows, and nothing of what is not in it.
func (c *Conn) State(now time.Duration) string {
	up, down := &c.ways[message.ToServer], &c.ways[message.ToClient]
	kept := c.Kept(message.ToServer) && c.Kept(message.ToClient)
	switch {
	case c.refused:
		return "no server behind the tap"
	case down.reset:
		return c.resetState()
	case up.reset:
		return "reset by the client"
	case up.ended && down.ended:
		return "closed"
	case c.done:
		return "ended by the tap"
	case down.ended:
		return "the server has ended its side" + c.short() + "; the client has not"
	case up.ended && kept:
		return "the client has ended its side; " + c.owed()
	case up.ended:
		return "the client has ended its side; the server has not"
	case !kept:
		return "open; what passes is no longer recorded"
	}
	return c.openState(max(0, now-c.last))
}

// resetState is careful: a server's kernel resets when bytes lie unread at the
// close, but that is not the only reason, and how many they were nobody tells.
func (c *Conn) resetState() string {
	sent := c.Total(message.ToServer)
	if sent == 0 {
		return "reset by the server"
	}
	return fmt.Sprintf("reset by the server; it may have left some of the %s unread",
		visible.Count(sent, "request byte"))
}

// short tells by how much a response stays behind what it announced.
func (c *Conn) short() string {
	if _, response := c.newest(); response != nil && response.Missing > 0 {
		return ", " + visible.Count(response.Missing, "body byte") + " too early"
	}
	return ""
}

// owed is what a client that has ended its side may still expect.
func (c *Conn) owed() string {
	_, answer := c.newest()
	switch {
	case answer == nil:
		return "the server has not answered"
	case !answer.Complete:
		return "the answer is not complete"
	}
	return "the server has not ended its own"
}

// openState is the state of a connection on which both sides may still send,
// and have not for a while.
func (c *Conn) openState(quiet time.Duration) string {
	request, answer := c.newest()
	still := quiet >= stillAfter
	switch {
	case !c.connected && still:
		return "still waiting: the server has not taken the connection"
	case c.queued:
		return "connected, the server has not accepted"
	case !c.Spoke():
		if c.Browser != "" {
			return "opened, nothing sent: it may be a spare connection of " + c.Browser + ", which opened others"
		}
		return "opened, nothing sent"
	case answer != nil && !answer.Complete && !answer.Head.Foreign:
		return c.answerState(*answer, still)
	case answer != nil:
		if quiet < time.Second {
			return "both sides idle"
		}
		return "both sides idle for " + visible.Duration(quiet)
	case request != nil && !request.Complete && !request.Head.Foreign:
		return waiting(still, request.Needs())
	case still:
		return "still waiting: the server has not answered"
	}
	return "connected, the server has not answered"
}

func (c *Conn) answerState(m message.Message, still bool) string {
	if m.Head.Framing == message.ByClose && m.Missing < 0 {
		if still {
			return "still waiting: the answer ends when the server closes"
		}
		return "the answer ends when the server closes"
	}
	return waiting(still, m.Needs())
}

func waiting(still bool, what string) string {
	if still {
		return "still waiting for " + what
	}
	return "waiting for " + what
}

// newest is the request that was sent last, and the last response to it; nil if
// there is none. Empty lines behind a message are not one.
func (c *Conn) newest() (request, response *message.Message) {
	all := c.Messages()
	for i := range all {
		if m := &all[i]; m.Dir == message.ToServer && (m.Start != "" || request == nil) {
			request = m
		}
	}
	for i := range all {
		switch m := &all[i]; {
		case m.Dir == message.ToServer || m.Start == "" && response != nil:
		case request != nil && m.Exchange < request.Exchange:
		case m.Head.Code/100 == 1: // the final response is still to come
			response = nil
		default:
			response = m
		}
	}
	return request, response
}
