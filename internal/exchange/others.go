package exchange

import (
	"bytes"
	"fmt"
	"strings"

	"example/wirebook/internal/visible"
)

// Where a script has several connections, the cause of a failure on one of them
// may be another: a server that waits for its first client serves no second.

// A meanwhile is what the other connections did until one of them failed.
type meanwhile struct {
	told string // in words, a line for each; empty if there are no others
	open string // those that are still open: "connection 1 and connection 3"
}

// others tells of the connections beside that of action i, up to it.
func (x *Exchange) others(t *Transcript, i int) meanwhile {
	var told, open []string
	conns := 0
	for _, a := range x.Script[:i] {
		conns = max(conns, a.Conn)
	}
	own := x.Script[i].Conn
	for n := 1; n <= conns; n++ {
		if n == own {
			continue
		}
		name := fmt.Sprintf("connection %d", n)
		story, isOpen := x.story(t, i, n)
		told = append(told, name+": "+story)
		if isOpen {
			open = append(open, name)
		}
	}
	if len(told) == 0 {
		return meanwhile{}
	}
	told = append(told, fmt.Sprintf("then, on connection %d:", own))
	return meanwhile{strings.Join(told, "\n"), strings.Join(open, " and ")}
}

// story tells what happened on connection n up to action i, and whether the
// connection is still open then.
func (x *Exchange) story(t *Transcript, i, n int) (story string, open bool) {
	var sent []byte
	var events []string
	turns, got := 0, 0
	var end End
	for _, a := range x.Script[:i] {
		awaited := a.Kind == Expect || a.Kind == ExpectClose
		if awaited {
			turns++
		}
		switch {
		case a.Conn != n:
		case a.Kind == Send:
			sent = append(sent, a.Data...)
		case a.Kind == HalfClose:
			events = append(events, "then half-closed")
		case a.Kind == Reset:
			return opening(sent) + ", then reset by the client", false
		case awaited && turns <= len(t.Turns):
			got += len(t.Turns[turns-1].Got)
			end = t.Turns[turns-1].End
		}
	}
	if got > 0 {
		events = append(events, visible.Count(got, "byte")+" came")
	}
	switch end {
	case Closed:
		events = append(events, "then the server closed")
	case WasReset:
		events = append(events, "then the server reset it")
	case Refused:
		events = append(events, "it was refused")
	default:
		events, open = append(events, "it stays open"), true
	}
	return strings.Join(append([]string{opening(sent)}, events...), ", "), open
}

// opening names what was sent on a connection by its first line.
func opening(sent []byte) string {
	if len(sent) == 0 {
		return "nothing sent yet"
	}
	return "“" + brief(bytes.TrimRight(firstLine(sent), "\r\n")) + "” sent"
}
