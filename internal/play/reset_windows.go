package play

import (
	"errors"
	"syscall"
)

// isSystemReset knows the numbers that Winsock gives a reset; the POSIX names
// in package syscall stand for other numbers there.
func isSystemReset(err error) bool {
	const aborted = syscall.Errno(10053) // WSAECONNABORTED
	return errors.Is(err, syscall.WSAECONNRESET) || errors.Is(err, aborted)
}
