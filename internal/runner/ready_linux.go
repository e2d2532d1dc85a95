package runner

import (
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
)

// A listener is a TCP socket in state LISTEN, as the kernel lists it.
type listener struct {
	addr  netip.AddrPort
	inode uint64 // the socket's number, as in the link /proc/PID/fd/3
}

// A kernel is the lookout that asks the kernel who listens.
type kernel struct {
	p     *Process
	addr  netip.AddrPort
	diag  *sockDiag // nil where netlink is refused: then /proc/net is read
	guess *guess    // where that is refused too
}

func newLookout(p *Process) lookout {
	k := &kernel{p: p, addr: netip.MustParseAddrPort(p.addr), guess: newGuess(p)}
	if diag, err := openSockDiag(); err == nil {
		k.diag = diag
	}
	return k
}

func (k *kernel) close() {
	if k.diag != nil {
		k.diag.close()
	}
}

// listeners returns all listening sockets of the machine. Containers and old
// kernels may refuse one way or the other.
func (k *kernel) listeners() ([]listener, error) {
	if k.diag != nil {
		found, err := k.diag.listeners()
		if err == nil {
			return found, nil
		}
		k.close()
		k.diag = nil
	}
	return procListeners()
}

func (k *kernel) ready() bool {
	all, err := k.listeners()
	if err != nil {
		return k.guess.ready()
	}
	for _, l := range all {
		// Looking through /proc is the expensive part: the port comes first.
		if reaches(l.addr, k.addr) && k.p.family.owns(l.inode) {
			return true
		}
	}
	return false
}

// reaches reports whether a client that dials addr gets to a socket that
// listens on l: on that address or on all of them.
func reaches(l, addr netip.AddrPort) bool {
	ip := l.Addr().Unmap()
	return l.Port() == addr.Port() && (ip == addr.Addr() || ip.IsUnspecified())
}

// instead names what the server listens on, when it is not what it was given.
func (k *kernel) instead() string {
	all, _ := k.listeners()
	var found []string
	for _, l := range all {
		if k.p.family.owns(l.inode) {
			found = append(found, l.addr.String())
		}
	}
	if len(found) == 0 {
		return ""
	}
	return fmt.Sprintf("it listens on %s", strings.Join(found, ", "))
}

// owns reports whether a process of the family holds the socket.
func (f family) owns(inode uint64) bool {
	link := fmt.Sprintf("socket:[%d]", inode)
	for _, pid := range f.members() {
		fds, _ := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", pid))
		for _, fd := range fds {
			if target, err := os.Readlink(fd); err == nil && target == link {
				return true
			}
		}
	}
	return false
}
