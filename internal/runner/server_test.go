package runner

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The servers that the tests start are this test binary itself, in one of the
// modes below: the first argument says which.
var modes = map[string]func(args []string){
	"listen": func(a []string) { serve(a[0]) },
	"slow":   func(a []string) { nap(a[1]); serve(a[0]) },
	"never":  func([]string) { forever() },
	"exit":   func([]string) { fmt.Println("a log"); fmt.Fprintln(os.Stderr, "no such folder"); os.Exit(3) },
	"killed": func([]string) {
		fmt.Fprintln(os.Stderr, "GET / 200")
		self, _ := os.FindProcess(os.Getpid())
		self.Kill()
		forever()
	},
	"content":    func([]string) { fmt.Fprintln(os.Stderr, "GET / 200") },
	"silent":     func([]string) { os.Exit(4) },
	"panic":      func(a []string) { fmt.Println(a[len(a)]) },
	"later":      func(a []string) { go serve(a[0]); nap(a[1]); panic("later") },
	"escape":     func([]string) { fmt.Fprint(os.Stderr, "\x1b[2J\x1b]0;title\aend\x00\n"); os.Exit(5) },
	"flood":      flood,
	"stubborn":   func(a []string) { signal.Ignore(syscall.SIGTERM); serve(a[0]) },
	"elsewhere":  func([]string) { serve("127.0.0.1:0") },
	"everywhere": func(a []string) { serve(a[0][strings.LastIndex(a[0], ":"):]) },
	"taken":      func(a []string) { os.Stderr.WriteString("bind: Address already in use\n"); os.Exit(1) },
	"taken-once": takenOnce,
	"parent":     func(a []string) { spawn("listen", a[0]).Wait() },
	"deserter":   func(a []string) { go serve(a[0]); spawn("never"); nap(a[1]) },
	"cat": func(a []string) {
		l, _ := net.Listen("tcp", a[0])
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			data, _ := os.ReadFile(a[1])
			wd, _ := os.Getwd()
			fmt.Fprintf(c, "%s|%s|%s|%s", data, wd, os.Getenv("GREETING"), os.Getenv("PYTHONUNBUFFERED"))
			c.Close()
		}
	},
}

func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == "server" {
		modes[os.Args[2]](os.Args[3:])
		os.Exit(0)
	}
	code := m.Run()
	Clean()
	os.Exit(code)
}

// server is the command for a mode. An address is its first argument.
func server(mode string, more ...string) Command {
	return Command{
		Name: "your server",
		Args: append([]string{os.Args[0], "server", mode, "{addr}"}, more...),
	}
}

func serve(addr string) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("listening on http://%s\n", l.Addr())
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		fmt.Printf("accepted %s\n", c.RemoteAddr())
		c.Close()
	}
}

// takenOnce finds its port taken unless the file that it is given exists.
func takenOnce(a []string) {
	if _, err := os.Stat(a[1]); err != nil {
		os.WriteFile(a[1], nil, 0o644)
		fmt.Fprintln(os.Stderr, "bind: Address already in use")
		os.Exit(1)
	}
	serve(a[0])
}

func flood(a []string) {
	go serve(a[0])
	line := strings.Repeat("and so on ", 100) + "\n"
	for {
		os.Stdout.WriteString(line)
	}
}

func spawn(args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], append([]string{"server"}, args...)...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Start(); err != nil {
		panic(err)
	}
	return cmd
}

func forever() { time.Sleep(time.Hour) }

func nap(d string) {
	wait, err := time.ParseDuration(d)
	if err != nil {
		panic(err)
	}
	time.Sleep(wait)
}

// start starts a server that must come up, and stops it at the test's end.
func start(t *testing.T, c Command) *Process {
	t.Helper()
	p, err := Start(t.Context(), c)
	if err != nil {
		t.Fatalf("start: %v", err)
	}
	t.Cleanup(func() {
		if err := p.Stop(); err != nil {
			t.Error(err)
		}
		noneLeft(t, p)
	})
	return p
}

// dial connects to a server, once: it must be ready.
func dial(t *testing.T, p *Process) net.Conn {
	t.Helper()
	c, err := net.DialTimeout("tcp", p.Addr(), 5*time.Second)
	if err != nil {
		t.Fatalf("dial: %v", err)
	}
	c.SetDeadline(time.Now().Add(5 * time.Second))
	t.Cleanup(func() { c.Close() })
	return c
}

// ended waits until a server has ended by itself.
func ended(t *testing.T, p *Process) {
	t.Helper()
	select {
	case <-p.Done():
	case <-time.After(10 * time.Second):
		t.Fatal("the server did not end")
	}
}
