//go:build !linux

package wire

import "net"

// accepted cannot be asked for here.
func accepted(*net.TCPConn) (yes, known bool) { return false, false }
