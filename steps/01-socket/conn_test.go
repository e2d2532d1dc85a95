package main

import (
	"io"
	"net"
	"testing"
	"time"
)

// TestHangUp: what the client still sends is read, so that closing makes no
// reset; but a client that stays is waited for no longer than the limit.
func TestHangUp(t *testing.T) {
	listener, err := listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	client, err := net.Dial("tcp4", listener.GetSockName())
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	client.SetDeadline(time.Now().Add(10 * time.Second))
	if _, err := client.Write(make([]byte, 64<<10)); err != nil {
		t.Fatal(err)
	}
	conn, _, err := listener.Accept()
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	hangUp(conn)
	if took := time.Since(began); took < shutdownTimeout || took > 5*time.Second {
		t.Errorf("took %v, want %v", took, shutdownTimeout)
	}
	if got, err := io.ReadAll(client); len(got) > 0 || err != nil {
		t.Errorf("the client got %q, %v; want an orderly end", got, err)
	}
}
