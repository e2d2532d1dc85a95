//go:build !windows && (!linux || socketnet)

package socket

import "syscall"

// portable gives an error the name that all systems share: here it has it.
func portable(errno syscall.Errno) error { return errno }

// setReuse sets SO_REUSEADDR as you asked. Package net has switched it on
// already, so that off has to be said too.
func setReuse(fd uintptr, on bool) error {
	value := 0
	if on {
		value = 1
	}
	return syscall.SetsockoptInt(int(fd), SOL_SOCKET, SO_REUSEADDR, value)
}
