package wire

import (
	"io"
	"net"
	"testing"
	"time"
)

// What a server and a client receive is the same with the tap between them and
// without it, however odd: each shape goes both ways, the request ended by a
// half-close, the answer by a close.
func TestTapChangesNothing(t *testing.T) {
	r := newRig(t)
	direct, err := listenOne("127.0.0.1", 0)
	if err != nil {
		t.Fatal(err)
	}
	defer direct.Close()
	conn := 0
	for _, test := range splits {
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
		if c := r.conns[conn]; string(c.Sent) != test.sent || string(c.Got) != test.got {
			t.Errorf("%s: recorded %q and %q", test.name, c.Sent, c.Got)
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
