package wire

import (
	"sync"
	"time"

	"example/wirebook/internal/wire/message"
)

const (
	// pace is the shortest time between two batches: 30 a second is as much
	// as a screen can show.
	pace = time.Second / 30

	// A reader that falls behind may have this much waiting for it: bytes of
	// data, and events.
	maxBytes  = 16 << 20
	maxEvents = 1 << 16
)

// A queue takes events from many connections, gives them their time, and hands
// them on in batches. Adding never waits for the reader: a screen that hangs
// must not hold up a server.
type queue struct {
	start time.Time
	out   chan []Event
	wake  chan struct{} // there is something to hand on
	end   chan struct{} // nothing more will come

	delivering sync.WaitGroup

	mu      sync.Mutex
	events  []Event
	bytes   int
	dropped int64
}

func newQueue(start time.Time) *queue {
	q := &queue{
		start: start,
		out:   make(chan []Event, 1),
		wake:  make(chan struct{}, 1),
		end:   make(chan struct{}),
	}
	q.delivering.Go(q.deliver)
	return q
}

// add stamps e and puts it in line. The time is taken under the lock, so that
// the order of events is the order of their times.
func (q *queue) add(e Event) {
	q.mu.Lock()
	e.At = time.Since(q.start)
	q.events = append(q.events, e)
	q.bytes += len(e.Data)
	if q.bytes > maxBytes || len(q.events) > maxEvents {
		q.shed()
	}
	q.mu.Unlock()
	select {
	case q.wake <- struct{}{}:
	default: // a wake-up is already waiting
	}
}

// shed makes room: in the older half, all arrivals of one direction of one
// connection become a single one that says how much is lost. Openings and
// ends stay, so that no connection seems open for ever.
func (q *queue) shed() {
	type way struct {
		conn int
		dir  message.Dir
	}
	first := make(map[way]int) // index of the arrival that stands for all
	old := len(q.events) / 2
	kept := q.events[:0]
	for i, e := range q.events {
		if i >= old || e.Kind != Arrived {
			kept = append(kept, e)
			continue
		}
		if len(e.Data) > 0 {
			q.dropped++
		}
		q.bytes -= len(e.Data)
		e.Lost += len(e.Data)
		e.Data = nil
		if at, ok := first[way{e.Conn, e.Dir}]; ok {
			kept[at].Lost += e.Lost
			continue
		}
		first[way{e.Conn, e.Dir}] = len(kept)
		kept = append(kept, e)
	}
	clear(q.events[len(kept):])
	q.events = kept
}

func (q *queue) take() []Event {
	q.mu.Lock()
	defer q.mu.Unlock()
	batch := q.events
	q.events, q.bytes = nil, 0
	return batch
}

// deliver passes batches on, the first event of a quiet time at once.
func (q *queue) deliver() {
	defer close(q.out)
	for {
		select {
		case <-q.wake:
		case <-q.end:
			q.deliverLast(nil)
			return
		}
		// While the reader is slow this waits, and new events gather in the
		// queue, where shed can reach them.
		batch := q.take()
		if len(batch) > 0 {
			select {
			case q.out <- batch:
			case <-q.end:
				q.deliverLast(batch)
				return
			}
		}
		select {
		case <-time.After(pace):
		case <-q.end:
			q.deliverLast(nil)
			return
		}
	}
}

// deliverLast leaves everything that is still here in the channel's one slot, for
// a reader that may come later or never. It must not wait. As the only sender
// it may take back what the slot holds, and then the slot is free.
func (q *queue) deliverLast(batch []Event) {
	select {
	case unread := <-q.out:
		batch = append(unread, batch...)
	default:
	}
	if batch = append(batch, q.take()...); len(batch) > 0 {
		q.out <- batch
	}
}

// close ends the queue; nothing may be added any more.
func (q *queue) close() {
	close(q.end)
	q.delivering.Wait()
}

func (q *queue) droppedSoFar() int64 {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.dropped
}
