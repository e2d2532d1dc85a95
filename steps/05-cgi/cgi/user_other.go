//go:build !unix

package cgi

import (
	"os"
	"syscall"
)

// An account is a user whose rights a script gets: here always our own.
type account struct{}

func nobody() *account { return nil }

func (a *account) attributes() *syscall.SysProcAttr { return nil }

func (a *account) blocked(string) string { return "" }

// executable is true: this system has no such mark. A file that is no program
// fails at its start.
func executable(string) bool { return true }

// killGroup ends the script. Programs that it has started live on.
func killGroup(p *os.Process) { p.Kill() }

// arguments are none here: a command line is one string on Windows, which each
// program takes apart by rules of its own. A client could write a second
// command.
func arguments(string) []string { return nil }
