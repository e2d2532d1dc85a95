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

// A kernelReadiness asks the kernel who listens.
type kernelReadiness struct {
	tree *processTree
	addr netip.AddrPort
	diag *sockDiag
}

// newReadiness asks the kernel once. Where it refuses, as some containers do,
// the server's log has to do.
func newReadiness(p *Process) readiness {
	diag, err := openSockDiag()
	if err != nil {
		return newLogReadiness(p)
	}
	if _, err := diag.listeners(); err != nil {
		diag.close()
		return newLogReadiness(p)
	}
	return &kernelReadiness{p.tree, netip.MustParseAddrPort(p.addr), diag}
}

func (k *kernelReadiness) close() { k.diag.close() }

func (k *kernelReadiness) ready() bool {
	all, _ := k.diag.listeners() // after an error, the next poll asks again
	for _, l := range all {
		// Looking through /proc is the expensive part: the port comes first.
		if reaches(l.addr, k.addr) && k.tree.owns(l.inode) {
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
func (k *kernelReadiness) instead() string {
	all, _ := k.diag.listeners()
	var found []string
	for _, l := range all {
		if k.tree.owns(l.inode) {
			found = append(found, l.addr.String())
		}
	}
	if len(found) == 0 {
		return ""
	}
	return fmt.Sprintf("it listens on %s", strings.Join(found, ", "))
}

// owns reports whether a process of the tree holds the socket.
func (t *processTree) owns(inode uint64) bool {
	link := fmt.Sprintf("socket:[%d]", inode)
	for _, pid := range t.members() {
		fds, _ := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", pid))
		for _, fd := range fds {
			if target, err := os.Readlink(fd); err == nil && target == link {
				return true
			}
		}
	}
	return false
}
