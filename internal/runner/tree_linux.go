package runner

import (
	"bytes"
	"crypto/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// A processTree is a program with all its descendants.
//
// Most of them share its process group. One that calls setpgid is still in the
// session; one that calls setsid has left both, but still carries the mark in
// the environment that it inherited. Only a program that also empties its
// environment gets away; making the workbook a subreaper would catch that one
// too, but would change how every other child of the process is adopted.
type processTree struct {
	cmd  *exec.Cmd
	mark string // a variable that no other process has
}

// newProcessTree prepares a command that has not been started. The program gets
// a session and a process group of its own: without a controlling terminal it
// can neither draw on the reader's screen through /dev/tty nor be stopped by a
// Ctrl-C that is meant for the workbook. With endsWithUs it is killed when the
// thread that started it ends.
func newProcessTree(cmd *exec.Cmd, endsWithUs bool) *processTree {
	t := &processTree{cmd, "WIREBOOK_RUN=" + rand.Text()}
	cmd.Env = append(cmd.Env, t.mark)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if endsWithUs {
		cmd.SysProcAttr.Pdeathsig = syscall.SIGKILL
	}
	return t
}

// started is called right after the command has been started.
func (t *processTree) started() {}

// terminate asks all of them to end.
func (t *processTree) terminate() { t.signal(syscall.SIGTERM) }

// kill ends all of them and reports whether there were any.
func (t *processTree) kill() bool { return t.signal(syscall.SIGKILL) }

// close gives back what the system keeps for the tree.
func (t *processTree) close() {}

func (t *processTree) signal(s syscall.Signal) bool {
	syscall.Kill(-t.cmd.Process.Pid, s) // at once, so that fewer can fork meanwhile
	members := t.members()
	for _, pid := range members {
		syscall.Kill(pid, s)
	}
	return len(members) > 0
}

// members returns the tree's process ids, without those that have ended and
// wait to be reaped.
func (t *processTree) members() []int {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat") // fails on a bad pattern alone
	leader, mark := t.cmd.Process.Pid, []byte(t.mark)
	var members []int
	for _, path := range stats {
		state, group, session, ok := readStat(path)
		if !ok || state == "Z" || state == "X" {
			continue
		}
		folder := filepath.Dir(path)
		if group != leader && session != leader {
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
	fields := strings.Fields(string(data[bytes.LastIndexByte(data, ')')+1:]))
	if len(fields) < 4 {
		return "", 0, 0, false
	}
	group, err1 := strconv.Atoi(fields[2])
	session, err2 := strconv.Atoi(fields[3])
	return fields[0], group, session, err1 == nil && err2 == nil
}
