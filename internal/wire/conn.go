package wire

import (
	"sort"
	"time"
)

// Cap is how many bytes of each direction a Conn keeps.
const Cap = 1 << 20

// maxArrivals is how many arrivals of each direction a Conn keeps apart. A
// client that sends a mebibyte byte by byte fills no more memory than that.
const maxArrivals = 1 << 14

// A Conn is the record of one connection: all events of it, put together. It
// is built by Add alone and belongs to one goroutine.
type Conn struct {
	ID      int
	Client  string  // address
	Seen    string  // the address that the server sees: the tap's own
	Sender  Sender  // who the client is, where the workbook itself dialled
	Events  []Event // arrivals past Cap or past the first 16,384 are left out
	Sent    []byte  // client to server, at most Cap bytes
	Got     []byte  // server to client, at most Cap bytes
	SentAll int64   // how many bytes there really were
	GotAll  int64

	ways [2]way // what is known of each direction, by Dir

	began     time.Duration
	last      time.Duration // of the newest event
	connected bool
	refused   bool
	done      bool

	version int

	// split is the result of the last Split, made from the record of that
	// version: a screen asks for it many times between two arrivals.
	split        []Message
	splitVersion int
}

// A way is one direction's arrivals and how it ended.
type way struct {
	arrivals []Arrival
	hole     bool // bytes are missing from here on: later ones cannot be placed
	ended    bool // FIN
	reset    bool // RST
	first    time.Duration
	last     time.Duration
}

// An Arrival is one successful read by the tap.
type Arrival struct {
	At  time.Duration
	Off int // in Sent or Got
	Len int

	// other is how many bytes of the other direction had come by then.
	other int
}

// Arrivals lists what came in from dir's sender, as far as the bytes are kept.
func (c *Conn) Arrivals(dir Dir) []Arrival { return c.ways[dir].arrivals }

// Bytes is what dir's sender sent: Sent or Got.
func (c *Conn) Bytes(dir Dir) []byte {
	if dir == ToServer {
		return c.Sent
	}
	return c.Got
}

// Version is a number that changes whenever bytes or events come in. What was
// worked out from the record holds as long as it stays.
func (c *Conn) Version() int { return c.version }

// Began is when the tap accepted the client.
func (c *Conn) Began() time.Duration { return c.began }

// Refused tells that there was no server behind the tap.
func (c *Conn) Refused() bool { return c.refused }

// Over tells whether nothing more can come.
func (c *Conn) Over() bool { return c.done || c.refused }

// Add appends an event of this connection.
func (c *Conn) Add(e Event) {
	c.version++
	c.last = e.At
	w := &c.ways[e.Dir]
	switch e.Kind {
	case Opened:
		c.began = e.At
		c.ID, c.Client, c.Sender = e.Conn, e.Client, e.Sender
	case Connected:
		c.connected, c.Seen = true, e.Client
	case Refused:
		c.refused = true
	case Arrived:
		if !c.arrived(e, w) {
			return
		}
	case HalfClosed:
		w.ended = true
	case WasReset:
		w.reset = true
	case Done:
		c.done = true
	}
	c.Events = append(c.Events, e)
}

// arrived counts e's bytes and keeps those that have a place. It reports
// whether the event is worth keeping.
func (c *Conn) arrived(e Event, w *way) bool {
	bytes, all, other := &c.Sent, &c.SentAll, len(c.Got)
	if e.Dir == ToClient {
		bytes, all, other = &c.Got, &c.GotAll, len(c.Sent)
	}
	if *all == 0 {
		w.first = e.At
	}
	w.last = e.At
	*all += int64(len(e.Data) + e.Lost)

	off := len(*bytes)
	if !w.hole {
		*bytes = append(*bytes, e.Data[:min(len(e.Data), Cap-off)]...)
	}
	w.hole = w.hole || int64(len(*bytes)) < *all
	n := len(*bytes) - off
	if n == 0 || len(w.arrivals) == maxArrivals {
		return false
	}
	w.arrivals = append(w.arrivals, Arrival{At: e.At, Off: off, Len: n, other: other})
	return true
}

// knownBy is how many bytes of the other direction had come when byte off of
// dir came. An answer is read in the light of what was asked before it.
func (c *Conn) knownBy(dir Dir, off int) int {
	arrivals := c.ways[dir].arrivals
	if i := bringing(arrivals, off); i < len(arrivals) {
		return arrivals[i].other
	}
	return len(c.Bytes(1 - dir))
}

// arrivalsIn counts the arrivals that brought some of the bytes from off to
// end.
func (c *Conn) arrivalsIn(dir Dir, off, end int) int {
	arrivals := c.ways[dir].arrivals
	first, last := bringing(arrivals, off), bringing(arrivals, end-1)
	if last < len(arrivals) {
		last++
	}
	return last - first
}

// bringing is the index of the arrival that brought byte off.
func bringing(arrivals []Arrival, off int) int {
	return sort.Search(len(arrivals), func(i int) bool {
		return arrivals[i].Off+arrivals[i].Len > off
	})
}
