// Command 03-tcpserver is the web server of step 02 on package socketserver:
// the page, its picture and the form. Listening, accepting, hanging up and
// stopping have left this program; reading a request and responding to it have
// stayed.
//
// Usage, from anywhere in the module:
//
//	go run ./steps/03-tcpserver [-addr localhost:8000] [-dir FOLDER]
//	go run ./steps/03-tcpserver -handler test
//
// With -handler test it prints every request as it comes, and greets the
// client, whatever that asked. With -plain it serves one client at a time, as
// Python's TCPServer does: start it, connect a client that sends nothing, and
// see all others wait.
//
// What it cannot do yet: serve a file that you add while it runs (step 04), run
// a program for an answer (step 05). HTTP itself it still reads by hand. It
// closes each connection after one response.
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
	"example/wirebook/steps/02-post/site"
	"example/wirebook/steps/03-tcpserver/socketserver"
)

func main() {
	addr := flag.String("addr", "localhost:8000", "listen on `HOST:PORT`")
	dir := flag.String("dir", docroot.Find("03-tcpserver"),
		"serve index.html and test.jpg of `FOLDER`")
	name := flag.String("handler", "site",
		"`NAME` of the handler: site, or test, which prints requests")
	plain := flag.Bool("plain", false, "one client at a time")
	launch.ParseFlags()

	handler, err := newHandler(*name, *dir)
	if err != nil {
		log.Fatal(err)
	}
	// make the server
	server, err := socketserver.NewTCPServer(*addr, handler)
	if err != nil {
		log.Fatal(launch.ListenError(err, *addr))
	}
	// serve many at once, but not without end
	server.Threading = !*plain
	server.MaxConns = 1000 // below what a system lets one program open
	// serve until a signal comes
	launch.OnInterrupt(func() { halt(server) })
	log.Printf("listening on http://%s", server.ServerAddress())
	if err := server.ServeForever(); err != nil {
		log.Fatal(err)
	}
}

// newHandler returns the handler of that name.
func newHandler(name, dir string) (socketserver.Handler, error) {
	switch name {
	case "site":
		pages, err := site.Load(dir)
		if err != nil {
			return nil, err
		}
		h := siteHandler{pages}
		return socketserver.StreamRequestHandler(h.serveConn), nil
	case "test":
		return printer(os.Stdout), nil
	}
	return nil, fmt.Errorf("no handler %q: choose -handler site or test", name)
}

// shutdownTimeout is how long clients are served on when the server is to stop.
// A browser keeps a spare connection open, so that often it is used up.
const shutdownTimeout = time.Second / 4

// halt lets the responses under way end, and then cuts them off.
func halt(server *socketserver.TCPServer) {
	ctx, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		server.Close()
	}
}
