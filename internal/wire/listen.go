package wire

import (
	"context"
	"fmt"
	"net"
	"strconv"
)

// tries is how many ports after the wished one Listen looks at.
const tries = 20

// listenLocal listens on both loopback addresses, on one and the same port.
// Browsers try ::1 and 127.0.0.1 for localhost; a tap on one of them alone
// would leave the other to a stranger's server.
func listenLocal(port int) ([]*net.TCPListener, error) {
	if port < 0 || port > 65535 {
		return nil, fmt.Errorf("wire: listen: port %d: not in 0 to 65535", port)
	}
	var first error
	for i := range tries + 1 {
		p := port
		if port != 0 {
			p += i
		}
		if p > 65535 {
			break
		}
		listeners, err := listenBoth(p)
		if err == nil {
			return listeners, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, fmt.Errorf("wire: listen: localhost:%d and the %d ports after it: %w", port, tries, first)
}

// listenBoth takes one port on 127.0.0.1 and on ::1. A machine without IPv6
// gets one listener.
func listenBoth(port int) ([]*net.TCPListener, error) {
	four, err := listenOne("127.0.0.1", port)
	if err != nil {
		return nil, err
	}
	six, err := listenOne("::1", portOf(four))
	if err == nil {
		return []*net.TCPListener{four, six}, nil
	}
	// Is the port taken, or is there no ::1 at all? Any other port tells.
	probe, none := listenOne("::1", 0)
	if none != nil {
		return []*net.TCPListener{four}, nil
	}
	probe.Close()
	four.Close()
	return nil, err
}

func listenOne(host string, port int) (*net.TCPListener, error) {
	var lc net.ListenConfig
	// Go listens for Multipath TCP by default. A plain socket is what the
	// lesson speaks of, and what the kernel's tables list.
	lc.SetMultipathTCP(false)
	l, err := lc.Listen(context.Background(), "tcp", localAddr(host, port))
	if err != nil {
		return nil, err
	}
	return l.(*net.TCPListener), nil
}

func localAddr(host string, port int) string {
	return net.JoinHostPort(host, strconv.Itoa(port))
}

func portOf(l *net.TCPListener) int { return l.Addr().(*net.TCPAddr).Port }
