// Command 05-cgi is the last of the five servers: files as in step 04, and a
// program for each request that asks for one. It is what "python3 -m
// http.server --cgi" was up to Python 3.14, in Go.
//
// Usage, from anywhere in the module:
//
//	go run ./steps/05-cgi [-addr localhost:8000] [-dir FOLDER]
//		[-cgi-dirs cgi-bin,htbin] [-timeout 30s]
//		[-protocol HTTP/1.0|HTTP/1.1] [-quiet]
//
// The scripts that come with it are in www/cgi-bin: shell, and one in Python.
// The one in Go, /cgi-bin/form, is this program itself, started again: see
// form.go. On Windows, which starts no program by its first line, it is the
// only one that runs.
//
// Started by root, it runs scripts as the user nobody, who must be able to
// enter the served folder. Where that lies in one that is root's alone, serve
// a copy:
//
//	cp -r steps/05-cgi/www /tmp/www
//	go run ./steps/05-cgi -dir /tmp/www
//
// What it cannot do: keep a script for the next request, undo a transfer
// coding, or ask for a password. It has no TLS.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"path"
	"strings"
	"time"

	"example/wirebook/steps/01-socket/docroot"
	"example/wirebook/steps/01-socket/launch"
	"example/wirebook/steps/04-static/httpserver"
	"example/wirebook/steps/05-cgi/cgi"
)

// options are what the command line says.
type options struct {
	addr, dir, cgiDirs string
	protocol           string
	timeout            time.Duration
	quiet              bool
}

func main() {
	if os.Getenv("GATEWAY_INTERFACE") != "" {
		formScript() // a server has started us as a script
		return
	}
	var o options
	flag.StringVar(&o.addr, "addr", "localhost:8000", "listen on `HOST:PORT`")
	flag.StringVar(&o.dir, "dir", docroot.Find("05-cgi"), "serve `FOLDER`")
	flag.StringVar(&o.cgiDirs, "cgi-dirs", "cgi-bin,htbin",
		"run what is in these `FOLDERS`, apart by commas")
	flag.DurationVar(&o.timeout, "timeout", 30*time.Second,
		"kill a script that runs for longer")
	flag.StringVar(&o.protocol, "protocol", "HTTP/1.0", "HTTP/1.0 or HTTP/1.1")
	flag.BoolVar(&o.quiet, "quiet", false, "no log line for each request")
	launch.ParseFlags()

	if err := run(o); err != nil {
		log.Fatal(err)
	}
}

// run serves until a signal comes.
func run(o options) error {
	scripts, err := newHandler(o)
	if err != nil {
		return err
	}
	defer scripts.Close()
	program, err := thisProgram()
	if err != nil {
		return err
	}
	scripts.ScriptAlias = map[string]string{"/cgi-bin/form": program}
	server, err := httpserver.NewHTTPServer(o.addr, scripts)
	if err != nil {
		return launch.ListenError(err, o.addr)
	}
	server.Protocol = o.protocol
	if !o.quiet {
		server.Log = os.Stderr
	}
	log.Printf("listening on http://%s", server.ServerAddress())

	launch.OnInterrupt(func() { halt(server, scripts) })
	return server.ServeForever()
}

// newHandler makes the handler that the options ask for.
func newHandler(o options) (*cgi.CGIHTTPRequestHandler, error) {
	if o.protocol != "HTTP/1.0" && o.protocol != "HTTP/1.1" {
		return nil, fmt.Errorf("no protocol %q: choose -protocol HTTP/1.0 "+
			"or HTTP/1.1", o.protocol)
	}
	if o.timeout <= 0 {
		return nil, fmt.Errorf("no script runs in %v: choose a longer -timeout",
			o.timeout)
	}
	var dirs []string
	for dir := range strings.SplitSeq(o.cgiDirs, ",") {
		dir = path.Clean("/" + dir)
		if dir == "/" {
			return nil, fmt.Errorf("no folder in -cgi-dirs %q: name some "+
				"below the served one, cgi-bin,htbin", o.cgiDirs)
		}
		dirs = append(dirs, dir)
	}
	scripts, err := cgi.NewCGIHTTPRequestHandler(o.dir)
	if err != nil {
		return nil, fmt.Errorf("%w: choose a folder with -dir", err)
	}
	scripts.Dirs, scripts.Timeout = dirs, o.timeout
	return scripts, nil
}

// halt gives the answers under way a second to end. Then it ends scripts and
// connections.
func halt(server *httpserver.HTTPServer, scripts *cgi.CGIHTTPRequestHandler) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		scripts.Close()
		server.Close()
	}
}
