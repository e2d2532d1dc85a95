//go:build unix

package cgi

import (
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// An account is a user whose rights a script gets.
type account struct {
	uid, gid uint32
}

// nobody is the account that may do nothing special, where we may change
// accounts at all: nil unless root has started us. Python changes the user
// alone and leaves a script root's groups; we change both.
func nobody() *account {
	if os.Geteuid() != 0 {
		return nil
	}
	a := &account{65534, 65534}
	if u, err := user.Lookup("nobody"); err == nil {
		uid, uidErr := strconv.ParseUint(u.Uid, 10, 32)
		gid, gidErr := strconv.ParseUint(u.Gid, 10, 32)
		if uidErr == nil && gidErr == nil {
			a = &account{uint32(uid), uint32(gid)}
		}
	}
	return a
}

// attributes are how a script is started: in a group of its own, so that all
// it starts can be ended with it, and as the account.
func (a *account) attributes() *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Setpgid: true}
	if a != nil {
		attr.Credential = &syscall.Credential{
			Uid: a.uid, Gid: a.gid, Groups: []uint32{}}
	}
	return attr
}

// blocked is the first folder on the way to path that the account may not
// enter, or nothing.
func (a *account) blocked(path string) string {
	if a == nil {
		return ""
	}
	folder := string(filepath.Separator)
	dirs := strings.Split(strings.Trim(filepath.Dir(path), folder), folder)
	for i := range len(dirs) + 1 {
		info, err := os.Stat(folder)
		if err == nil && !a.mayEnter(info) {
			return folder
		}
		if i < len(dirs) {
			folder = filepath.Join(folder, dirs[i])
		}
	}
	return ""
}

func (a *account) mayEnter(info os.FileInfo) bool {
	owner, ok := info.Sys().(*syscall.Stat_t)
	mode := info.Mode().Perm()
	switch {
	case ok && owner.Uid == a.uid:
		return mode&0o100 != 0
	case ok && owner.Gid == a.gid:
		return mode&0o010 != 0
	}
	return mode&0o001 != 0
}

// executable asks what Python asks, access(2): may we, the server, run it?
func executable(path string) bool {
	const execute = 1 // X_OK
	return syscall.Access(path, execute) == nil
}

// killGroup ends a script and all that it has started, apart from those that
// have left its group on purpose, as a daemon does.
func killGroup(p *os.Process) { syscall.Kill(-p.Pid, syscall.SIGKILL) }

// arguments are the words of a query without "=", for the script's command
// line (RFC 3875, 4.4). Python gives them as one word, with + for a space and
// nothing else decoded.
func arguments(query string) []string {
	if strings.Contains(query, "=") {
		return nil
	}
	return []string{strings.ReplaceAll(query, "+", " ")}
}
