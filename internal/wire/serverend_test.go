package wire

import (
	"slices"
	"testing"
	"time"

	"example/wirebook/internal/wire/message"
)

// A server's end stands at every connection that it cut, and at no other.
func TestAddServerEnd(t *testing.T) {
	const (
		ms     = time.Millisecond
		died   = 1000 * ms // the kernel closes its sockets
		seen   = died + 5*ms
		get    = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
		length = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
	)
	type end struct {
		kind Kind
		dir  message.Dir
		at   time.Duration
	}
	fin := func(at time.Duration) end { return end{HalfClosed, message.ToClient, at} }
	rst := func(at time.Duration) end { return end{WasReset, message.ToClient, at} }
	for _, test := range []struct {
		name      string
		sent, got string
		ends      []end
		cut       bool
	}{
		{"asked, not answered", get, "", []end{fin(died)}, true},
		{"reset", get, "", []end{rst(died)}, true},
		{"half a word", "GE", "", []end{rst(died - 3*ms)}, true},
		{"nothing sent", "", "", []end{fin(died)}, true},
		{"answered in part", get, length + "h", []end{fin(died)}, true},
		{"kept after its answer", get, length + "hi", []end{fin(died)}, true},
		{"its end is not seen yet", get, "", nil, true},
		{"a client that gave up; the server still worked for it", get, "", []end{{HalfClosed, message.ToServer, 300 * ms}, fin(died)}, true},
		{"ended before", get, "", []end{fin(died - 20*ms)}, false},
		{"ended long before", get, "", []end{rst(20 * ms)}, false},
		{"the client reset it", get, "", []end{{WasReset, message.ToServer, 300 * ms}, {Done, 0, 300 * ms}}, false},
		{"ended as the response said", get, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi", []end{fin(died)}, false},
		{"ended as HTTP/1.0 does", get, "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi", []end{fin(died)}, false},
		{"until close", get, "HTTP/1.1 200 OK\r\n\r\nhi", []end{fin(died)}, false},
		{"Yes", "can you hear me?", "Yes", []end{fin(died)}, false},
		{"refused", "", "", []end{{Refused, 0, died}}, false},
	} {
		// The other one is cut for sure; it shows when the server died.
		conns := []*Conn{{}, {}}
		for i, c := range conns {
			c.Add(Event{Conn: i + 1, At: ms, Kind: Opened})
		}
		conns[0].Add(Event{Conn: 1, At: died, Dir: message.ToClient, Kind: WasReset})
		if test.sent != "" {
			conns[1].Add(Event{Conn: 2, At: 2 * ms, Kind: Arrived, Data: []byte(test.sent)})
		}
		if test.got != "" {
			conns[1].Add(Event{Conn: 2, At: 3 * ms, Dir: message.ToClient, Kind: Arrived, Data: []byte(test.got)})
		}
		for _, e := range test.ends {
			conns[1].Add(Event{Conn: 2, At: e.at, Dir: e.dir, Kind: e.kind})
		}
		n := AddServerEnd(conns, Event{At: seen, Dir: message.ToClient, Kind: ServerEnded, Text: "it ended"})
		if due := 1 + map[bool]int{true: 1}[test.cut]; n != due {
			t.Errorf("%s: %d connections are cut, due %d", test.name, n, due)
		}
		if got := conns[1].ServerEnd() == "it ended"; got != test.cut {
			t.Errorf("%s: the end stands there: %v, due %v", test.name, got, test.cut)
		}
		marked := slices.ContainsFunc(conns[1].Timeline(), func(m Moment) bool { return m.Event != nil && m.Event.Kind == ServerEnded })
		if marked != test.cut || conns[0].ServerEnd() == "" {
			t.Errorf("%s: on its time axis: %v, due %v", test.name, marked, test.cut)
		}
	}
	// Nobody was there, or somebody long ago or later.
	old, late := &Conn{}, &Conn{}
	old.Add(Event{Conn: 1, Kind: Opened})
	old.Add(Event{Conn: 1, At: ms, Dir: message.ToClient, Kind: WasReset})
	late.Add(Event{Conn: 2, At: 2 * seen, Kind: Opened})
	for _, conns := range [][]*Conn{nil, {old}, {late}} {
		if n := AddServerEnd(conns, Event{At: seen, Kind: ServerEnded}); n != 0 {
			t.Errorf("%d connections are cut, and none was there", n)
		}
	}
}

func TestServerEndedBelongsToNoConnection(t *testing.T) {
	r := newHarness(t)
	r.tap.ServerEnded("it ended")
	if e := r.until(t, "server ended", isKind(ServerEnded)); e.Conn != 0 || e.Text != "it ended" {
		t.Errorf("%+v", e)
	}
}
