package runner

import (
	"os/exec"
	"strconv"
	"syscall"
)

// ownSession gives the server a process group, so that a Ctrl-C in the
// workbook's console is not its Ctrl-C.
func ownSession() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}

// ownGroup is for a compiler, which needs the same.
func ownGroup() *syscall.SysProcAttr { return ownSession() }

// A family is a server with its descendants, as far as taskkill finds them:
// through their parents, so only while the server itself lives.
type family struct {
	leader int
	mark   string
}

func (f family) variable() string { return "WIREBOOK_RUN=" + f.mark }

// terminate ends all of them at once: a console program has no SIGTERM.
func (f family) terminate() { f.kill() }

// kill ends all of them and reports whether there were any.
func (f family) kill() bool {
	return exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(f.leader)).Run() == nil
}
