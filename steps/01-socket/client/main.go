// The client command is the notes' client: it connects to a server, asks "can
// you hear me?", and prints what comes back.
//
//	go run ./steps/01-socket/client -addr localhost:9000
//
// It speaks to the command yes beside it, the first server of the notes. It is
// not an HTTP client: a web server waits for an empty line, which never comes,
// and answers "400 Bad Request" when the question ends.
package main

import (
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"syscall"
	"time"

	"example/wirebook/steps/01-socket/launch"
	"example/wirebook/steps/01-socket/socket"
)

const question = "can you hear me?"

// A reply longer than this, or slower, is cut off: nobody knows what is
// listening over there.
const (
	maxReply = 64 << 10
	timeout  = 10 * time.Second // for the whole exchange
)

func main() {
	addr := flag.String("addr", "localhost:8000", "`address` of the server")
	log.SetPrefix("client: ")
	launch.ParseFlags()
	reply, err := ask(*addr)
	if len(reply) > 0 {
		// Quoted: control bytes from a stranger never reach the terminal.
		fmt.Printf("reply is: %q\n", reply)
	}
	if err != nil {
		log.Fatalf("%v\n%s", err, advice(err))
	}
}

// ask puts the question and returns everything that comes back.
func ask(addr string) ([]byte, error) {
	s, err := socket.New(socket.AF_INET, socket.SOCK_STREAM)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	s.SetDeadline(time.Now().Add(timeout))
	if err := s.Connect(addr); err != nil {
		return nil, err
	}
	if err := s.SendAll([]byte(question)); err != nil {
		return nil, err
	}
	// A half-close: our question is over, and we listen.
	if err := s.Shutdown(socket.SHUT_WR); err != nil {
		return nil, err
	}
	var reply []byte
	for len(reply) < maxReply {
		part, err := s.Recv(1024)
		if err != nil {
			return reply, err
		}
		if len(part) == 0 { // the server has ended its side
			return reply, nil
		}
		reply = append(reply, part...)
	}
	return reply, fmt.Errorf("the reply is longer than %d bytes", maxReply)
}

// advice says what to do about an error, in one line.
func advice(err error) string {
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return "no server listens there: " +
			"start go run ./steps/01-socket/yes with the same -addr"
	case errors.Is(err, os.ErrDeadlineExceeded):
		return "the server is silent: does it read, and does it close?"
	case errors.Is(err, syscall.ECONNRESET):
		return "the server closed while input was unread, or ended"
	}
	return "see go run ./steps/01-socket/client -help"
}
