package wire

import (
	"sort"
	"time"
	"unsafe"

	"example/wirebook/internal/wire/message"
)

// How much of each direction a Conn keeps. The record of a direction ends where
// the first of these is reached, or where the tap has lost bytes.
const (
	Cap         = 1 << 20 // bytes
	maxArrivals = 1 << 13
	maxSpans    = 1 << 15 // some hundred requests
)

// A Conn is the record of one connection. It is built by Add alone and belongs
// to one goroutine.
type Conn struct {
	ID     int
	Sender Sender // who the client is, where the workbook itself dialled

	// Browser is the name of a browser that opened other connections at about
	// the same time, set by whoever knows of them; see State.
	Browser string

	Events []Event // in order, all but arrivals

	splitter message.Splitter
	ways     [2]way // by Dir
	version  int
	began    time.Duration
	last     time.Duration // of the newest event

	connected bool
	queued    bool   // the server has not accepted
	ending    string // how the server ended that this connection was cut by
	refused   bool
	done      bool
}

// A way is one direction.
type way struct {
	arrivals []Arrival
	total    int64 // bytes, kept or not
	ended    bool  // FIN
	reset    bool  // RST
	noted    bool  // that the record has ended
}

// An Arrival is one successful read by the tap.
type Arrival struct {
	At  time.Duration
	Off int // in Bytes
	Len int

	version int // of the record with it
}

// Arrivals lists what came in from dir's sender, as far as it is kept.
func (c *Conn) Arrivals(dir message.Dir) []Arrival { return c.ways[dir].arrivals }

// Bytes is what dir's sender sent, as far as it is kept.
func (c *Conn) Bytes(dir message.Dir) []byte { return c.splitter.Bytes(dir) }

// Total is how many bytes dir's sender sent, kept or not.
func (c *Conn) Total(dir message.Dir) int64 { return c.ways[dir].total }

// Kept tells whether the record of dir goes on: all that was sent is kept.
func (c *Conn) Kept(dir message.Dir) bool { return !c.splitter.Stopped(dir) }

// Spoke tells whether anything was sent, in either direction.
func (c *Conn) Spoke() bool { return c.ways[0].total+c.ways[1].total > 0 }

// Messages lists the messages of both directions in the order in which their
// first bytes came. The result is the Conn's own and holds until the next Add.
func (c *Conn) Messages() []message.Message { return c.splitter.Messages() }

// Version is a number that changes whenever bytes or events come in. What was
// worked out from the record holds as long as it stays.
func (c *Conn) Version() int { return c.version }

// Size is about how many bytes of memory the record takes.
func (c *Conn) Size() int {
	return c.splitter.Size() +
		(cap(c.ways[0].arrivals)+cap(c.ways[1].arrivals))*int(unsafe.Sizeof(Arrival{}))
}

// Began is when the tap accepted the client.
func (c *Conn) Began() time.Duration { return c.began }

// Refused tells that there was no server behind the tap.
func (c *Conn) Refused() bool { return c.refused }

// ServerEnd is how the server ended, if that cut the connection; see
// AddServerEnd.
func (c *Conn) ServerEnd() string { return c.ending }

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
		c.ID, c.Sender = e.Conn, e.Sender
	case Connected:
		c.connected = true
	case ServerEnded:
		c.ending = e.Text
	case Queued, Accepted:
		c.queued = e.Kind == Queued
	case Refused:
		c.refused = true
	case Arrived:
		c.arrived(e, w)
		return
	case HalfClosed:
		w.ended = true
		c.splitter.End(e.Dir)
	case WasReset:
		w.reset = true
		c.splitter.Cut(e.Dir)
	case Done:
		c.done = true
		c.splitter.Cut(message.ToServer)
		c.splitter.Cut(message.ToClient)
	}
	c.note(e)
}

// note keeps an event.
func (c *Conn) note(e Event) {
	e.version = c.version
	c.Events = append(c.Events, e)
}

// arrived counts e's bytes and keeps those that have a place.
func (c *Conn) arrived(e Event, w *way) {
	w.total += int64(len(e.Data) + e.Lost)
	if c.splitter.MaxBytes == 0 {
		c.splitter.MaxBytes, c.splitter.MaxSpans = Cap, maxSpans
	}
	if len(w.arrivals) == maxArrivals {
		c.splitter.Stop(e.Dir)
	}
	off := len(c.Bytes(e.Dir))
	if n := c.splitter.Add(e.Dir, e.Data); n > 0 {
		w.arrivals = append(w.arrivals, Arrival{At: e.At, Off: off, Len: n, version: c.version})
	}
	if e.Lost > 0 {
		c.splitter.Stop(e.Dir)
	}
	if !w.noted && int64(len(c.Bytes(e.Dir))) < w.total {
		w.noted = true
		c.note(Event{Conn: e.Conn, At: e.At, Dir: e.Dir, Kind: RecordEnded})
	}
}

// ArrivalsOf counts the arrivals that brought bytes from off to end of a
// direction, and gives the number of the first, from 1.
func (c *Conn) ArrivalsOf(dir message.Dir, off, end int) (first, n int) {
	arrivals := c.ways[dir].arrivals
	first, last := bringing(arrivals, off), bringing(arrivals, end-1)
	return first + 1, min(last+1, len(arrivals)) - first
}

// bringing is the index of the arrival that brought byte off.
func bringing(arrivals []Arrival, off int) int {
	return sort.Search(len(arrivals), func(i int) bool {
		return arrivals[i].Off+arrivals[i].Len > off
	})
}
