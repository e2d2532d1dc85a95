package wire

import (
	"context"
	"encoding/binary"
	"net"
	"syscall"
	"time"
	"unsafe"
)

// drain waits until the peer's kernel has acknowledged every byte written to
// c, for at most limit. A reset throws away what is not yet acknowledged.
func drain(stop context.Context, c *net.TCPConn, limit time.Duration) {
	ctx, cancel := context.WithTimeout(stop, limit)
	defer cancel()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for unsent(c) > 0 && !kernelClosed(c) {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// unsent is how many bytes written to c are not yet acknowledged (SIOCOUTQ,
// see tcp(7)); 0 when the kernel does not say.
func unsent(c *net.TCPConn) int {
	var n int32
	control(c, func(fd uintptr) {
		_, _, errno := syscall.Syscall(syscall.SYS_IOCTL, fd,
			syscall.TIOCOUTQ, uintptr(unsafe.Pointer(&n)))
		if errno != 0 {
			n = 0
		}
	})
	return int(n)
}

// kernelClosed tells whether the kernel holds c for closed: after a reset, or after
// both directions have ended. A peer's FIN alone does not make it so.
func kernelClosed(c *net.TCPConn) bool {
	const stateClosed = 7 // TCP_CLOSE in the kernel's tcp_states.h
	var state byte
	control(c, func(fd uintptr) {
		// TCP_INFO is a structure whose first byte is the state; asked for
		// four bytes, the kernel gives the first four.
		v, err := syscall.GetsockoptInt(int(fd), syscall.IPPROTO_TCP, syscall.TCP_INFO)
		if err == nil {
			var b [4]byte
			binary.NativeEndian.PutUint32(b[:], uint32(v))
			state = b[0]
		}
	})
	return state == stateClosed
}

// control calls f with c's descriptor, or not at all when c is closed.
func control(c *net.TCPConn, f func(fd uintptr)) {
	if raw, err := c.SyscallConn(); err == nil {
		_ = raw.Control(f)
	}
}
