package wire

import (
	"io"
	"net"
	"testing"
	"time"

	"example/wirebook/internal/wire/message"
)

// What a server and a client receive is the same with the tap between them and
// without it, however odd: each shape goes both ways, the request ended by a
// half-close, the answer by a close.
func TestTapChangesNothing(t *testing.T) {
	r := newHarness(t)
	direct, err := listenOne("127.0.0.1", 0)
	if err != nil {
		t.Fatal(err)
	}
	defer direct.Close()
	conn := 0
	for _, test := range []struct{ name, sent, got string }{
		{"well-formed", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"},
		{"nothing", "", ""},
		{"HTTP/0.9", "GET /\r\n", "Yes"},
		{"LF alone", "GET / HTTP/1.0\nA: b\n\n", "HTTP/1.0 200 OK\n\nx"},
		{"lone CR", "GET / HTTP/1.0\rA: b\r\r", "\r\r\n"},
		{"spaces", "GET   /  HTTP/1.1 \r\nx :  y  \r\n z\r\n\r\n", "HTTP/1.1  200   OK  \r\n\r\n"},
		{"two lengths", "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "HTTP/1.1 200\r\nContent-Length: 9\r\n\r\nab"},
		{"length and chunks", "POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;e=1\r\nabc\r\n0\r\nT: 1\r\n\r\n"},
		{"all bytes", allBytes(), allBytes()},
		{"TLS", "\x16\x03\x01\x00\x05hello", "\x15\x03\x01\x00\x02\x02\x28"},
		{"h2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\x00\x00\x00\x04\x00"},
	} {
		conn++
		atServer, atClient := talk(t, r.backend, localAddr("127.0.0.1", r.tap.port), test.sent, test.got)
		wantServer, wantClient := talk(t, direct, direct.Addr().String(), test.sent, test.got)
		if atServer != wantServer || wantServer != test.sent {
			t.Errorf("%s: server got %q, directly %q", test.name, atServer, wantServer)
		}
		if atClient != wantClient || wantClient != test.got {
			t.Errorf("%s: client got %q, directly %q", test.name, atClient, wantClient)
		}
		r.until(t, "done", isKind(Done))
		if c := r.conns[conn]; string(c.Bytes(message.ToServer)) != test.sent || string(c.Bytes(message.ToClient)) != test.got {
			t.Errorf("%s: recorded %q and %q", test.name, c.Bytes(message.ToServer), c.Bytes(message.ToClient))
		}
	}
}

// talk sends both parts over one connection to addr, which leads to l.
func talk(t *testing.T, l *net.TCPListener, addr, sent, got string) (atServer, atClient string) {
	t.Helper()
	client := dialTo(t, addr)
	l.SetDeadline(time.Now().Add(limit))
	server, err := l.AcceptTCP()
	if err != nil {
		t.Fatal(err)
	}
	server.SetDeadline(time.Now().Add(limit))
	send(t, client, sent)
	client.CloseWrite()
	request, err := io.ReadAll(server)
	if err != nil {
		t.Fatal(err)
	}
	send(t, server, got)
	server.Close()
	answer, err := io.ReadAll(client)
	if err != nil {
		t.Fatal(err)
	}
	return string(request), string(answer)
}

func allBytes() string {
	var b [256]byte
	for i := range b {
		b[i] = byte(i)
	}
	return string(b[:])
}
