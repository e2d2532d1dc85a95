//go:build !socketnet

package socket

import "syscall"

// The calls that differ between Linux and macOS. On Linux the options of a new
// socket go along with the call that makes it.

// sendFlags: an error when the other end is gone, not a signal (SIGPIPE).
const sendFlags = syscall.MSG_NOSIGNAL

// sysSocket makes a TCP socket that programs we start do not inherit (CLOEXEC).
func sysSocket() (fd int, err error) {
	return syscall.Socket(AF_INET, SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
}

func sysListen(fd, backlog int) error { return syscall.Listen(fd, backlog) }

func sysAccept(fd int) (conn int, from syscall.Sockaddr, err error) {
	return syscall.Accept4(fd, syscall.SOCK_CLOEXEC)
}

func sysConnect(fd int, to syscall.Sockaddr) error {
	return syscall.Connect(fd, to)
}
