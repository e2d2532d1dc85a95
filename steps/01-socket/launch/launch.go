// Package launch holds what the programs of all five steps do alike around
// their servers: refuse a stray argument, say what to do about a port that is
// taken, and stop on Ctrl-C. It opens no socket and serves nothing.
package launch

import (
	"errors"
	"flag"
	"fmt"
	"log"
	"net"
	"os"
	"os/signal"
	"strconv"
	"syscall"
)

// ParseFlags parses the command line and makes the log plain text, without the
// time. The programs take options alone: an argument beside them, most likely
// an address without its -addr, ends the program with exit status 2.
func ParseFlags() {
	flag.Parse()
	log.SetFlags(0)
	if flag.NArg() > 0 {
		log.Printf("unexpected word %q: give options by name, "+
			"as in -addr localhost:9000", flag.Arg(0))
		os.Exit(2)
	}
}

// ListenError returns the error of listening on addr in words for people: where
// another program has the port, it says so and names the next one. Any other
// error is returned as it is.
func ListenError(err error, addr string) error {
	const onWindows = syscall.Errno(10048) // WSAEADDRINUSE
	if !errors.Is(err, syscall.EADDRINUSE) && !errors.Is(err, onWindows) {
		return err
	}
	host, port, _ := net.SplitHostPort(addr)
	number, _ := strconv.Atoi(port)
	return fmt.Errorf("port %s is taken, perhaps by your last run: "+
		"stop that one, or choose -addr %s:%d", port, host, number+1)
}

// OnInterrupt calls stop once, in a goroutine of its own, when Ctrl-C or
// SIGTERM asks the program to end. Signals that come while stop runs are
// ignored; the first one after it ends the program at once.
func OnInterrupt(stop func()) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-signals
		stop()
		signal.Stop(signals)
	}()
}
