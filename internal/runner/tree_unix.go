//go:build unix && !linux

package runner

import (
	"os/exec"
	"syscall"
)

// A processTree is a program with the descendants in its process group. Without
// /proc, those that have left the group cannot be found.
type processTree struct{ cmd *exec.Cmd }

// newProcessTree prepares a command that has not been started. The program gets
// a session and a process group of its own: without a controlling terminal it
// can neither draw on the reader's screen through /dev/tty nor be stopped by a
// Ctrl-C that is meant for the workbook.
func newProcessTree(cmd *exec.Cmd, endsWithUs bool) *processTree {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	return &processTree{cmd}
}

// started is called right after the command has been started.
func (t *processTree) started() {}

// terminate asks all of them to end.
func (t *processTree) terminate() { syscall.Kill(-t.cmd.Process.Pid, syscall.SIGTERM) }

// kill ends all of them and reports whether there were any.
func (t *processTree) kill() bool {
	return syscall.Kill(-t.cmd.Process.Pid, syscall.SIGKILL) == nil
}

// close gives back what the system keeps for the tree.
func (t *processTree) close() {}
