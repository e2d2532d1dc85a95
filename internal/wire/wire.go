// Package wire shows what really passes between a client and a server.
//
// A Tap is a TCP relay in front of a server. It records what arrives, when,
// and how each side ended, and changes nothing. A Conn is the record of one
// connection; what it says of itself (messages, state, summary) is a pure
// function of what was recorded. Package message reads the bytes.
//
// An arrival is one successful read by the tap. It is not a TCP segment and not
// one write of the sender: TCP keeps no such borders. The tap is no HTTP proxy:
// nothing is parsed before it has been forwarded.
//
// A relay is not a wire. Three things differ from a direct connection, and a
// screen should say so where it matters: the tap accepts before the server
// does, it reads ahead of a slow client (by less than a mebibyte), and the
// server sees the tap's port as the client's.
package wire

import (
	"time"

	"example/wirebook/internal/wire/message"
)

// A Kind says what an Event is.
type Kind int

// The kinds of event. Dir says whose act it was: HalfClosed with ToServer means that
// the client has ended its side.
const (
	Opened      Kind = iota // the tap accepted a client
	Connected               // the tap reached the server
	Queued                  // the server has not called accept yet (only Linux tells)
	Accepted                // it has now
	Refused                 // no server: nothing listens behind the tap
	Arrived                 // bytes came in from Dir's sender
	HalfClosed              // Dir's sender ended its direction (FIN)
	WasReset                // Dir's sender reset the connection (RST)
	Done                    // both directions have ended
	ServerEnded             // the server behind the tap has ended by itself: see Text
	RecordEnded             // of what Dir's sender sends from here on nothing is kept
)

func (k Kind) String() string {
	return [...]string{"opened", "connected", "waits for accept", "accepted", "refused", "arrived",
		"half-closed", "reset", "done", "server ended", "record ended"}[k]
}

// An Event is one thing that happened on one connection.
type Event struct {
	Conn   int           // connection number, from 1; 0: none
	At     time.Duration // since the tap began, monotonic
	Dir    message.Dir
	Kind   Kind
	Data   []byte // Arrived: the bytes; never changed afterwards
	Lost   int    // Arrived: bytes that came too but are not in Data
	Client string // Opened: the client's address; Connected: the one that the server sees
	Text   string // ServerEnded: how, in a sentence
	Sender Sender // Opened: who it is, when the workbook itself dialled

	version int // of the record with it
}
