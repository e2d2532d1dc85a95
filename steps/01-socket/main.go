// Command 01-socket is a web server by hand: sockets and bytes, nothing else.
// It serves a page, the picture on it, and the time of day.
//
// Usage, from anywhere in the module:
//
//	go run ./steps/01-socket [-addr localhost:8000] [-dir FOLDER]
//	go run ./steps/01-socket -once [-addr localhost:9000]
//
// With -once it is the first server of the notes: it answers one connection,
// whatever that asks, with the word Yes, and ends.
//
// What it cannot do yet: take a form (step 02), be built upon (step 03), serve
// a file that you add while it runs (step 04), run a program for an answer
// (step 05). It closes each connection after one answer.
package main

import (
	"errors"
	"flag"
	"fmt"
	"log"
	"net"
	"time"

	"example/wirebook/steps/01-socket/docroot"
	"example/wirebook/steps/01-socket/launch"
	"example/wirebook/steps/01-socket/socket"
)

func main() {
	addr := flag.String("addr", "localhost:8000", "listen on `HOST:PORT`")
	dir := flag.String("dir", docroot.Find("01-socket"),
		"serve index.html and test.jpg of `FOLDER`")
	once := flag.Bool("once", false, "answer one connection with Yes and end")
	launch.ParseFlags()

	if err := run(*addr, *dir, *once); err != nil {
		log.Fatal(err)
	}
}

func run(addr, dir string, once bool) error {
	site, err := load(dir)
	if err != nil {
		return err
	}
	door, err := open(addr)
	if err != nil {
		return err
	}
	defer door.Close()
	name := door.GetSockName()
	if once {
		log.Printf("listening on http://%s", name)
		return sayYes(door)
	}

	// Closing the door wakes the Accept that waits at it.
	launch.OnInterrupt(func() { door.Close() })
	log.Printf("listening on http://%s", name)
	return serve(door, site)
}

// open makes the listening socket: the door that clients knock at.
//
// Whoever closes first keeps the connection's address for a minute, and a
// server closes first. Without SO_REUSEADDR it could not start again on its
// own port before that minute is over.
func open(addr string) (*socket.Socket, error) {
	// make a socket
	door, err := socket.New(socket.AF_INET, socket.SOCK_STREAM)
	if err != nil {
		return nil, err
	}
	// listen with it
	err = door.SetSockOpt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
	if err == nil {
		err = door.Bind(addr)
	}
	if err == nil {
		// About as many connections as this may be complete and not yet
		// accepted; the system lets more of them wait outside.
		err = door.Listen(128)
	}
	if err != nil {
		door.Close()
		return nil, launch.ListenError(err, addr)
	}
	return door, nil
}

// serve accepts clients until the door is closed. Each has a goroutine of its
// own, so that one who says nothing holds up nobody else.
func serve(door *socket.Socket, site site) error {
	for {
		// accept the next client
		conn, peer, err := door.Accept()
		if errors.Is(err, net.ErrClosed) {
			return nil
		}
		if err != nil {
			// A client that has gone again, or no descriptors left: the
			// next attempt may work, but not within the same instant.
			log.Print(err)
			time.Sleep(10 * time.Millisecond)
			continue
		}
		go func() {
			if err := converse(conn, site); err != nil {
				log.Printf("%s: %v", peer, err)
			}
			hangUp(conn)
		}()
	}
}

// sayYes is the first server of the notes: one client, one word.
func sayYes(door *socket.Socket) error {
	conn, peer, err := door.Accept()
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
	fmt.Printf("request is: %q\nconnected by %s\n", request, peer)
	return nil
}
