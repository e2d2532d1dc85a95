package runner

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"strings"
)

// procListeners reads what sockDiag asks for from /proc/net/tcp and tcp6, where
// netlink is refused. A machine without IPv6 has no tcp6.
func procListeners() ([]listener, error) {
	four, err := os.ReadFile("/proc/net/tcp")
	if err != nil {
		return nil, err
	}
	six, _ := os.ReadFile("/proc/net/tcp6")
	return append(parseProcNet(string(four)), parseProcNet(string(six))...), nil
}

// parseProcNet finds the listening sockets in such a table. Its columns are
// number, local address, remote address, state, …, inode (the tenth); lines
// that do not fit, such as the heading, are passed over.
func parseProcNet(table string) []listener {
	var found []listener
	for line := range strings.Lines(table) {
		fields := strings.Fields(line)
		if len(fields) < 10 || fields[3] != "0A" { // 0A: LISTEN
			continue
		}
		addr, err := parseProcAddr(fields[1])
		if err != nil {
			continue
		}
		inode, err := strconv.ParseUint(fields[9], 10, 64)
		if err != nil {
			continue
		}
		found = append(found, listener{addr, inode})
	}
	return found
}

// parseProcAddr reads "0100007F:1F90", which is 127.0.0.1:8080. The address is
// printed in words of four bytes, each as a number in the machine's own order;
// the port is a plain number.
func parseProcAddr(s string) (netip.AddrPort, error) {
	host, port, _ := strings.Cut(s, ":")
	n, err := strconv.ParseUint(port, 16, 16)
	if err != nil {
		return netip.AddrPort{}, fmt.Errorf("runner: port: %q", s)
	}
	b, err := hex.DecodeString(host)
	if err != nil {
		return netip.AddrPort{}, fmt.Errorf("runner: address: %q", s)
	}
	for word := range slices.Chunk(b, 4) {
		if len(word) == 4 {
			binary.NativeEndian.PutUint32(word, binary.BigEndian.Uint32(word))
		}
	}
	ip, ok := netip.AddrFromSlice(b)
	if !ok {
		return netip.AddrPort{}, fmt.Errorf("runner: address: %q", s)
	}
	return netip.AddrPortFrom(ip, uint16(n)), nil
}
