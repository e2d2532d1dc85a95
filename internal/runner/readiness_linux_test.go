package runner

import (
	"net"
	"net/netip"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// listen opens a listening socket of our own.
func listen(t *testing.T, network, addr string) netip.AddrPort {
	t.Helper()
	l, err := net.Listen(network, addr)
	if err != nil {
		t.Skipf("no listener on %s here: %v", addr, err)
	}
	t.Cleanup(func() { l.Close() })
	return l.Addr().(*net.TCPAddr).AddrPort()
}

// The kernel lists what listens, of both families, and not what is connected.
func TestKernelListeners(t *testing.T) {
	diag, err := openSockDiag()
	if err != nil {
		t.Skipf("netlink is refused here: %v", err)
	}
	defer diag.close()
	four := listen(t, "tcp4", "127.0.0.1:0")
	six := listen(t, "tcp6", "[::1]:0")
	c, err := net.Dial("tcp", four.String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	found, err := diag.listeners()
	if err != nil {
		t.Fatal(err)
	}
	_, group, _, ok := readStat("/proc/self/stat")
	if !ok {
		t.Fatal("/proc/self/stat cannot be read")
	}
	us := &processTree{cmd: &exec.Cmd{Process: &os.Process{Pid: group}}, mark: "nobody's"}
	for _, addr := range []netip.AddrPort{four, six} {
		i := slices.IndexFunc(found, func(l listener) bool { return l.addr == addr })
		if i < 0 {
			t.Fatalf("%v is not among %v", addr, found)
		}
		if !us.owns(found[i].inode) {
			t.Errorf("inode %d of %v is not ours", found[i].inode, addr)
		}
	}
	client := c.LocalAddr().(*net.TCPAddr).AddrPort()
	if slices.ContainsFunc(found, func(l listener) bool { return l.addr == client }) {
		t.Errorf("%v does not listen", client)
	}
	if us.owns(1) {
		t.Error("we own inode 1")
	}
}

// Somebody else's listener on the server's port does not make it ready.
func TestNotOurListener(t *testing.T) {
	p := start(t, server("listen"))
	other := listen(t, "tcp4", "127.0.0.1:0")
	for addr, want := range map[string]bool{p.addr: true, other.String(): false} {
		r := newReadiness(&Process{addr: addr, tree: p.tree})
		if _, ok := r.(*kernelReadiness); !ok {
			t.Skip("netlink is refused here")
		}
		if got := r.ready(); got != want {
			t.Errorf("a process that listens on %s is ready on %s: %v", p.addr, addr, got)
		}
		r.close()
	}
}

func TestReaches(t *testing.T) {
	dialled := netip.MustParseAddrPort("127.0.0.1:8000")
	for l, want := range map[string]bool{
		"127.0.0.1:8000":          true,
		"0.0.0.0:8000":            true,
		"[::]:8000":               true,
		"[::ffff:127.0.0.1]:8000": true,
		"127.0.0.1:8001":          false,
		"127.0.0.2:8000":          false,
		"[::1]:8000":              false,
	} {
		if got := reaches(netip.MustParseAddrPort(l), dialled); got != want {
			t.Errorf("%s: %v, want %v", l, got, want)
		}
	}
}

// Where the kernel does not tell, the log line and the port do.
func TestLogReadiness(t *testing.T) {
	p := start(t, server("listen"))
	g := newLogReadiness(p)
	for deadline := time.Now().Add(5 * time.Second); !g.ready(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the log line was not seen")
		}
	}
	if !taken(p.Addr()) {
		t.Error("a server's port counts as free")
	}
	everywhere := start(t, server("everywhere"))
	if !taken(everywhere.Addr()) {
		t.Error("the port of a server on all addresses counts as free")
	}
	p.Stop()
	if taken(p.Addr()) {
		t.Error("a free port counts as taken")
	}
}

func TestParseDiagShort(t *testing.T) {
	if _, err := parseDiag([]byte("short")); err == nil || !strings.Contains(err.Error(), "5 bytes") {
		t.Errorf("got %v", err)
	}
}
