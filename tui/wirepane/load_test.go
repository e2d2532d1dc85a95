package wirepane

import (
	"runtime"
	"testing"
	"time"

	"example/wirebook/internal/wire"
	"example/wirebook/internal/wire/message"
)

const (
	kept     = "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\nHost: localhost:8000\r\nUser-Agent: ApacheBench/2.3\r\nAccept: */*\r\n\r\n"
	keptPage = "HTTP/1.1 200 OK\r\nServer: x\r\nDate: Sat, 21 Nov 2026 17:00:00 GMT\r\nConnection: keep-alive\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nYes"
)

// loaded is a pane after n requests on conns connections that are kept.
func loaded(n, conns int) *Pane {
	p := paneWith(80, 40)
	at := time.Duration(0)
	now := time.Unix(1000, 0)
	for id := 1; id <= conns; id++ {
		p.Add([]wire.Event{{Conn: id, At: at, Kind: wire.Opened, Client: "127.0.0.1:1"}, {Conn: id, At: at, Kind: wire.Connected}}, 0, now)
	}
	var batch []wire.Event
	for i := range n {
		at += 50 * time.Microsecond
		id := 1 + i%conns
		batch = append(batch, wire.Event{Conn: id, At: at, Kind: wire.Arrived, Data: []byte(kept)},
			wire.Event{Conn: id, At: at, Dir: message.ToClient, Kind: wire.Arrived, Data: []byte(keptPage)})
		if len(batch) > 1000 {
			p.Add(batch, 0, now.Add(at))
			batch = nil
		}
	}
	p.Add(batch, 0, now.Add(at))
	return p
}

// Sixty thousand requests on connections that are kept: the record takes little
// memory, and a key is answered at once. A busy machine may be slow now and
// then; the quickest of some keys tells.
func TestSixtyThousandRequests(t *testing.T) {
	for _, conns := range []int{1, 8, 200} {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		p := loaded(60000, conns)
		p.Rows(true, idle)
		runtime.GC()
		runtime.ReadMemStats(&after)
		heap := int64(after.HeapAlloc) - int64(before.HeapAlloc)
		if heap > 100<<20 || p.conns.bytes > keepBytes || int64(p.conns.bytes) < heap/4 {
			t.Errorf("%d connections: %d MB of memory, %d MB counted", conns, heap>>20, p.conns.bytes>>20)
		}
		quickest := time.Hour
		for range 20 {
			began := time.Now()
			p.Add([]wire.Event{{Conn: p.chosen, At: time.Hour, Kind: wire.Arrived, Data: []byte(kept)}}, 0, time.Unix(2000, 0))
			p.MoveSpan(1)
			p.Down(1)
			p.Rows(true, idle)
			quickest = min(quickest, time.Since(began))
		}
		if quickest > 50*time.Millisecond {
			t.Errorf("%d connections: a key takes %v", conns, quickest)
		}
		t.Logf("%d connections: %d MB of memory, %d MB counted, %d rows, a key takes %v", conns, heap>>20, p.conns.bytes>>20, p.rowCount(), quickest)
	}
}
