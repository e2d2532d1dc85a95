package wire

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
)

// backlog finds the server's end of c in the kernel's tables. A server that
// listens for IPv6 has its IPv4 clients in the IPv6 table.
func backlog(c *net.TCPConn) (Backlog, bool) {
	theirs := c.RemoteAddr().(*net.TCPAddr).Port
	ours := c.LocalAddr().(*net.TCPAddr).Port
	for _, table := range []string{"/proc/net/tcp", "/proc/net/tcp6"} {
		f, err := os.Open(table)
		if err != nil {
			continue
		}
		lines := bufio.NewScanner(f)
		for lines.Scan() {
			if b, ok := backlogLine(lines.Text(), theirs, ours); ok {
				f.Close()
				return b, true
			}
		}
		f.Close()
	}
	return Backlog{}, false
}

// backlogLine reads one line of proc_net_tcp(5) if it is the connection
// between these ports. Both ends are on the loopback, where one pair of ports
// names one connection, so the addresses need not be looked at.
func backlogLine(line string, local, remote int) (Backlog, bool) {
	const ( // columns, counted from 0
		localAddress, remoteAddress, state, queues, inode = 1, 2, 3, 4, 9
	)
	f := strings.Fields(line)
	if len(f) <= inode ||
		!strings.HasSuffix(f[localAddress], fmt.Sprintf(":%04X", local)) ||
		!strings.HasSuffix(f[remoteAddress], fmt.Sprintf(":%04X", remote)) {
		return Backlog{}, false
	}
	_, received, _ := strings.Cut(f[queues], ":")
	n, err := strconv.ParseInt(received, 16, 64)
	if err != nil {
		return Backlog{}, false
	}
	const closeWait = "08" // the client's FIN is here, and counts as a byte
	if f[state] == closeWait && n > 0 {
		n--
	}
	// A connection that waits to be accepted belongs to no file yet.
	return Backlog{Accepted: f[inode] != "0", Unread: int(n)}, true
}
