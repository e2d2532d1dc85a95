// Command 02-post is the server of step 01 that has learned to listen: its page
// holds a form, and what you send with it comes back on the page.
//
// Usage, from anywhere in the module:
//
//	go run ./steps/02-post [-addr localhost:8000] [-dir FOLDER]
//
// It is a copy of step 01, changed. To see what a form needs:
//
//	diff -u steps/01-socket/request.go steps/02-post/request.go
//
// What it cannot do yet: be built upon (step 03), serve a file that you add
// while it runs (step 04), run a program for an answer (step 05). It closes
// each connection after one answer, and takes no files.
package main

import (
	"errors"
	"flag"
	"log"
	"net"
	"time"

	"example/wirebook/steps/01-socket/docroot"
	"example/wirebook/steps/01-socket/launch"
	"example/wirebook/steps/01-socket/socket"
)

func main() {
	addr := flag.String("addr", "localhost:8000", "listen on `HOST:PORT`")
	dir := flag.String("dir", docroot.Find("02-post"),
		"serve index.html and test.jpg of `FOLDER`")
	launch.ParseFlags()

	if err := run(*addr, *dir); err != nil {
		log.Fatal(err)
	}
}

func run(addr, dir string) error {
	site, err := load(dir)
	if err != nil {
		return err
	}
	door, err := open(addr)
	if err != nil {
		return err
	}
	defer door.Close()
	log.Printf("listening on http://%s", door.GetSockName())

	// Closing the door wakes the Accept that waits at it.
	launch.OnInterrupt(func() { door.Close() })
	return serve(door, site)
}

// open makes the listening socket: the door that clients knock at.
func open(addr string) (*socket.Socket, error) {
	door, err := socket.New(socket.AF_INET, socket.SOCK_STREAM)
	if err != nil {
		return nil, err
	}
	// Whoever closes first keeps the connection's address for a minute, and
	// a server closes first. Without this option it could not start again
	// on its own port before that minute is over.
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
