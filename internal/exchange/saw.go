package exchange

import (
	"errors"
	"fmt"
	"os"

	"example/wirebook/internal/visible"
)

// Sentences for what was seen. They name what came and no cause that the wire
// does not prove.

func sawNothing(r round) string {
	switch r.turn.End {
	case Closed:
		return "the server closed without an answer"
	case WasReset:
		return "the server reset the connection without an answer"
	case Refused:
		return "no connection: nothing listens there"
	case Open:
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
	if r.turn.End == Refused {
		rule = ruleListen
	}
	return &finding{saw: sawNothing(r), at: -1, due: dueText(firstLine(r.action.Answer.Readable())), rule: rule}
}

func sawReset(r round) string {
	if len(r.got) == 0 {
		return "the server reset the connection, and sent nothing"
	}
	return visible.Count(len(r.got), "byte") + " came, then a reset, not a close"
}

// sawUnended tells why a client goes on waiting for the rest of an answer.
func sawUnended(r round) string {
	m := readAnswer(r.got, r.asked, false)
	saw := fmt.Sprintf("%s came in %s, and the connection stays open: ", visible.Count(len(r.got), "byte"), visible.Seconds(r.turn.Took))
	switch {
	case m.framing == byLength:
		return saw + fmt.Sprintf("of %s of content %s are missing", visible.Count(m.length, "promised byte"), visible.Thousands(m.length-len(m.body)))
	case m.framing == byChunks:
		return saw + "the last chunk is missing"
	case m.bodyAt < 0:
		return saw + "the head has not ended"
	}
	return saw + "no length says where the answer ends"
}

func sawDead(err error) string {
	saw := "afterwards the server answers nobody: the next client "
	var p *probeError
	if !errors.As(err, &p) {
		return saw + "was not served"
	}
	switch p.end {
	case Refused:
		return saw + "found no connection"
	case WasReset:
		return saw + "was reset without an answer"
	case Closed:
		return saw + "was closed on without an answer"
	}
	return saw + "waited in vain"
}
