//go:build unix

package cgi

import (
	"os/exec"
	"syscall"
)

func leaveGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

func mkfifo(name string) error { return syscall.Mkfifo(name, 0o777) }
