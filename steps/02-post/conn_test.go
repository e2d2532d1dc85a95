package main

import (
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"example/wirebook/steps/01-socket/socket"
	"example/wirebook/steps/02-post/site"
)

// pair is a connection: its client's end, and the server's.
func pair(t *testing.T) (client net.Conn, conn *socket.Socket) {
	t.Helper()
	listener, err := listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	client, err = net.Dial("tcp4", listener.GetSockName())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	client.SetDeadline(time.Now().Add(20 * time.Second))
	conn, _, err = listener.Accept()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return client, conn
}

// TestHangUp: the client sees the end at once. What it still sends is read, so
// that closing makes no reset; but one that stays is waited for no longer than
// a second.
func TestHangUp(t *testing.T) {
	client, conn := pair(t)
	if _, err := client.Write(make([]byte, 64<<10)); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	ended := make(chan time.Duration)
	go func() {
		got, err := io.ReadAll(client)
		if len(got) > 0 || err != nil {
			t.Errorf("the client got %q, %v; want an orderly end", got, err)
		}
		ended <- time.Since(began)
	}()
	hangUp(conn)
	if took := time.Since(began); took < time.Second || took > 5*time.Second {
		t.Errorf("took %v, want a second", took)
	}
	if took := <-ended; took > 900*time.Millisecond {
		t.Errorf("the client saw the end after %v", took)
	}
}

// TestClientNeverReads: the response to a client that does not read is given up
// after five seconds.
func TestClientNeverReads(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"index.html", "test.jpg"} {
		if err := os.WriteFile(filepath.Join(dir, name), make([]byte, 32<<20), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	pages, err := site.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	client, conn := pair(t)
	io.WriteString(client, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
	late := time.AfterFunc(15*time.Second, func() { conn.Close() })
	defer late.Stop()
	began := time.Now()
	err = serveConn(conn, pages)
	if took := time.Since(began); !errors.Is(err, os.ErrDeadlineExceeded) || took < 4*time.Second {
		t.Errorf("%v after %v, want a timeout after 5 s", err, took)
	}
}
