package main

import (
	"io"
	"time"

	"example/wirebook/steps/01-socket/socket"
)

const (
	// patience is how long a client may take over its head, all its bytes
	// together, then over its body, then over taking in the answer.
	patience = 5 * time.Second
	// linger is how long we listen to what nobody asked for.
	linger = time.Second
)

// converse reads one request and answers it. An error is for the log: what
// concerns the client has been told to the client.
func converse(conn *socket.Socket, site site) error {
	conn.SetDeadline(time.Now().Add(patience))
	answer, err := site.answer(conn)
	if err == io.EOF {
		return nil // a connection that asks nothing gets nothing
	}
	if err != nil {
		return err
	}
	conn.SetDeadline(time.Now().Add(patience))
	return conn.SendAll(answer)
}

// answer takes a request in and gives the bytes of the response.
func (s site) answer(conn *socket.Socket) ([]byte, error) {
	head, rest, err := readHead(conn)
	if err != nil {
		return refuse("", err)
	}
	r, err := parse(head)
	if err != nil {
		return refuse(r.method, err)
	}
	n, err := bodyLength(r)
	if err != nil {
		return refuse(r.method, err)
	}
	conn.SetDeadline(time.Now().Add(patience))
	if err := readBody(conn, r, rest, n); err != nil {
		return refuse(r.method, err)
	}
	return s.choose(r).bytes(r.method), nil
}

// hangUp ends a connection without losing the answer. Closing a socket while
// input is unread makes the system send a reset, and a reset can throw away
// what the client has not read yet. So: no more from us, then read what is
// still coming, within bounds, then close.
func hangUp(conn *socket.Socket) {
	// hang up
	conn.Shutdown(socket.SHUT_WR)
	conn.SetDeadline(time.Now().Add(linger))
	for range 1024 {
		part, err := conn.Recv(4096)
		if err != nil || len(part) == 0 {
			break
		}
	}
	conn.Close()
}
