package wire

import (
	"net"
	"strconv"
	"strings"
	"testing"
)

func TestListenOnBothAddresses(t *testing.T) {
	r := newHarness(t)
	hosts := []string{"127.0.0.1"}
	if len(r.tap.listeners) == 2 {
		hosts = append(hosts, "::1")
	} else {
		t.Log("there is no ::1 here")
	}
	for _, host := range hosts {
		client := dialTo(t, net.JoinHostPort(host, strconv.Itoa(r.tap.port)))
		server, err := r.backend.AcceptTCP()
		if err != nil {
			t.Fatal(err)
		}
		send(t, client, "to "+host)
		receive(t, server, "to "+host)
		server.Close()
	}
	if want := "localhost:" + strconv.Itoa(r.tap.port); r.tap.Addr() != want {
		t.Errorf("address %s, want %s", r.tap.Addr(), want)
	}
}

func TestListenTakesTheNextPort(t *testing.T) {
	taken, err := listenOne("127.0.0.1", 0)
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	tap, err := Listen(portOf(taken))
	if err != nil {
		t.Fatal(err)
	}
	defer tap.Close()
	if tap.port <= portOf(taken) || tap.port > portOf(taken)+20 {
		t.Errorf("port %d, want one of the 20 after %d", tap.port, portOf(taken))
	}

	// A row of taken ports is passed by, one of twenty-one and no longer.
	const tries = 20
	for attempt := 0; ; attempt++ {
		first, row := takeRow(t, tries+1)
		if row == nil && attempt < 20 {
			continue
		}
		if row == nil {
			t.Skip("there is no row of free ports here")
		}
		if tap, err := Listen(first); err == nil {
			tap.Close()
			t.Errorf("port %d after a row of %d taken ports", tap.port, tries+1)
		}
		row[tries].Close()
		tap, err := Listen(first)
		for _, l := range row {
			l.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		tap.Close()
		break
	}

	// A stranger on ::1 alone makes the port as taken as one on 127.0.0.1.
	six, err := listenOne("::1", 0)
	if err != nil {
		t.Skip("there is no ::1 here")
	}
	defer six.Close()
	other, err := Listen(portOf(six))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if other.port == portOf(six) {
		t.Errorf("the tap shares port %d with a stranger", other.port)
	}
	four, err := listenOne("127.0.0.1", portOf(six))
	if err != nil {
		t.Fatalf("the tap keeps half of a port that it does not use: %v", err)
	}
	four.Close()
}

// takeRow takes n ports in a row; it returns nothing if one of them is taken.
func takeRow(t *testing.T, n int) (first int, row []*net.TCPListener) {
	for range n {
		port := 0
		if len(row) > 0 {
			port = first + len(row)
		}
		l, err := listenOne("127.0.0.1", port)
		if err != nil {
			for _, l := range row {
				l.Close()
			}
			return 0, nil
		}
		row = append(row, l)
		first = portOf(row[0])
	}
	return first, row
}

func TestListenErrors(t *testing.T) {
	for _, port := range []int{-1, 65536} {
		if tap, err := Listen(port); err == nil {
			tap.Close()
			t.Errorf("port %d was accepted", port)
		} else if want := "wire: listen: port " + strconv.Itoa(port); !strings.HasPrefix(err.Error(), want) {
			t.Errorf("error %q, want %q…", err, want)
		}
	}
	last, err := listenOne("127.0.0.1", 65535)
	if err != nil {
		t.Skipf("port 65535 cannot be taken here: %v", err)
	}
	defer last.Close()
	if tap, err := Listen(65535); err == nil {
		tap.Close()
		t.Error("a taken port without any after it was accepted")
	}
}
