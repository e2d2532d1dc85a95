package main

import (
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

func TestSayYes(t *testing.T) {
	listener, err := listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	var out strings.Builder
	done := make(chan error, 1)
	go func() { done <- sayYes(listener, &out) }()

	conn, err := net.Dial("tcp4", listener.GetSockName())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(10 * time.Second))
	_, err = io.WriteString(conn, "can you hear me?\x1b[2J")
	got, readErr := io.ReadAll(conn)
	if err := errors.Join(err, readErr, <-done); string(got) != "Yes" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	want := `request is: "can you hear me?\x1b[2J"` + "\nconnected by " +
		conn.LocalAddr().String() + "\n"
	if out.String() != want {
		t.Errorf("printed %q, want %q", out.String(), want)
	}
}
