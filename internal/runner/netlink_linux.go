package runner

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net/netip"
	"syscall"
	"time"
	"unsafe"
)

// A sockDiag asks the kernel for its TCP sockets through netlink, as the
// program ss does: see sock_diag(7). It needs no privilege.
type sockDiag struct{ fd int }

// Numbers of the kernel's <linux/sock_diag.h> and <linux/inet_diag.h> that
// package syscall does not have.
const (
	netlinkSockDiag  = 4
	sockDiagByFamily = 20
	tcpListen        = 10 // the TCP state LISTEN
)

// An inetDiagRequest is struct inet_diag_req_v2 behind its netlink header.
type inetDiagRequest struct {
	Header   syscall.NlMsghdr
	Family   uint8  // AF_INET or AF_INET6: one question for each
	Protocol uint8  // IPPROTO_TCP
	Ext      uint8  // further attributes wanted: none
	_        uint8  // padding
	States   uint32 // a bit for each TCP state wanted
	ID       inetDiagSockID
}

// An inetDiagSockID is struct inet_diag_sockid: ports and addresses in network
// byte order. All zero, in a request, means any socket.
type inetDiagSockID struct {
	SourcePort [2]byte
	DestPort   [2]byte
	Source     [16]byte // an IPv4 address takes the first four
	Dest       [16]byte
	Interface  uint32
	Cookie     [2]uint32
}

// An inetDiagMessage is struct inet_diag_msg, one socket of the answer.
type inetDiagMessage struct {
	Family     uint8
	State      uint8
	Timer      uint8
	Retransmit uint8
	ID         inetDiagSockID
	Expires    uint32
	ReadQueue  uint32
	WriteQueue uint32
	UID        uint32
	Inode      uint32
}

func openSockDiag() (*sockDiag, error) {
	fd, err := syscall.Socket(syscall.AF_NETLINK,
		syscall.SOCK_RAW|syscall.SOCK_CLOEXEC, netlinkSockDiag)
	if err != nil {
		return nil, fmt.Errorf("runner: netlink: %w", err)
	}
	// The kernel answers at once; the limit is for kernels that only pretend.
	limit := syscall.NsecToTimeval(int64(time.Second))
	if err := syscall.SetsockoptTimeval(fd, syscall.SOL_SOCKET, syscall.SO_RCVTIMEO, &limit); err != nil {
		syscall.Close(fd)
		return nil, fmt.Errorf("runner: netlink: %w", err)
	}
	return &sockDiag{fd}, nil
}

func (d *sockDiag) close() { syscall.Close(d.fd) }

// listeners returns the TCP sockets in state LISTEN, of both families.
func (d *sockDiag) listeners() ([]listener, error) {
	found, err := d.dump(syscall.AF_INET, nil)
	if err != nil {
		return nil, err
	}
	return d.dump(syscall.AF_INET6, found)
}

// dump appends the listening sockets of one address family to found.
func (d *sockDiag) dump(addrFamily uint8, found []listener) ([]listener, error) {
	request := inetDiagRequest{
		Header: syscall.NlMsghdr{
			Type:  sockDiagByFamily,
			Flags: syscall.NLM_F_REQUEST | syscall.NLM_F_DUMP,
		},
		Family:   addrFamily,
		Protocol: syscall.IPPROTO_TCP,
		States:   1 << tcpListen,
	}
	request.Header.Len = uint32(unsafe.Sizeof(request))
	out, err := binary.Append(nil, binary.NativeEndian, &request)
	if err != nil {
		return nil, fmt.Errorf("runner: netlink: %w", err)
	}
	to := &syscall.SockaddrNetlink{Family: syscall.AF_NETLINK}
	if err := syscall.Sendto(d.fd, out, 0, to); err != nil {
		return nil, fmt.Errorf("runner: netlink: %w", err)
	}
	buf := make([]byte, 32<<10) // the kernel's own limit for a part of a dump
	for {
		n, _, err := syscall.Recvfrom(d.fd, buf, 0)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("runner: netlink: %w", err)
		}
		messages, err := syscall.ParseNetlinkMessage(buf[:n])
		if err != nil {
			return nil, fmt.Errorf("runner: netlink: %w", err)
		}
		for _, m := range messages {
			switch m.Header.Type {
			case syscall.NLMSG_DONE:
				return found, nil
			case syscall.NLMSG_ERROR:
				return nil, errors.New("runner: netlink: the kernel refuses the question")
			}
			l, err := parseDiag(m.Data)
			if err != nil {
				return nil, err
			}
			found = append(found, l)
		}
	}
}

func parseDiag(data []byte) (listener, error) {
	var m inetDiagMessage
	if _, err := binary.Decode(data, binary.NativeEndian, &m); err != nil {
		return listener{}, fmt.Errorf("runner: netlink: answer of %d bytes: %w", len(data), err)
	}
	ip := netip.AddrFrom16(m.ID.Source)
	if m.Family == syscall.AF_INET {
		ip = netip.AddrFrom4([4]byte(m.ID.Source[:4]))
	}
	port := binary.BigEndian.Uint16(m.ID.SourcePort[:])
	return listener{netip.AddrPortFrom(ip, port), uint64(m.Inode)}, nil
}
