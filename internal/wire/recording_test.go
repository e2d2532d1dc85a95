package wire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"testing"
	"time"

	"example/wirebook/internal/wire/message"
)

// A recording tells of a connection what a tap would: who, what came when, and
// how each side ended.
func TestRecording(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	go func() {
		for n := 0; ; n++ {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			conn.SetDeadline(time.Now().Add(10 * time.Second))
			buffer := make([]byte, 64)
			conn.Read(buffer)
			fmt.Fprintf(conn, "answer %d", n)
			conn.Close()
		}
	}()
	var r Recording
	dial := r.Dialer(func(ctx context.Context) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "tcp", listener.Addr().String())
	}, Sender{Name: "check", Exchange: "the page"})

	for n, end := range []func(net.Conn){
		func(c net.Conn) { c.(interface{ CloseWrite() error }).CloseWrite() },
		func(c net.Conn) { c.(interface{ SetLinger(int) error }).SetLinger(0) },
	} {
		conn, err := dial(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		conn.SetDeadline(time.Now().Add(10 * time.Second))
		io.WriteString(conn, "ask")
		if got, err := io.ReadAll(conn); string(got) != fmt.Sprintf("answer %d", n) || err != nil {
			t.Fatalf("got %q, %v", got, err)
		}
		end(conn)
		conn.Close()
		conn.Close() // twice is once
	}

	var first, second Conn
	var told []string
	for _, e := range r.Events() {
		c := &first
		if e.Conn == 2 {
			c = &second
		}
		c.Add(e)
		told = append(told, fmt.Sprint(e.Conn, " ", e.Kind, " ", e.Dir))
	}
	for n, c := range []*Conn{&first, &second} {
		if got := string(c.Bytes(message.ToServer)); got != "ask" {
			t.Errorf("to server: %q", got)
		}
		if got := string(c.Bytes(message.ToClient)); got != fmt.Sprintf("answer %d", n) {
			t.Errorf("to client: %q", got)
		}
		if !c.Over() || c.Who() != `check "the page"` {
			t.Errorf("over %v, %s", c.Over(), c.Who())
		}
	}
	want := []string{"1 opened to server", "1 connected to server", "1 arrived to server", "1 arrived to client",
		"1 half-closed to client", "1 half-closed to server", "1 done to server",
		"2 opened to server", "2 connected to server", "2 arrived to server", "2 arrived to client",
		"2 half-closed to client", "2 reset to server", "2 done to server"}
	if !slices.Equal(told, want) {
		t.Errorf("got  %q\nwant %q", told, want)
	}

	refused := errors.New("nobody there")
	dial = r.Dialer(func(context.Context) (net.Conn, error) { return nil, refused }, Sender{})
	if _, err := dial(t.Context()); err != refused {
		t.Errorf("got %v", err)
	}
	if events := r.Events(); events[len(events)-1].Kind != Refused {
		t.Errorf("the last event is %v", events[len(events)-1])
	}
}

// At most Cap bytes of a direction are kept; the rest is counted.
func TestRecordingIsBounded(t *testing.T) {
	near, far := net.Pipe()
	go io.Copy(io.Discard, far)
	defer far.Close()
	var r Recording
	conn, err := r.Dialer(func(context.Context) (net.Conn, error) { return near, nil }, Sender{})(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	conn.SetDeadline(time.Now().Add(10 * time.Second))
	for range 3 {
		if _, err := conn.Write(make([]byte, Cap/2+1)); err != nil {
			t.Fatal(err)
		}
	}
	kept, lost := 0, 0
	for _, e := range r.Events() {
		kept, lost = kept+len(e.Data), lost+e.Lost
	}
	if kept != Cap || lost != 3*(Cap/2+1)-Cap {
		t.Errorf("%d bytes kept, %d lost", kept, lost)
	}
}

// A response never stands before the bytes that it answers, and bytes that could
// not be sent stand nowhere.
func TestRecordingInOrder(t *testing.T) {
	client, server := net.Pipe()
	defer server.Close()
	var r Recording
	c, err := r.Dialer(func(context.Context) (net.Conn, error) { return client, nil }, Sender{})(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	go func() { // answers each byte before the write of it has returned
		b := make([]byte, 1)
		for range 50 {
			server.Read(b)
			server.Write(b)
		}
		server.Close()
	}()
	read := make(chan struct{})
	go func() {
		defer close(read)
		io.Copy(io.Discard, c)
	}()
	for range 50 {
		c.Write([]byte("x"))
	}
	<-read
	if n, err := c.Write([]byte("never")); n > 0 || err == nil {
		t.Fatalf("wrote %d bytes to a connection that is over", n)
	}
	sent, got := 0, 0
	for _, e := range r.Events() {
		if e.Kind != Arrived {
			continue
		}
		if e.Dir == message.ToServer {
			sent += len(e.Data)
		} else if got += len(e.Data); got > sent {
			t.Fatalf("byte %d came before it was sent", got)
		}
	}
	if sent != 50 || got != 50 {
		t.Errorf("%d bytes sent, %d came", sent, got)
	}
}
