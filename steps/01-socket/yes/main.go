// Command yes is the first server of the notes: it answers one connection,
// whatever that sends, with the word Yes, and ends. The client command beside
// it is its other side.
//
//	go run ./steps/01-socket/yes -addr localhost:9000
//
// It is not an HTTP server: what it answers has no head.
package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"time"

	"example/wirebook/steps/01-socket/launch"
	"example/wirebook/steps/01-socket/socket"
)

func main() {
	addr := flag.String("addr", "localhost:8000", "listen on `HOST:PORT`")
	launch.ParseFlags()

	listener, err := listen(*addr)
	if err != nil {
		log.Fatal(launch.ListenError(err, *addr))
	}
	log.Printf("listening on %s", listener.GetSockName())
	if err := sayYes(listener, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

// listen returns a TCP socket that listens on addr. Step 01's own listen says
// what SO_REUSEADDR is for.
func listen(addr string) (*socket.Socket, error) {
	listener, err := socket.New(socket.AF_INET, socket.SOCK_STREAM)
	if err != nil {
		return nil, err
	}
	err = listener.SetSockOpt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
	if err == nil {
		err = listener.Bind(addr)
	}
	if err == nil {
		err = listener.Listen(1)
	}
	if err != nil {
		listener.Close()
		return nil, err
	}
	return listener, nil
}

// sayYes serves one client and prints to out what it sent.
func sayYes(listener *socket.Socket, out io.Writer) error {
	conn, peer, err := listener.Accept()
	if err != nil {
		return err
	}
	defer conn.Close()
	conn.SetTimeout(time.Minute) // time enough to type a line by hand
	// read once and say Yes
	request, err := conn.Recv(1024)
	if err != nil {
		return err
	}
	if err := conn.SendAll([]byte("Yes")); err != nil {
		return err
	}
	// print what came; %q keeps the terminal from obeying it
	fmt.Fprintf(out, "request is: %q\nconnected by %s\n", request, peer)
	return nil
}
