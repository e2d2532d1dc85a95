package wire

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"example/wirebook/internal/wire/message"
)

// A hole in the bytes ends the record of a direction: later bytes would stand
// in a wrong place. What was sent is counted all the same.
func TestRecordEndsAtALoss(t *testing.T) {
	c := record("GET / HT", "")
	c.Add(Event{Conn: 1, Kind: Arrived, Lost: 4})
	c.Add(Event{Conn: 1, Kind: Arrived, Data: []byte("Host: x\r\n\r\n")})
	if string(c.Bytes(message.ToServer)) != "GET / HT" || c.Total(message.ToServer) != 8+4+11 {
		t.Errorf("kept %q of %d bytes", c.Bytes(message.ToServer), c.Total(message.ToServer))
	}
	if n := len(c.Arrivals(message.ToServer)); n != 1 {
		t.Errorf("%d arrivals, want 1", n)
	}
	if got := axis(c); got != "→ 0–8, record ended to server" {
		t.Error(got)
	}
}

// Past the end of the record nothing is concluded: no length, no state, no
// summary, though the bytes are counted.
func TestRecordEndsAtCap(t *testing.T) {
	const head = "HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n"
	c := record("GET / HTTP/1.0\r\n\r\n", head)
	block := bytes.Repeat([]byte("x"), 1000)
	add := func(n int) {
		for range n {
			c.Add(Event{Conn: 1, Kind: Arrived, Dir: message.ToClient, Data: block})
		}
	}
	add(1000)
	if m := c.Messages()[1]; m.Missing != 2000_000 || m.Unkept || !c.Kept(message.ToClient) {
		t.Errorf("missing %d, unkept %v, while all is kept", m.Missing, m.Unkept)
	}
	add(1999)
	if n := len(c.Bytes(message.ToClient)); n != Cap || c.Total(message.ToClient) != int64(len(head)+2999_000) {
		t.Errorf("kept %d of %d bytes", n, c.Total(message.ToClient))
	}
	for range 2 { // when it is complete, too
		m := c.Messages()[1]
		if m.Missing != -1 || m.Complete || !m.Unkept || c.Kept(message.ToClient) {
			t.Errorf("missing %d, complete %v, unkept %v", m.Missing, m.Complete, m.Unkept)
		}
		last := m.Spans[len(m.Spans)-1]
		if text := m.Explain(last); text != "The content: 1,048,532 bytes of it are kept. It goes on where the record ends (RFC 9112, 6.3)." {
			t.Error(text)
		}
		if s := c.State(time.Hour); s != "open; what passes is no longer recorded" {
			t.Errorf("state %q", s)
		}
		if s := c.Summary(); s != "GET /  200  1.0 MB kept" {
			t.Errorf("summary %q", s)
		}
		if got := axis(c); got != "→ 0–18, ← 0–1048576, record ended to client" {
			t.Error(got)
		}
		add(1)
	}
	c.Add(Event{Conn: 1, Kind: HalfClosed, Dir: message.ToClient})
	if m := c.Messages()[1]; m.Complete || m.Spans[len(m.Spans)-1].Finding != "" {
		t.Errorf("at the end: complete %v, %v", m.Complete, m.Spans[len(m.Spans)-1])
	}
	if s := c.State(0); s != "the server has ended its side; the client has not" {
		t.Errorf("state %q", s)
	}
}

// A client that sends byte by byte fills no more memory than others.
func TestRecordEndsAfterManyArrivals(t *testing.T) {
	c := record("", "")
	const most = 8192
	for range 2 * most {
		c.Add(Event{Conn: 1, Kind: Arrived, Dir: message.ToServer, Data: []byte("x")})
	}
	if n, kept := len(c.Arrivals(message.ToServer)), len(c.Bytes(message.ToServer)); n != most || kept != most {
		t.Errorf("%d arrivals of %d bytes, want %d", n, kept, most)
	}
	if len(c.Events) > 9 {
		t.Errorf("%d events", len(c.Events))
	}
}

// Thousands of small exchanges on one connection: some hundred are kept, and
// all that is said of them is true. The rest takes no memory.
func TestRecordEndsAfterManySpans(t *testing.T) {
	const (
		request  = "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\nHost: localhost:8000\r\nUser-Agent: ApacheBench/2.3\r\nAccept: */*\r\n\r\n"
		response = "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\nYes"
	)
	c := record("", "")
	size := 0
	for i := range 7500 {
		c.Add(Event{Conn: 1, Kind: Arrived, Dir: message.ToServer, Data: []byte(request)})
		c.Add(Event{Conn: 1, Kind: Arrived, Dir: message.ToClient, Data: []byte(response)})
		if i == 2500 {
			size = c.Size()
		}
	}
	if c.Size() != size || size > 8<<20 {
		t.Errorf("it takes %d bytes, %d before", c.Size(), size)
	}
	if c.Kept(message.ToServer) || c.Kept(message.ToClient) {
		t.Error("all is kept")
	}
	requests := 0
	for _, m := range c.Messages() {
		if m.Dir == message.ToServer {
			requests++
		}
		if !m.Complete {
			t.Fatalf("%q is not complete", m.Start)
		}
		for _, s := range m.Spans {
			if s.Finding != "" {
				t.Fatalf("%q: %s", m.Start, s.Finding)
			}
		}
	}
	if requests < 500 {
		t.Errorf("only %d requests are kept", requests)
	}
	if n := len(c.Messages()); n > 2*requests || n < 2*requests-1 {
		t.Errorf("%d requests, %d messages: one stands without the other", requests, n)
	}
	moments := c.Timeline()
	for i, m := range moments {
		if ends := m.Event != nil; ends != (i >= len(moments)-2) {
			t.Errorf("moment %d of %d is %v", i, len(moments), m)
		}
	}
}

// axis writes a timeline down: which bytes, which events.
func axis(c *Conn) string {
	var list []string
	for _, m := range c.Timeline() {
		if m.Event != nil {
			list = append(list, fmt.Sprintf("%s %s", m.Event.Kind, m.Event.Dir))
			continue
		}
		arrow := [...]string{"→", "←"}[c.Messages()[m.Message].Dir]
		list = append(list, fmt.Sprintf("%s %d–%d", arrow, m.From, m.To))
	}
	return strings.Join(list, ", ")
}

func TestTimeline(t *testing.T) {
	const ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" // 38 bytes
	say := func(d message.Dir, s string) Event {
		return Event{Conn: 1, Kind: Arrived, Dir: d, Data: []byte(s)}
	}
	up := func(s string) Event { return say(message.ToServer, s) }
	down := func(s string) Event { return say(message.ToClient, s) }
	event := func(k Kind, d message.Dir) Event { return Event{Conn: 1, Kind: k, Dir: d} }
	for _, test := range []struct {
		name   string
		events []Event
		due    string
	}{
		{"in turn", []Event{up("GET / HTTP/1.0\r\n\r\n"), down(ok)}, "→ 0–18, ← 0–38"},
		{"arrivals of one message are one moment", []Event{up("GET / HT"), up("TP/1.0\r\n\r\n"), down(ok)}, "→ 0–18, ← 0–38"},
		{"a response before the rest of its request", []Event{up("GET / HT"), down(ok), event(HalfClosed, message.ToClient), up("TP/1.0\r\n\r\n")},
			"→ 0–8, ← 0–38, half-closed to client, → 8–18"},
		{"two requests in one arrival", []Event{up("GET / HTTP/1.0\r\n\r\nGET /b HTTP/1.0\r\n\r\n"), down(ok + ok)},
			"→ 0–18, → 18–37, ← 0–38, ← 38–76"},
		{"a request that ends and one that begins in one arrival", []Event{up("GET / HTTP/1.0\r\n"), down("HTTP/1.1 200"), up("\r\nGET /b")},
			"→ 0–16, ← 0–12, → 16–18, → 18–24"},
		{"ends between bytes", []Event{up("GE"), event(WasReset, message.ToClient), up("T"), event(HalfClosed, message.ToServer)},
			"→ 0–2, reset to client, → 2–3, half-closed to server"},
		{"refused", []Event{event(Refused, 0)}, "refused to server"},
	} {
		c := &Conn{}
		c.Add(Event{Conn: 1, Kind: Opened})
		c.Add(Event{Conn: 1, Kind: Connected})
		for _, e := range test.events {
			c.Add(e)
		}
		c.Add(Event{Conn: 1, Kind: Done})
		if got := axis(c); got != test.due {
			t.Errorf("%s: %s, due %s", test.name, got, test.due)
		}
	}
}

// The moments of a timeline hold every byte once, whatever came.
func FuzzTimeline(f *testing.F) {
	f.Add([]byte("GET / HTTP/1.0\r\n\r\nGET /"), []byte("HTTP/1.0 200 OK\r\n\r\nYes"), byte(0x5a))
	f.Fuzz(func(t *testing.T, sent, got []byte, pattern byte) {
		c := &Conn{}
		rest := [2][]byte{sent, got}
		for i := 0; len(rest[0])+len(rest[1]) > 0; i++ {
			d := message.Dir(pattern >> (i % 8) & 1)
			if len(rest[d]) == 0 {
				d = 1 - d
			}
			n := min(1+i%5, len(rest[d]))
			c.Add(Event{Conn: 1, Kind: Arrived, Dir: d, Data: rest[d][:n]})
			rest[d] = rest[d][n:]
		}
		messages := c.Messages()
		var at [2]int
		for _, m := range c.Timeline() {
			d := messages[m.Message].Dir
			if m.From != at[d] || m.To <= m.From {
				t.Fatalf("bytes %d–%d %s, due at %d", m.From, m.To, d, at[d])
			}
			at[d] = m.To
		}
		if at != [2]int{len(sent), len(got)} {
			t.Errorf("the timeline holds %v of %d and %d bytes", at, len(sent), len(got))
		}
	})
}

// The version changes with every event, and with nothing else.
func TestVersion(t *testing.T) {
	c := &Conn{}
	before := c.Version()
	for _, e := range []Event{{Kind: Opened}, {Kind: Connected}, {Kind: Arrived, Data: []byte("x")},
		{Kind: Arrived, Lost: 1}, {Kind: HalfClosed}, {Kind: Done}} {
		c.Add(e)
		if c.Version() == before {
			t.Errorf("%v does not change the version", e.Kind)
		}
		before = c.Version()
		c.Messages()
		c.State(0)
		if c.Version() != before {
			t.Error("a look changes the version")
		}
	}
}

// A connection that the tap has ended is over for both messages at hand.
func TestDoneCutsMessages(t *testing.T) {
	c := record("GET / HT", "HTTP/1.1 200 OK\r\nContent-Le")
	c.Add(Event{Conn: 1, Kind: Done})
	for _, m := range c.Messages() {
		if last := m.Spans[len(m.Spans)-1]; !strings.Contains(last.Finding, "The connection ended here, before the head was complete") {
			t.Errorf("%s: %q", m.Dir, last.Finding)
		}
	}
	if !c.Over() {
		t.Error("it is not over")
	}
}
