package wire

import (
	"testing"
	"time"

	"example/wirebook/internal/wire/message"
)

func TestState(t *testing.T) {
	const (
		get   = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
		ok    = "HTTP/1.1 200 OK\r\n"
		whole = ok + "Content-Length: 2\r\n\r\nhi"
	)
	event := func(k Kind, d message.Dir) Event { return Event{Conn: 1, Kind: k, Dir: d} }
	for _, test := range []struct {
		sent, got string
		then      []Event
		quiet     time.Duration
		want      string
	}{
		{"", "", nil, 0, "opened, nothing sent"},
		{"", "", []Event{{Conn: 1, Kind: Opened, Sender: Sender{"lesson", "x"}}}, 0, "opened, nothing sent"},
		{"", "", []Event{event(HalfClosed, message.ToServer)}, 0, "the client has ended its side; the server has not answered"},
		{"", "", []Event{event(Refused, 0), event(Done, 0)}, 0, "no server behind the tap"},
		{"GE", "", nil, 0, "waiting for the rest of the request's head"},
		{"GE", "", nil, 2 * time.Second, "still waiting for the rest of the request's head"},
		{"GET /\r\n", "", nil, 0, "waiting for the empty line, or in HTTP/0.9 for the answer"},
		{"hello?", "", nil, 0, "connected, the server has not answered"},
		{get, "", nil, 1999 * time.Millisecond, "connected, the server has not answered"},
		{get, "", nil, 2 * time.Second, "still waiting: the server has not answered"},
		{get, "HTTP/1.1 100 Continue\r\n\r\n", nil, 0, "connected, the server has not answered"},
		{"POST / HTTP/1.0\r\nContent-Length: 9\r\n\r\nab", "", nil, 0, "waiting for 7 more body bytes"},
		{"POST / HTTP/1.0\r\nContent-Length: 9\r\n\r\n12345678", "", nil, 0, "waiting for 1 more body byte"},
		{get, "HTT", nil, 0, "waiting for the rest of the answer's head"},
		{get, ok + "Content-Length: 9\r\n\r\nab", nil, 3 * time.Second, "still waiting for 7 more body bytes"},
		{get, ok + "\r\n", nil, 0, "the answer ends when the server closes"},
		{get, ok + "\r\n", nil, 2 * time.Second, "still waiting: the answer ends when the server closes"},
		{get, ok + "Transfer-Encoding: chunked\r\n\r\n3\r\nab", nil, 0, "waiting for 1 more byte of a chunk"},
		{get, ok + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", nil, 0, "waiting for the next chunk of the answer"},
		{get, ok + "Transfer-Encoding: chunked\r\n\r\nx", nil, 0, "waiting for the end of the answer, which nobody can find any more"},
		{get, whole, nil, 999 * time.Millisecond, "both sides idle"},
		{get, whole, nil, 4500 * time.Millisecond, "both sides idle for 4 s"},
		{get + get, whole, nil, 0, "connected, the server has not answered"},
		{get, whole, []Event{event(HalfClosed, message.ToServer)}, 0, "the client has ended its side; the server has not ended its own"},
		{get, whole, []Event{event(HalfClosed, message.ToClient)}, 0, "the server has ended its side; the client has not"},
		{get, ok + "Content-Length: 9\r\n\r\nab", []Event{event(HalfClosed, message.ToClient)}, 0, "the server has ended its side, 7 body bytes too early; the client has not"},
		{get, ok + "Content-Length: 9\r\n\r\nab", []Event{event(HalfClosed, message.ToServer)}, 0, "the client has ended its side; the answer is not complete"},
		{get, whole, []Event{event(HalfClosed, message.ToClient), event(HalfClosed, message.ToServer)}, 0, "closed"},
		{get, whole, []Event{event(WasReset, message.ToServer), event(Done, 0)}, 0, "reset by the client"},
		{get, whole, []Event{event(WasReset, message.ToClient), event(Done, 0)}, 0, "reset by the server; it may have left some of the 27 request bytes unread"},
		{"", "", []Event{event(WasReset, message.ToClient)}, 0, "reset by the server"},
		{get, "", []Event{event(Done, 0)}, 0, "ended by the tap"},
	} {
		c := record(test.sent, test.got)
		for _, e := range test.then {
			c.Add(e)
		}
		if s := c.State(test.quiet); s != test.want {
			t.Errorf("%q, %q, %v: %q, want %q", test.sent, test.got, test.then, s, test.want)
		}
	}
}

func TestStateBeforeTheServerAnswersTheDial(t *testing.T) {
	c := &Conn{}
	c.Add(Event{Conn: 1, Kind: Opened})
	if s := c.State(2 * time.Second); s != "still waiting: the server has not taken the connection" {
		t.Errorf("state %q", s)
	}
}

func TestSummaryAndWho(t *testing.T) {
	const chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36"
	get := func(target, agent string) string {
		return "GET " + target + " HTTP/1.1\r\nHost: x\r\nUser-Agent: " + agent + "\r\n\r\n"
	}
	answer := func(body string) string { return "HTTP/1.1 200 OK\r\n\r\n" + body }
	for _, test := range []struct{ sent, got, summary, who, explained string }{
		{get("/test.jpg", "curl/7.88.1"), answer(string(make([]byte, 10240))), "GET /test.jpg  200  10.2 KB  0.4 ms", "curl/7.88.1", ""},
		{get("/favicon.ico", chrome), answer("x"), "GET /favicon.ico  200  1 B  0.4 ms", "Chromium", "a browser asks for its icon by itself"},
		{get("/favicon.ico", "curl/7.88.1"), answer("x"), "GET /favicon.ico  200  1 B  0.4 ms", "curl/7.88.1", ""},
		{get("/", "Mozilla/5.0 (X11; rv:14.0) Gecko/20100101 Firefox/14.0.1"), "", "GET /  no answer yet", "Firefox", ""},
		{get("/", "Python-urllib/3.11"), "", "GET /  no answer yet", "Python-urllib/3.11", ""},
		{get("/", "Go-http-client/1.1"), "Yes", `GET /  "Yes"  0.4 ms`, "Go-http-client/1.1", ""},
		{get("/\x1b]52;c", "\x1b[2J evil"), "HTTP/1.x OK\n", "GET /␛]52;c  HTTP/1.x OK  0.4 ms", "␛[2J", ""},
		{"can you hear me?", "Yes", `"can you hear me?"  "Yes"  0.4 ms`, "client", ""},
		{"", "", "opened, nothing sent", "client", ""},
		{"\x16\x03\x01\x00", "", "TLS  no answer yet", "client", "first bytes 16 03 01: TLS; somebody typed https://"},
		{"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "", "PRI *  no answer yet", "client", "HTTP/2 preface"},
		{get("/", "x") + get("/", "x"), answer("")[:17] + "Content-Length: 0\r\n\r\n", "GET /  200  0 B  0.4 ms  +1", "x", ""},
	} {
		c := &Conn{}
		c.Add(Event{Conn: 1, Kind: Opened})
		if test.sent != "" {
			c.Add(Event{Conn: 1, At: time.Second, Kind: Arrived, Data: []byte(test.sent)})
		}
		if test.got != "" {
			c.Add(Event{Conn: 1, At: time.Second + 400*time.Microsecond, Dir: message.ToClient, Kind: Arrived, Data: []byte(test.got)})
		}
		if s := c.Summary(); s != test.summary {
			t.Errorf("summary %q, want %q", s, test.summary)
		}
		if s := c.Who(); s != test.who {
			t.Errorf("who %q, want %q", s, test.who)
		}
		if s := c.Explain(); s != test.explained {
			t.Errorf("%s: explained by %q, want %q", test.summary, s, test.explained)
		}
	}
}

// record is the connection on which sent came first, then got.
func record(sent, got string) *Conn {
	c := &Conn{}
	c.Add(Event{Conn: 1, Kind: Opened, Client: "127.0.0.1:50000"})
	c.Add(Event{Conn: 1, Kind: Connected})
	if sent != "" {
		c.Add(Event{Conn: 1, Kind: Arrived, Dir: message.ToServer, Data: []byte(sent)})
	}
	if got != "" {
		c.Add(Event{Conn: 1, Kind: Arrived, Dir: message.ToClient, Data: []byte(got)})
	}
	return c
}

// What a connection says of itself is safe to print, whatever came on it.
func FuzzWords(f *testing.F) {
	f.Add([]byte("GET /\x1b[2J HTTP/1.1\r\nUser-Agent: \x9b\r\n\r\n"), []byte("HTTP/1.1 \x07\r\n"))
	f.Add([]byte("\x1b]52;c"), []byte("\u202e\x00"))
	f.Add([]byte("POST / HTTP/1.0\r\nContent-Length: 9\r\n\r\n"), []byte("Yes"))
	f.Fuzz(func(t *testing.T, sent, got []byte) {
		c := record(string(sent), string(got))
		for _, line := range []string{c.State(0), c.Summary(), c.Who(), c.Explain()} {
			for _, r := range line {
				if r < ' ' || 0x7f <= r && r < 0xa0 {
					t.Errorf("control character in %q", line)
				}
			}
		}
	})
}
