package wire

import (
	"encoding/binary"
	"net"
	"net/netip"
	"syscall"
)

// accepted asks the kernel whether the server has called accept for the
// connection that c dialled: a socket that waits for accept belongs to no file,
// and so has inode 0. known is false where the kernel does not tell. It is one
// question about one socket, see sock_diag(7).
func accepted(c *net.TCPConn) (yes, known bool) {
	server := c.RemoteAddr().(*net.TCPAddr).AddrPort()
	tap := c.LocalAddr().(*net.TCPAddr).AddrPort()
	fd, err := syscall.Socket(syscall.AF_NETLINK, syscall.SOCK_RAW|syscall.SOCK_CLOEXEC, 4) // NETLINK_SOCK_DIAG
	if err != nil {
		return false, false
	}
	defer syscall.Close(fd)

	q := make([]byte, 72) // struct nlmsghdr, struct inet_diag_req_v2
	binary.NativeEndian.PutUint32(q, uint32(len(q)))
	binary.NativeEndian.PutUint16(q[4:], 20) // SOCK_DIAG_BY_FAMILY
	binary.NativeEndian.PutUint16(q[6:], syscall.NLM_F_REQUEST)
	q[16], q[17] = syscall.AF_INET, syscall.IPPROTO_TCP
	if server.Addr().Unmap().Is6() {
		q[16] = syscall.AF_INET6
	}
	binary.NativeEndian.PutUint32(q[20:], ^uint32(0)) // in any state
	binary.BigEndian.PutUint16(q[24:], server.Port())
	binary.BigEndian.PutUint16(q[26:], tap.Port())
	copy(q[28:44], addressOf(server))
	copy(q[44:60], addressOf(tap))
	binary.NativeEndian.PutUint64(q[64:], ^uint64(0)) // no cookie
	if syscall.Sendto(fd, q, 0, &syscall.SockaddrNetlink{Family: syscall.AF_NETLINK}) != nil {
		return false, false
	}
	answer := make([]byte, 4096)
	n, _, err := syscall.Recvfrom(fd, answer, syscall.MSG_DONTWAIT) // it is there already
	if err != nil || n < 16+72 || binary.NativeEndian.Uint16(answer[4:]) != 20 {
		return false, false // over, or refused
	}
	return binary.NativeEndian.Uint32(answer[16+68:]) != 0, true // idiag_inode
}

func addressOf(a netip.AddrPort) []byte { return a.Addr().Unmap().AsSlice() }
