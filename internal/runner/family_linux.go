package runner

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// ownSession gives the server a session and a process group of its own. Without
// a controlling terminal it can neither draw on the reader's screen through
// /dev/tty nor be stopped by a Ctrl-C that is meant for the workbook. It dies
// with the workbook, should that be killed.
func ownSession() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGKILL}
}

// ownGroup is for a compiler: it ends with its context, not with a thread.
func ownGroup() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }

// A family is a server with all its descendants.
//
// Most of them share its process group. One that calls setpgid is still in the
// session; one that calls setsid has left both, but still carries the mark in
// the environment that it inherited. Only a program that also empties its
// environment gets away; making the workbook a subreaper would catch that one
// too, but would change how every other child of the process is adopted.
type family struct {
	leader int
	mark   string // the same for nobody else
}

const markName = "WIREBOOK_RUN="

func (f family) variable() string { return markName + f.mark }

// terminate asks all of them to end.
func (f family) terminate() { f.signal(syscall.SIGTERM) }

// kill ends all of them and reports whether there were any.
func (f family) kill() bool { return f.signal(syscall.SIGKILL) }

func (f family) signal(s syscall.Signal) bool {
	syscall.Kill(-f.leader, s) // at once, so that fewer can fork meanwhile
	members := f.members()
	for _, pid := range members {
		syscall.Kill(pid, s)
	}
	return len(members) > 0
}

// members returns the family's process ids, without those that have ended and
// wait to be reaped.
func (f family) members() []int {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat") // fails on a bad pattern alone
	mark := []byte(f.variable())
	var members []int
	for _, path := range stats {
		state, group, session, ok := readStat(path)
		if !ok || state == "Z" || state == "X" {
			continue
		}
		folder := filepath.Dir(path)
		if group != f.leader && session != f.leader {
			// The error for another user's process is as good as no mark.
			environ, _ := os.ReadFile(filepath.Join(folder, "environ"))
			if !bytes.Contains(environ, mark) {
				continue
			}
		}
		if pid, err := strconv.Atoi(filepath.Base(folder)); err == nil {
			members = append(members, pid)
		}
	}
	return members
}

// readStat reads a /proc/PID/stat: pid (name) state parent group session ….
// The name may hold spaces and brackets, so the last bracket ends it.
func readStat(path string) (state string, group, session int, ok bool) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", 0, 0, false // it has ended since we listed it
	}
	_, rest, _ := cutLast(string(data), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 4 {
		return "", 0, 0, false
	}
	group, err1 := strconv.Atoi(fields[2])
	session, err2 := strconv.Atoi(fields[3])
	return fields[0], group, session, err1 == nil && err2 == nil
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
