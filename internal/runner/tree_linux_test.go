package runner

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"
	"time"
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

	// A child that no trace leads to, which holds the pipe for half a minute.
	modes["untraced"] = func(a []string) {
		cmd := exec.Command(os.Args[0], "server", "nap", "30s")
		cmd.Env = []string{}
		cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
		cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
		if err := cmd.Start(); err != nil {
			panic(err)
		}
		go serve(a[0])
		nap("1s")
	}
	modes["nap"] = func(a []string) { nap(a[0]) }

	// A workbook: it starts a server, prints both pids and is killed.
	modes["workbook"] = func([]string) {
		p, err := Start(context.Background(), server("listen"))
		if err != nil {
			panic(err)
		}
		fmt.Println(p.Pid())
		forever()
	}
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

// One that cannot be found holds the pipe: a second is enough to wait for it.
func TestUntracedChild(t *testing.T) {
	p := start(t, server("untraced"))
	began := time.Now()
	ended(t, p)
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("its end took %v to be noticed", took)
	}
}

// A server does not outlive the workbook, however that ends.
func TestServerEndsWithUs(t *testing.T) {
	cmd := exec.Command(os.Args[0], "server", "workbook")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var pid int
	if _, err := fmt.Fscan(out, &pid); err != nil {
		t.Fatal(err)
	}
	cmd.Process.Kill()
	cmd.Wait()
	stat := "/proc/" + strconv.Itoa(pid) + "/stat"
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(time.Millisecond) {
		state, _, _, ok := readStat(stat)
		if !ok || state == "Z" || state == "X" {
			return
		}
		if time.Now().After(deadline) {
			syscall.Kill(pid, syscall.SIGKILL)
			t.Fatal("the server lives on")
		}
	}
}
