package wire

import (
	"testing"
	"testing/synctest"
	"time"

	"example/wirebook/internal/wire/message"
)

// A reader that does not come loses data, and is told how much; it loses no
// opening and no end, and what it still gets is in order.
func TestSlowReader(t *testing.T) {
	q := newQueue(time.Now())
	var sent [3]int
	for conn := 1; conn <= 2; conn++ {
		q.add(Event{Conn: conn, Kind: Opened})
	}
	block := make([]byte, 1<<20)
	for i := range 100 {
		q.add(Event{Conn: 1 + i%2, Kind: Arrived, Dir: message.Dir(i / 2 % 2), Data: block})
		sent[i%2] += len(block)
	}
	for i := range 8 << 16 {
		if i == 4<<16 { // in the middle of the flood
			q.add(Event{Conn: 3, Kind: Opened})
		}
		conn := 1 + i%min(3, 2+i>>18)
		q.add(Event{Conn: conn, Kind: Arrived, Data: block[:1]})
		sent[conn-1]++
	}
	for conn := 1; conn <= 3; conn++ {
		q.add(Event{Conn: conn, Kind: Done})
	}
	q.close()

	conns := []*Conn{{}, {}, {}}
	bytes, events := 0, 0
	var before time.Duration
	for batch := range q.out {
		for _, e := range batch {
			if e.At < before {
				t.Fatalf("event at %v after one at %v", e.At, before)
			}
			before = e.At
			bytes += len(e.Data)
			events++
			conns[e.Conn-1].Add(e)
		}
	}
	// Three places can hold a queue's worth: the slot, the hand, the queue.
	if bytes > 3*16<<20 || events > 3<<16 {
		t.Errorf("%d bytes and %d events were waiting", bytes, events)
	}
	if q.droppedSoFar() == 0 {
		t.Error("nothing is counted as dropped")
	}
	for i, c := range conns {
		if c.Total(message.ToServer)+c.Total(message.ToClient) != int64(sent[i]) {
			t.Errorf("connection %d: %d bytes counted, want %d", i+1, c.Total(message.ToServer)+c.Total(message.ToClient), sent[i])
		}
		if !c.done || c.ID != i+1 {
			t.Errorf("connection %d lost its opening or its end", i+1)
		}
	}
}

func TestBatchesAreCounted(t *testing.T) {
	q := newQueue(time.Now())
	stop := make(chan struct{})
	go func() {
		defer q.close()
		for {
			select {
			case <-stop:
				return
			default:
				q.add(Event{Kind: Arrived, Data: []byte("x")})
			}
		}
	}()
	start, n := time.Now(), 0
	for range q.out {
		n++
		if n == 10 {
			close(stop)
			break
		}
	}
	// The first is not held back; nine thirtieths of a second lie between ten
	// batches.
	if took := time.Since(start); took < 280*time.Millisecond {
		t.Errorf("10 batches in %v, want at least 300 ms", took)
	}
	for range q.out {
	}
}

// Batches are handed on 30 times a second, the first event of a quiet time at
// once.
func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(time.Now())
		defer q.close()
		for i, want := range []time.Duration{0, time.Second / 30, time.Second / 30} {
			began := time.Now()
			q.add(Event{Conn: 1, Kind: Arrived})
			<-q.out
			if took := time.Since(began); took != want {
				t.Errorf("batch %d came after %v, want %v", i, took, want)
			}
		}
	})
}

// While nobody takes them, events keep at most 16 MiB of data.
func TestQueueIsBounded(t *testing.T) {
	q := &queue{start: time.Now(), wake: make(chan struct{}, 1)}
	block := make([]byte, 1<<20)
	for range 100 {
		q.add(Event{Conn: 1, Kind: Arrived, Data: block})
		if q.bytes > 16<<20 {
			t.Fatalf("%d bytes are waiting", q.bytes)
		}
	}
	if q.bytes < 4<<20 {
		t.Errorf("only %d bytes are kept", q.bytes)
	}
}
