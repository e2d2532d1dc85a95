//go:build !linux

package wire

import (
	"context"
	"net"
	"time"
)

// drain gives bytes written to c time to reach the peer. These systems do not
// say portably when they have, so it is a fixed wait, at most limit.
func drain(stop context.Context, _ *net.TCPConn, limit time.Duration) {
	const wait = 100 * time.Millisecond
	select {
	case <-stop.Done():
	case <-time.After(min(wait, limit)):
	}
}

// kernelClosed cannot be asked for here; a reset that a write has met is then shown as
// an orderly end of the other direction first.
func kernelClosed(*net.TCPConn) bool { return false }
