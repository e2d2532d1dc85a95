package wire

import (
	"sort"
	"time"

	"example/wirebook/internal/wire/message"
)

// Cap is how many bytes of each direction a Conn keeps.
const Cap = 1 << 20

// maxArrivals is how many arrivals of each direction a Conn keeps apart. A
// client that sends a mebibyte byte by byte fills no more memory than that.
const maxArrivals = 1 << 14

// A Conn is the record of one connection: all events of it, put together. It
// is built by Add alone and belongs to one goroutine.
type Conn struct {
	ID     int
	Client string  // address
	Seen   string  // the address that the server sees: the tap's own
	Sender Sender  // who the client is, where the workbook itself dialled
	Events []Event // arrivals past Cap or past the first 16,384 are left out

	ways [2]way // what is known of each direction, by Dir

	began     time.Duration
	last      time.Duration // of the newest event
	connected bool
	refused   bool
	done      bool

	version  int
	splitter message.Splitter
}

// A way is one direction's arrivals and how it ended.
type way struct {
	arrivals []Arrival
	total    int64 // bytes, kept or not
	hole     bool  // bytes are missing from here on: later ones cannot be placed
	ended    bool  // FIN
	reset    bool  // RST
	first    time.Duration
	last     time.Duration
}

// An Arrival is one successful read by the tap.
type Arrival struct {
	At  time.Duration
	Off int // in Bytes
	Len int
}

// Arrivals lists what came in from dir's sender, as far as the bytes are kept.
func (c *Conn) Arrivals(dir message.Dir) []Arrival { return c.ways[dir].arrivals }

// Bytes is what dir's sender sent, at most Cap bytes of it.
func (c *Conn) Bytes(dir message.Dir) []byte { return c.splitter.Bytes(dir) }

// Total is how many bytes dir's sender sent, kept or not.
func (c *Conn) Total(dir message.Dir) int64 { return c.ways[dir].total }

// Spoke tells whether anything was sent, in either direction.
func (c *Conn) Spoke() bool { return c.ways[0].total+c.ways[1].total > 0 }

// Messages lists the messages of both directions, each request followed by the
// responses to it. The result is the Conn's own: look, do not change.
func (c *Conn) Messages() []message.Message { return c.splitter.Messages() }

// Explain says in one or two sentences what a span of a message is.
func (c *Conn) Explain(m message.Message, s message.Span) string {
	return message.Explain(c.Bytes(m.Dir), m, s)
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
		c.splitter.End(e.Dir)
	case WasReset:
		w.reset = true
		c.splitter.Cut(e.Dir)
	case Done:
		c.done = true
		for d := range message.Dir(2) {
			if !c.ways[d].ended {
				c.splitter.Cut(d)
			}
		}
	}
	c.Events = append(c.Events, e)
}

// arrived counts e's bytes and keeps those that have a place. It reports
// whether the event is worth keeping.
func (c *Conn) arrived(e Event, w *way) bool {
	if w.total == 0 {
		w.first = e.At
	}
	w.last = e.At
	w.total += int64(len(e.Data) + e.Lost)

	off := len(c.Bytes(e.Dir))
	n := 0
	if !w.hole {
		n = min(len(e.Data), Cap-off)
		c.splitter.Add(e.Dir, e.Data[:n])
	}
	c.splitter.Skip(e.Dir, int64(len(e.Data)-n+e.Lost))
	w.hole = w.hole || int64(off+n) < w.total
	if n == 0 || len(w.arrivals) == maxArrivals {
		return false
	}
	w.arrivals = append(w.arrivals, Arrival{At: e.At, Off: off, Len: n})
	return true
}

// ArrivalsOf counts the arrivals that brought a message.
func (c *Conn) ArrivalsOf(m message.Message) int {
	arrivals := c.ways[m.Dir].arrivals
	first, last := bringing(arrivals, m.Off), bringing(arrivals, m.Off+m.Len-1)
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
