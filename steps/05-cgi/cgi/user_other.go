//go:build !unix

package cgi

import (
	"os"
	"syscall"
)

// attributes are none here: a script runs as our own user.
func attributes() *syscall.SysProcAttr { return nil }

// executable is true: this system has no such mark. A file that is no program
// fails at its start.
func executable(string) bool { return true }

// killGroup ends the script. Programs that it has started live on.
func killGroup(p *os.Process) error { return p.Kill() }

// arguments are none here: a command line is one string on Windows, which each
// program takes apart by rules of its own. A client could write a second
// command.
func arguments(string) []string { return nil }
