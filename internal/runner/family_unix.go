//go:build unix && !linux

package runner

import "syscall"

// ownSession gives the server a session and a process group of its own. Without
// a controlling terminal it can neither draw on the reader's screen through
// /dev/tty nor be stopped by a Ctrl-C that is meant for the workbook.
func ownSession() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setsid: true}
}

// ownGroup is for a compiler, which needs the same.
func ownGroup() *syscall.SysProcAttr { return ownSession() }

// A family is a server with the descendants in its process group. Without
// /proc, those that have left the group cannot be found.
type family struct {
	leader int
	mark   string
}

func (f family) variable() string { return "WIREBOOK_RUN=" + f.mark }

// terminate asks all of them to end.
func (f family) terminate() { syscall.Kill(-f.leader, syscall.SIGTERM) }

// kill ends all of them and reports whether there were any.
func (f family) kill() bool {
	return syscall.Kill(-f.leader, syscall.SIGKILL) == nil
}
