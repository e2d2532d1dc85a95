//go:build unix

package cgi

import (
	"os"
	"os/user"
	"strconv"
	"strings"
	"syscall"
)

// attributes are how a script is started: in a group of its own, so that all
// it starts can be ended with it, and by root as the user nobody. Python
// changes the user alone and leaves a script root's groups; we change both.
func attributes() *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Setpgid: true}
	if os.Geteuid() == 0 {
		uid, gid := nobody()
		attr.Credential = &syscall.Credential{
			Uid: uid, Gid: gid, Groups: []uint32{}}
	}
	return attr
}

// nobody is the user that may do nothing special, and that user's group.
func nobody() (uid, gid uint32) {
	const usual = 65534
	u, err := user.Lookup("nobody")
	if err != nil {
		return usual, usual
	}
	id, err := strconv.ParseUint(u.Uid, 10, 32)
	group, groupErr := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil || groupErr != nil {
		return usual, usual
	}
	return uint32(id), uint32(group)
}

// executable asks what Python asks, access(2): may we, the server, run it?
func executable(path string) bool {
	const execute = 1 // X_OK
	return syscall.Access(path, execute) == nil
}

// killGroup ends a script and all that it has started, apart from those that
// have left its group on purpose, as a daemon does.
func killGroup(p *os.Process) error {
	return syscall.Kill(-p.Pid, syscall.SIGKILL)
}

// arguments are the words of a query without "=", for the script's command
// line (RFC 3875, 4.4). Python gives them as one word, with + for a space and
// nothing else decoded.
func arguments(query string) []string {
	if strings.Contains(query, "=") {
		return nil
	}
	return []string{strings.ReplaceAll(query, "+", " ")}
}
