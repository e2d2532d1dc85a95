package main

import (
	"errors"
	"io"
	"time"

	"example/wirebook/steps/01-socket/socket"
)

const (
	// writeTimeout is how long a client may take to receive the response.
	writeTimeout = 5 * time.Second
	// shutdownTimeout is how long we read on after the response.
	shutdownTimeout = time.Second
)

// serveConn reads one request and responds to it. It returns what is for the
// log: what the client did wrong, the response tells the client.
func serveConn(conn *socket.Socket, pages *site) error {
	var response []byte
	var wrong *statusError
	request, err := readRequest(conn)
	switch {
	case err == nil:
		response = pages.respond(request).bytes(request.method)
	case errors.As(err, &wrong):
		response = errorResponse(wrong).bytes(wrong.method)
	case err == io.EOF:
		return nil // a connection that asks nothing gets nothing
	default:
		return err // a reset, for one: there is nobody left to tell
	}
	conn.SetDeadline(time.Now().Add(writeTimeout))
	return conn.SendAll(response)
}

// hangUp ends a connection without losing the response. Closing a socket while
// input is unread makes the system send a reset, and a reset can throw away
// what the client has not read yet. So: no more from us, then read what is
// still coming, within bounds, then close.
func hangUp(conn *socket.Socket) {
	// hang up
	conn.Shutdown(socket.SHUT_WR)
	conn.SetDeadline(time.Now().Add(shutdownTimeout))
	for range 1024 {
		part, err := conn.Recv(4096)
		if err != nil || len(part) == 0 {
			break
		}
	}
	conn.Close()
}
