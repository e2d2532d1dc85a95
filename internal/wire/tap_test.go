package wire

import (
	"context"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"example/wirebook/internal/wire/message"
)

// limit is how long anything in these tests may take.
const limit = 10 * time.Second

// A harness is a tap in front of a server that the test plays by hand.
type harness struct {
	tap     *Tap
	backend *net.TCPListener
	conns   map[int]*Conn
	order   []Event
	data    int // bytes in events so far
}

func newHarness(t *testing.T) *harness {
	t.Helper()
	backend, err := listenOne("127.0.0.1", 0)
	if err != nil {
		t.Fatal(err)
	}
	tap, err := Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	tap.SetServer(backend.Addr().String())
	t.Cleanup(func() { backend.Close(); tap.Close() })
	return &harness{tap: tap, backend: backend, conns: make(map[int]*Conn)}
}

// dial is a client and the server's end of its connection.
func (r *harness) dial(t *testing.T) (client, server *net.TCPConn) {
	t.Helper()
	client = r.client(t)
	r.backend.SetDeadline(time.Now().Add(limit))
	server, err := r.backend.AcceptTCP()
	if err != nil {
		t.Fatal(err)
	}
	server.SetDeadline(time.Now().Add(limit))
	t.Cleanup(func() { server.Close() })
	return client, server
}

func (r *harness) client(t *testing.T) *net.TCPConn {
	t.Helper()
	return dialTo(t, localAddr("127.0.0.1", r.tap.port))
}

func dialTo(t *testing.T, addr string) *net.TCPConn {
	t.Helper()
	c, err := net.DialTimeout("tcp", addr, limit)
	if err != nil {
		t.Fatal(err)
	}
	c.SetDeadline(time.Now().Add(limit))
	t.Cleanup(func() { c.Close() })
	return c.(*net.TCPConn)
}

// until takes events until one satisfies done, and returns it.
func (r *harness) until(t *testing.T, what string, done func(Event) bool) Event {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	for {
		for i, e := range r.order {
			r.add(e)
			if done(e) {
				r.order = r.order[i+1:]
				return e
			}
		}
		select {
		case r.order = <-r.tap.Events():
		case <-ctx.Done():
			t.Fatalf("no event: %s", what)
		}
	}
}

func (r *harness) add(e Event) {
	if r.conns[e.Conn] == nil {
		r.conns[e.Conn] = &Conn{}
	}
	r.conns[e.Conn].Add(e)
	r.data += len(e.Data)
}

func isKind(k Kind) func(Event) bool { return func(e Event) bool { return e.Kind == k } }

func send(t *testing.T, c net.Conn, s string) {
	t.Helper()
	if _, err := io.WriteString(c, s); err != nil {
		t.Fatalf("send %q: %v", s, err)
	}
}

// receive reads exactly as many bytes as want has.
func receive(t *testing.T, c net.Conn, want string) {
	t.Helper()
	b := make([]byte, len(want))
	if _, err := io.ReadFull(c, b); err != nil || string(b) != want {
		t.Fatalf("received %q, %v; want %q", b, err, want)
	}
}

func TestHalfCloseIsRelayed(t *testing.T) {
	r := newHarness(t)
	client, server := r.dial(t)
	send(t, client, "question")
	client.CloseWrite()
	got, err := io.ReadAll(server)
	if err != nil || string(got) != "question" {
		t.Fatalf("server got %q, %v", got, err)
	}
	r.until(t, "half-close", isKind(HalfClosed))
	if s := r.conns[1].State(0); s != "the client has ended its side; the server has not answered" {
		t.Errorf("state %q", s)
	}
	send(t, server, "late answer")
	server.Close()
	got, err = io.ReadAll(client)
	if err != nil || string(got) != "late answer" {
		t.Fatalf("client got %q, %v", got, err)
	}
	r.until(t, "done", isKind(Done))
	c := r.conns[1]
	if string(c.Bytes(message.ToServer)) != "question" || string(c.Bytes(message.ToClient)) != "late answer" || c.State(0) != "closed" {
		t.Errorf("recorded %q, %q, %s", c.Bytes(message.ToServer), c.Bytes(message.ToClient), c.State(0))
	}
}

func TestServerResetIsRelayed(t *testing.T) {
	r := newHarness(t)
	client, server := r.dial(t)
	send(t, client, "GET / HTTP/1.1\r\n\r\n")
	receive(t, server, "GET / HTTP/1.1\r\n\r\n")
	send(t, server, "partial")
	receiveUnacknowledged(t, server)
	reset(server)
	got, err := io.ReadAll(client)
	if string(got) != "partial" || !isReset(err) {
		t.Errorf("client got %q, %v; want the bytes, then a reset", got, err)
	}
	e := r.until(t, "reset", isKind(WasReset))
	if e.Dir != message.ToClient {
		t.Errorf("the reset was the server's act, recorded as %v", e.Dir)
	}
	r.until(t, "done", isKind(Done))
	if s := r.conns[1].State(0); s != "reset by the server; it may have left some of the 18 request bytes unread" {
		t.Errorf("state %q", s)
	}
}

// A reset does not overtake the bytes before it, however slowly the client takes
// them.
func TestResetAfterManyBytes(t *testing.T) {
	r := newHarness(t)
	client, server := r.dial(t)
	client.SetReadBuffer(4 << 10)
	bytes := strings.Repeat("partial ", 12<<10)
	send(t, server, bytes)
	receiveUnacknowledged(t, server)
	reset(server)
	r.until(t, "reset", isKind(WasReset))
	got, err := io.ReadAll(client)
	if string(got) != bytes || !isReset(err) {
		t.Errorf("client got %d bytes, %v; want %d, then a reset", len(got), err, len(bytes))
	}
}

// receiveUnacknowledged waits until the tap has read what c sent: a reset by
// SetLinger(0) would throw away what the kernel has not delivered.
func receiveUnacknowledged(t *testing.T, c *net.TCPConn) {
	t.Helper()
	drain(t.Context(), c, limit)
}

func TestClientResetIsRelayed(t *testing.T) {
	r := newHarness(t)
	client, server := r.dial(t)
	send(t, client, "partial")
	receive(t, server, "partial")
	reset(client)
	if n, err := server.Read(make([]byte, 9)); n > 0 || !isReset(err) {
		t.Errorf("server read %d, %v; want a reset", n, err)
	}
	if e := r.until(t, "reset", isKind(WasReset)); e.Dir != message.ToServer {
		t.Errorf("the reset was the client's act, recorded as %v", e.Dir)
	}
	r.until(t, "done", isKind(Done))
}

// A server that closes with unread bytes resets; a client that is writing at
// that moment must see a reset too, never an orderly end.
func TestResetMetByAWrite(t *testing.T) {
	for range 30 {
		r := newHarness(t)
		client, server := r.dial(t)
		send(t, client, "x")
		receive(t, server, "x")
		writing := make(chan struct{})
		go func() {
			defer close(writing)
			for {
				if _, err := client.Write([]byte("more and more")); err != nil {
					return
				}
			}
		}()
		send(t, server, "partial")
		receiveUnacknowledged(t, server)
		reset(server)
		got, err := io.ReadAll(client)
		<-writing
		if string(got) != "partial" {
			t.Errorf("client got %q; what came before the reset is due", got)
		}
		// The client's own write may have met the reset first; then its read
		// ends without an error, here as on a direct line.
		if err != nil && !isReset(err) {
			t.Errorf("client: %v", err)
		}
		r.until(t, "reset", isKind(WasReset))
		r.until(t, "done", isKind(Done))
		resets := 0
		for _, e := range r.conns[1].Events {
			switch e.Kind {
			case HalfClosed:
				t.Fatalf("an orderly end was recorded: %v", e)
			case WasReset:
				resets++
			}
		}
		if resets != 1 {
			t.Errorf("%d resets were recorded, want 1", resets)
		}
	}
}

func TestNoServer(t *testing.T) {
	closed, err := listenOne("127.0.0.1", 0)
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	for _, addr := range []string{"", closed.Addr().String()} {
		r := newHarness(t)
		r.tap.SetServer(addr)
		// The reset may come even before Dial returns.
		client, err := net.DialTimeout("tcp", localAddr("127.0.0.1", r.tap.port), limit)
		if err == nil {
			defer client.Close()
			client.SetDeadline(time.Now().Add(limit))
			_, err = client.Read(make([]byte, 9))
		}
		if !isReset(err) {
			t.Errorf("server %q: client sees %v; want a reset", addr, err)
		}
		r.until(t, "refused", isKind(Refused))
		r.until(t, "done", isKind(Done))
		if s := r.conns[1].State(0); s != "no server behind the tap" {
			t.Errorf("state %q", s)
		}
	}
}

// TestAcceptGoesOn: an accept that fails is made again.
func TestAcceptGoesOn(t *testing.T) {
	r := newHarness(t)
	l := r.tap.listeners[0]
	l.SetDeadline(time.Unix(1, 0))    // accept fails from now on
	time.Sleep(50 * time.Millisecond) // a tap that gives up has done so by now
	l.SetDeadline(time.Time{})
	client, server := r.dial(t)
	send(t, client, "GET")
	receive(t, server, "GET")
}

func TestThreeWritesApartAreThreeArrivals(t *testing.T) {
	r := newHarness(t)
	client, server := r.dial(t)
	send(t, client, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	r.until(t, "request", isKind(Arrived))
	head := "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
	for _, part := range []string{head + "3;e=1\r\nabc\r\n", "2\r\nde\r\n", "0\r\n\r\n"} {
		send(t, server, part)
		receive(t, client, part)
		r.until(t, "part", isKind(Arrived))
	}
	c := r.conns[1]
	if n := len(c.Arrivals(message.ToClient)); n != 3 {
		t.Errorf("%d arrivals, want 3", n)
	}
	answer := c.Messages()[1]
	if _, n := c.ArrivalsOf(answer.Dir, 0, answer.Len); n != 3 || !answer.Complete {
		t.Errorf("answer: %d arrivals, complete %v", len(c.Arrivals(message.ToClient)), answer.Complete)
	}
	chunks := 0
	for _, s := range answer.Spans {
		if s.Kind == message.ChunkSize {
			chunks++
		}
	}
	if chunks != 3 {
		t.Errorf("%d chunk sizes, want 3", chunks)
	}
	var before time.Duration
	for _, a := range c.Arrivals(message.ToClient) {
		if a.At < before {
			t.Errorf("arrival at %v after one at %v", a.At, before)
		}
		before = a.At
	}
}

func TestCloseEndsEverything(t *testing.T) {
	r := newHarness(t)
	client, server := r.dial(t)
	send(t, client, "x")
	receive(t, server, "x")
	if err := r.tap.Close(); err != nil {
		t.Fatal(err)
	}
	if err := r.tap.Close(); err != nil {
		t.Errorf("second close: %v", err)
	}
	if _, err := client.Read(make([]byte, 1)); !isReset(err) {
		t.Errorf("client: %v, want a reset", err)
	}
	if _, err := server.Read(make([]byte, 1)); !isReset(err) {
		t.Errorf("server: %v, want a reset", err)
	}
	r.until(t, "done", isKind(Done)) // Close keeps what was not read yet
	if _, open := <-r.tap.Events(); open {
		t.Error("events are still open")
	}
	if c, err := net.Dial("tcp", localAddr("127.0.0.1", r.tap.port)); err == nil {
		c.Close()
		t.Error("the tap still listens")
	}
}
