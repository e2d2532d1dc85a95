// Command 02-post is the server of step 01 that also takes a form: what you
// type into its page and send comes back on the page.
//
// Usage, from anywhere in the module:
//
//	go run ./steps/02-post [-addr localhost:8000] [-dir FOLDER]
//
// It is a copy of step 01, changed. To see what a form needs:
//
//	diff -u steps/01-socket/request.go steps/02-post/request.go
//	diff -u steps/01-socket/site.go steps/02-post/site/site.go
//
// What it cannot do yet: be built upon (step 03), serve a file that you add
// while it runs (step 04), run a program for an answer (step 05). It closes
// each connection after one response, and takes no files.
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
	"example/wirebook/steps/02-post/site"
)

func main() {
	addr := flag.String("addr", "localhost:8000", "listen on `HOST:PORT`")
	dir := flag.String("dir", docroot.Find("02-post"),
		"serve index.html and test.jpg of `FOLDER`")
	launch.ParseFlags()

	pages, err := site.Load(*dir)
	if err != nil {
		log.Fatal(err)
	}
	listener, err := listen(*addr)
	if err != nil {
		log.Fatal(launch.ListenError(err, *addr))
	}
	launch.OnInterrupt(func() { listener.Close() }) // this makes serve return
	log.Printf("listening on http://%s", listener.GetSockName())
	if err := serve(listener, pages); err != nil {
		log.Fatal(err)
	}
}

// listen returns a TCP socket that listens on addr.
//
// The side that closes first keeps a connection's addresses in use for a
// minute, and this server closes first. Without SO_REUSEADDR it could not
// start again on its own port before that minute is over.
func listen(addr string) (*socket.Socket, error) {
	// make a socket
	listener, err := socket.New(socket.AF_INET, socket.SOCK_STREAM)
	if err != nil {
		return nil, err
	}
	// listen with it
	err = listener.SetSockOpt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
	if err == nil {
		err = listener.Bind(addr)
	}
	if err == nil {
		// About as many connections as this may be complete and not yet
		// accepted; the system lets more of them wait outside.
		err = listener.Listen(128)
	}
	if err != nil {
		listener.Close()
		return nil, err
	}
	return listener, nil
}

// serve accepts clients until the listener is closed. Each has a goroutine of
// its own, so that one who sends nothing holds up nobody else.
func serve(listener *socket.Socket, pages *site.Site) error {
	for {
		// accept the next client
		conn, peer, err := listener.Accept()
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
			if err := serveConn(conn, pages); err != nil {
				log.Printf("%s: %v", peer, err)
			}
			hangUp(conn)
		}()
	}
}
