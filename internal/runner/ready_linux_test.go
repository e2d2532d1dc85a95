package runner

import (
	"encoding/binary"
	"net"
	"net/netip"
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

// Both ways to ask the kernel find what listens, of both families, and pass
// over what is connected.
func TestKernelListeners(t *testing.T) {
	ways := map[string]func() ([]listener, error){
		"netlink": func() ([]listener, error) {
			d, err := openSockDiag()
			if err != nil {
				t.Skipf("netlink is refused here: %v", err)
			}
			defer d.close()
			return d.listeners()
		},
		"/proc/net": procListeners,
	}
	for name, find := range ways {
		t.Run(name, func(t *testing.T) {
			four := listen(t, "tcp4", "127.0.0.1:0")
			six := listen(t, "tcp6", "[::1]:0")
			c, err := net.Dial("tcp", four.String())
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			found, err := find()
			if err != nil {
				t.Fatal(err)
			}
			_, group, _, ok := readStat("/proc/self/stat")
			if !ok {
				t.Fatal("/proc/self/stat cannot be read")
			}
			us := family{leader: group, mark: "nobody's"}
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
		})
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

// Without netlink and without /proc/net/tcp the log line and the port remain.
func TestGuess(t *testing.T) {
	p := start(t, server("listen"))
	g := newGuess(p)
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

const procTable = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0000000000000000 100 0 0 10 0
   1: 0100007F:1F91 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 4712 1 0000000000000000 20 4 30 10 -1
   2: 00000000000000000000000001000000:0050 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4713 1 0000000000000000 100 0 0 10 0
   3: nonsense
`

func TestParseProcNet(t *testing.T) {
	if binary.NativeEndian.Uint16([]byte{1, 0}) != 1 {
		t.Skip("the table is of a little-endian machine")
	}
	want := []listener{
		{netip.MustParseAddrPort("127.0.0.1:8080"), 4711},
		{netip.MustParseAddrPort("[::1]:80"), 4713},
	}
	if got := parseProcNet(procTable); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestParseDiagShort(t *testing.T) {
	if _, err := parseDiag([]byte("short")); err == nil || !strings.Contains(err.Error(), "5 bytes") {
		t.Errorf("got %v", err)
	}
}

func FuzzParseProcNet(f *testing.F) {
	f.Add(procTable)
	f.Add("0: 01:1 x 0A 0 0 0 0 0 0 1")
	f.Fuzz(func(t *testing.T, table string) {
		for _, l := range parseProcNet(table) {
			if !l.addr.IsValid() {
				t.Errorf("an address that is none, of %q", table)
			}
		}
	})
}
