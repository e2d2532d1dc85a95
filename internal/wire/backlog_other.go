//go:build !linux

package wire

import "net"

func backlog(*net.TCPConn) (Backlog, bool) { return Backlog{}, false }
