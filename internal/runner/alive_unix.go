//go:build unix

package runner

import "syscall"

// isAlive says whether there is a process with this number.
func isAlive(pid int) bool {
	err := syscall.Kill(pid, 0)
	return err == nil || err == syscall.EPERM // another user's
}
