// Command 03-tcpserver is the web server of step 02 on package socketserver:
// the page, its picture and the form. Opening, accepting, hanging up and
// stopping have left this program; the conversation has stayed.
//
// Usage, from anywhere in the module:
//
//	go run ./steps/03-tcpserver [-addr localhost:8000] [-dir FOLDER]
//	go run ./steps/03-tcpserver -handler test
//
// With -handler test it prints every request as it comes, and greets the
// client, whatever that asked. With -plain it has one conversation at a time,
// as Python's TCPServer does: start it, connect a client that says nothing, and
// see all others wait.
//
// What it cannot do yet: serve a file that you add while it runs (step 04), run
// a program for an answer (step 05). HTTP itself it still reads by hand. It
// closes each connection after one answer.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"time"

	"example/wirebook/steps/01-socket/docroot"
	"example/wirebook/steps/01-socket/launch"
	"example/wirebook/steps/03-tcpserver/socketserver"
)

func main() {
	addr := flag.String("addr", "localhost:8000", "listen on `HOST:PORT`")
	dir := flag.String("dir", docroot.Find("03-tcpserver"),
		"serve index.html and test.jpg of `FOLDER`")
	handler := flag.String("handler", "site",
		"`NAME` of the handler: site, or test, which prints requests")
	plain := flag.Bool("plain", false, "one conversation at a time")
	launch.ParseFlags()

	if err := run(*addr, *dir, *handler, !*plain); err != nil {
		log.Fatal(err)
	}
}

func run(addr, dir, name string, threading bool) error {
	handler, err := choose(name, dir)
	if err != nil {
		return err
	}
	// make the server
	server, err := socketserver.NewTCPServer(addr, handler)
	if err != nil {
		return launch.ListenError(err, addr)
	}
	// serve many at once, but not without end
	server.Threading = threading
	server.MaxConns = 1000 // below what a system lets one program open
	// serve until a signal comes
	log.Printf("listening on http://%s", server.ServerAddress())

	launch.OnInterrupt(func() { halt(server) })
	return server.ServeForever()
}

// grace is how long a conversation may go on when the server is to stop. A
// browser keeps a spare connection open, so that often somebody uses it up.
const grace = time.Second / 4

// halt lets conversations end, and then cuts them off.
func halt(server *socketserver.TCPServer) {
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		server.Close()
	}
}

// choose finds the handler of a name.
func choose(name, dir string) (socketserver.Handler, error) {
	switch name {
	case "site":
		s, err := load(dir)
		return socketserver.StreamRequestHandler(s.handle), err
	case "test":
		return socketserver.StreamRequestHandler(printer(os.Stdout)), nil
	}
	return nil, fmt.Errorf("no handler %q: choose -handler site or test", name)
}
