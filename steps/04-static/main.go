// Command 04-static is a web server for a folder of files: what
// "python3 -m http.server" is, in Go. A page, its pictures and everything
// beside them are files now; they change without a restart.
//
// Usage, from anywhere in the module:
//
//	go run ./steps/04-static [-addr localhost:8000] [-dir FOLDER]
//		[-protocol HTTP/1.0|HTTP/1.1] [-quiet]
//
// With HTTP/1.0, the default here as in Python, each connection is closed
// after one answer. With HTTP/1.1 it waits for the next request.
//
// What it cannot do yet: take a form (a POST gets 501), or run a program for
// an answer (step 05). It has no TLS, no ranges and no compression.
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
	"example/wirebook/steps/04-static/httpserver"
)

func main() {
	addr := flag.String("addr", "localhost:8000", "listen on `HOST:PORT`")
	dir := flag.String("dir", docroot.Find("04-static"), "serve `FOLDER`")
	protocol := flag.String("protocol", "HTTP/1.0", "HTTP/1.0 or HTTP/1.1")
	quiet := flag.Bool("quiet", false, "no log line for each request")
	launch.ParseFlags()

	if err := run(*addr, *dir, *protocol, *quiet); err != nil {
		log.Fatal(err)
	}
}

// run serves dir on addr until a signal comes.
func run(addr, dir, protocol string, quiet bool) error {
	if protocol != "HTTP/1.0" && protocol != "HTTP/1.1" {
		return fmt.Errorf("no protocol %q: choose -protocol HTTP/1.0 "+
			"or HTTP/1.1", protocol)
	}
	files, err := httpserver.NewSimpleHTTPRequestHandler(dir)
	if err != nil {
		return fmt.Errorf("%w: choose a folder with -dir", err)
	}
	defer files.Close()
	server, err := httpserver.NewHTTPServer(addr, files)
	if err != nil {
		return launch.ListenError(err, addr)
	}
	server.Protocol = protocol
	if !quiet {
		server.Log = os.Stderr
	}
	log.Printf("listening on http://%s", server.ServerAddress())

	launch.OnInterrupt(func() { halt(server) })
	return server.ServeForever()
}

// halt gives the answers under way a second to end. Connections that wait for
// another request end with it.
func halt(server *httpserver.HTTPServer) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		server.Close()
	}
}
