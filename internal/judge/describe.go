package judge

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"

	"example/wirebook/internal/exchange"
	"example/wirebook/internal/play"
	"example/wirebook/internal/response"
	"example/wirebook/internal/visible"
	"example/wirebook/internal/wire/message"
)

// Sentences for what was seen. They name what came and no cause that the wire
// does not prove.

func sawNothing(r round) string {
	switch r.turn.End {
	case play.Closed:
		return "the server closed without an answer"
	case play.WasReset:
		return "the server reset the connection without an answer"
	case play.Refused:
		return "no connection: nothing listens there"
	case play.Open:
		return "no byte came"
	}
	saw := "no byte came in " + visible.Seconds(r.turn.Took)
	switch {
	case errors.Is(r.turn.SendErr, os.ErrDeadlineExceeded):
		return saw + ": your server has stopped reading, the client has more to send"
	case r.others.open != "":
		return fmt.Sprintf("%s on connection %d, with %s open", saw, r.action.Conn, r.others.open)
	case len(r.sent) == 0:
		return saw
	}
	return saw + ": your server reads on, the client has sent everything and waits too"
}

// nothingCame is what an awaited answer without a single byte shows.
func nothingCame(r round) *finding {
	rule := ruleAnswer
	if r.turn.End == play.Refused {
		rule = ruleListen
	}
	return &finding{saw: sawNothing(r), at: -1, due: dueText(firstLine(r.action.Response.Readable())), rule: rule}
}

func sawReset(r round) string {
	if len(r.got) == 0 {
		return "the server reset the connection, and sent nothing"
	}
	return visible.Count(len(r.got), "byte") + " came, then a reset, not a close"
}

// sawUnended says why a client goes on waiting for the rest of an answer.
func sawUnended(r round) string {
	m := response.Read(r.got, r.request, false)
	saw := fmt.Sprintf("%s came in %s, and the connection stays open: ", visible.Count(len(r.got), "byte"), visible.Seconds(r.turn.Took))
	switch {
	case m.Framing == message.ByLength:
		return saw + fmt.Sprintf("of %s of content %s are missing", visible.Count(m.Length, "promised byte"), visible.Thousands(m.Length-len(m.Body)))
	case m.Framing == message.ByChunks:
		return saw + "the last chunk is missing"
	case m.BodyAt < 0:
		return saw + "the head has not ended"
	}
	return saw + "no length says where the answer ends"
}

func sawDead(err error) string {
	saw := "afterwards the server answers nobody: the next client "
	var p *play.ProbeError
	if !errors.As(err, &p) {
		return saw + "was not served"
	}
	switch p.End {
	case play.Refused:
		return saw + "found no connection"
	case play.WasReset:
		return saw + "was reset without an answer"
	case play.Closed:
		return saw + "was closed on without an answer"
	}
	return saw + "waited in vain"
}

// Where a script has several connections, the cause of a failure on one of them
// may be another: a server that waits for its first client serves no second.

// An otherConns is what the other connections did until one of them failed.
type otherConns struct {
	reported string // in words, a line for each; empty if there are no others
	open     string // those that are still open: "connection 1 and connection 3"
}

// others reports the connections beside that of action i, up to it.
func others(x *exchange.Exchange, t *play.Transcript, i int) otherConns {
	var reported, open []string
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
		events, isOpen := story(x, t, i, n)
		reported = append(reported, name+": "+events)
		if isOpen {
			open = append(open, name)
		}
	}
	if len(reported) == 0 {
		return otherConns{}
	}
	reported = append(reported, fmt.Sprintf("then, on connection %d:", own))
	return otherConns{strings.Join(reported, "\n"), strings.Join(open, " and ")}
}

// story is what happened on connection n up to action i, and whether the
// connection is still open then.
func story(x *exchange.Exchange, t *play.Transcript, i, n int) (events string, open bool) {
	var sent []byte
	var list []string
	turns, got := 0, 0
	var end play.End
	for _, a := range x.Script[:i] {
		awaited := a.Kind == exchange.Expect || a.Kind == exchange.ExpectClose
		if awaited {
			turns++
		}
		switch {
		case a.Conn != n:
		case a.Kind == exchange.Send:
			sent = append(sent, a.Data...)
		case a.Kind == exchange.HalfClose:
			list = append(list, "then half-closed")
		case a.Kind == exchange.Reset:
			return opening(sent) + ", then reset by the client", false
		case awaited && turns <= len(t.Turns):
			got += len(t.Turns[turns-1].Got)
			end = t.Turns[turns-1].End
		}
	}
	if got > 0 {
		list = append(list, visible.Count(got, "byte")+" came")
	}
	switch end {
	case play.Closed:
		list = append(list, "then the server closed")
	case play.WasReset:
		list = append(list, "then the server reset it")
	case play.Refused:
		list = append(list, "it was refused")
	default:
		list, open = append(list, "it stays open"), true
	}
	return strings.Join(append([]string{opening(sent)}, list...), ", "), open
}

// opening names what was sent on a connection by its first line.
func opening(sent []byte) string {
	if len(sent) == 0 {
		return "nothing sent yet"
	}
	return "“" + brief(bytes.TrimRight(firstLine(sent), "\r\n")) + "” sent"
}

// brief is the beginning of b, as long as a sentence can bear.
func brief(b []byte) string { return visible.Start(b, 40) }

// ending is the end of b.
func ending(b []byte) string { return visible.End(b, 20) }

// dueText is a line that was due.
func dueText(line []byte) string { return visible.ShortLine(line, 200) }
