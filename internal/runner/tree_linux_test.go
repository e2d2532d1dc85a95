package runner

import (
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"
)

func init() {
	// Children that leave the group, and the session with it.
	leave := func(attr *syscall.SysProcAttr) func([]string) {
		return func(a []string) {
			cmd := exec.Command(os.Args[0], "server", "never")
			cmd.SysProcAttr = attr
			if err := cmd.Start(); err != nil {
				panic(err)
			}
			serve(a[0])
		}
	}
	modes["setpgid"] = leave(&syscall.SysProcAttr{Setpgid: true})
	modes["setsid"] = leave(&syscall.SysProcAttr{Setsid: true})
}

// noneLeft checks that nothing of a stopped server's tree lives.
func noneLeft(t *testing.T, p *Process) {
	t.Helper()
	if left := p.tree.members(); len(left) > 0 {
		t.Errorf("left running: %v", left)
	}
}

func TestStopRunaways(t *testing.T) {
	for _, mode := range []string{"setpgid", "setsid"} {
		t.Run(mode, func(t *testing.T) {
			p := start(t, server(mode))
			if n := len(p.tree.members()); n != 2 {
				t.Fatalf("%d members before Stop, want 2", n)
			}
			p.Stop()
			noneLeft(t, p)
		})
	}
}

func TestNoTerminal(t *testing.T) {
	p := start(t, server("listen"))
	_, group, session, ok := readStat("/proc/" + strconv.Itoa(p.Pid()) + "/stat")
	if !ok || group != p.Pid() || session != p.Pid() {
		t.Errorf("group %d, session %d, want both %d", group, session, p.Pid())
	}
}
