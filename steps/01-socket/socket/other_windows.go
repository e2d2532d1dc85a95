package socket

import "syscall"

// Windows numbers its socket errors in its own way. portable gives those that
// this course meets the names, and the texts, of all other systems.
func portable(errno syscall.Errno) error {
	switch errno {
	case 10048: // WSAEADDRINUSE
		return syscall.EADDRINUSE
	case 10049: // WSAEADDRNOTAVAIL
		return syscall.EADDRNOTAVAIL
	case 10061: // WSAECONNREFUSED
		return syscall.ECONNREFUSED
	case syscall.WSAECONNRESET:
		return syscall.ECONNRESET
	case syscall.WSAECONNABORTED:
		return syscall.ECONNABORTED
	}
	return errno
}

// setReuse switches SO_REUSEADDR on, or leaves it off. On Windows the option
// does more than elsewhere: two programs may then stand at one address.
func setReuse(fd uintptr, on bool) error {
	if !on {
		return nil
	}
	h := syscall.Handle(fd)
	return syscall.SetsockoptInt(h, SOL_SOCKET, SO_REUSEADDR, 1)
}
