package screentest

import (
	"time"

	"example/wirebook/internal/wire"
	"example/wirebook/internal/wire/message"
)

// A request for the page, and a response with one.
const (
	GetPage = "GET / HTTP/1.1\r\nHost: localhost:8000\r\n\r\n"
	YesPage = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nYes"
)

// Talk returns the events of one connection, opened id seconds after the tap: a
// request and its response. Either may be empty; only a response ends it. The
// exchange is the title of the one that a lesson sent, empty for any client.
func Talk(id int, exchange, request, response string) []wire.Event {
	at := time.Duration(id) * time.Second
	opened := wire.Event{Conn: id, At: at, Kind: wire.Opened, Client: "127.0.0.1:50000"}
	if exchange != "" {
		opened.Sender = wire.Sender{Name: "lesson", Exchange: exchange}
	}
	events := []wire.Event{opened}
	if request != "" {
		events = append(events, wire.Event{Conn: id, At: at + 200*time.Microsecond, Kind: wire.Arrived, Data: []byte(request)})
	}
	if response != "" {
		events = append(events, wire.Event{Conn: id, At: at + 900*time.Microsecond, Dir: message.ToClient, Kind: wire.Arrived, Data: []byte(response)},
			wire.Event{Conn: id, At: at + time.Millisecond, Dir: message.ToClient, Kind: wire.HalfClosed},
			wire.Event{Conn: id, At: at + 1100*time.Microsecond, Kind: wire.HalfClosed},
			wire.Event{Conn: id, At: at + 1100*time.Microsecond, Kind: wire.Done})
	}
	return events
}

// Killed returns the events of a connection on which the server dies without a
// response.
func Killed(id int, exchange, request string) []wire.Event {
	at := time.Duration(id) * time.Second
	events := Talk(id, exchange, request, "")
	return append(events,
		wire.Event{Conn: id, At: at + time.Millisecond, Dir: message.ToClient, Kind: wire.WasReset},
		wire.Event{Conn: id, At: at + time.Millisecond, Kind: wire.Done})
}
