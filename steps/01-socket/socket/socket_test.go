package socket

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// timeout bounds every wait of these tests. None of them should need it.
const timeout = 10 * time.Second

// listening returns a listener on a free port of this machine.
func listening(t *testing.T) *Socket {
	t.Helper()
	s := fresh(t)
	if err := errors.Join(s.Bind("localhost:0"), s.Listen(8)); err != nil {
		t.Fatal(err)
	}
	return s
}

func fresh(t *testing.T) *Socket {
	t.Helper()
	s, err := New(AF_INET, SOCK_STREAM)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// accepted returns both ends of a connection: ours, and package net's.
func accepted(t *testing.T) (*Socket, *net.TCPConn) {
	t.Helper()
	l := listening(t)
	peer, err := net.Dial("tcp4", l.GetSockName())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { peer.Close() })
	peer.SetDeadline(time.Now().Add(timeout))
	s, from, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if from != peer.LocalAddr().String() || s.GetPeerName() != from {
		t.Fatalf("accepted %s, peer name %s, want %v",
			from, s.GetPeerName(), peer.LocalAddr())
	}
	return s, peer.(*net.TCPConn)
}

func TestBothEnds(t *testing.T) {
	l := listening(t)
	type result struct {
		got []byte
		err error
	}
	done := make(chan result, 1)
	go func() { // the server
		s, _, err := l.Accept()
		if err != nil {
			done <- result{err: err}
			return
		}
		defer s.Close()
		var got []byte
		for {
			part, err := s.Recv(4)
			if err != nil || len(part) == 0 {
				done <- result{got, errors.Join(err, s.SendAll([]byte("Yes")))}
				return
			}
			got = append(got, part...)
		}
	}()
	c := fresh(t)
	c.SetTimeout(timeout)
	if err := c.Connect(l.GetSockName()); err != nil {
		t.Fatal(err)
	}
	if c.GetPeerName() != l.GetSockName() || c.GetSockName() == "" {
		t.Errorf("names: %q to %q", c.GetSockName(), c.GetPeerName())
	}
	if n, err := c.Send([]byte("can you hear me?")); n != 16 || err != nil {
		t.Errorf("Send = %d, %v", n, err)
	}
	if err := c.Shutdown(SHUT_WR); err != nil {
		t.Error(err)
	}
	reply, err := c.Recv(1024)
	if string(reply) != "Yes" || err != nil {
		t.Errorf("Recv = %q, %v", reply, err)
	}
	end, err := c.Recv(1024)
	if end == nil || len(end) != 0 || err != nil {
		t.Errorf("Recv at the end = %#v, %v; want an empty slice", end, err)
	}
	if r := <-done; string(r.got) != "can you hear me?" || r.err != nil {
		t.Errorf("the server got %q, %v", r.got, r.err)
	}
}

// The notes take the empty host for this machine. It is every interface.
func TestBindEveryInterface(t *testing.T) {
	s := fresh(t)
	if err := errors.Join(s.Bind(":0"), s.Listen(1)); err != nil {
		t.Fatal(err)
	}
	if got := s.GetSockName(); !strings.HasPrefix(got, "0.0.0.0:") {
		t.Errorf("bound to %s, want 0.0.0.0", got)
	}
	l := listening(t)
	if got := l.GetSockName(); !strings.HasPrefix(got, "127.0.0.1:") {
		t.Errorf("localhost is %s, want 127.0.0.1", got)
	}
}

// A server that has ended leaves connections behind: here one that is still
// open; as a rule one that it closed first, which the system keeps for a minute
// (TIME_WAIT). The server cannot listen there again at once, unless it asked
// for SO_REUSEADDR, this time and, on Linux, the time before.
func TestReuseAddrIsYoursToAskFor(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("on Windows the option means something else")
	}
	for _, reuse := range []bool{false, true} {
		first := server(t, "localhost:0", reuse)
		if first == nil {
			t.Fatal("no free port")
		}
		addr := first.GetSockName()
		leaveOne(t, first)
		first.Close()
		if again := server(t, addr, reuse) != nil; again != reuse {
			t.Errorf("SO_REUSEADDR %v: bound again %v", reuse, again)
		}
	}
}

// server is a listener on addr, or nil where that is in use.
func server(t *testing.T, addr string, reuse bool) *Socket {
	t.Helper()
	s := fresh(t)
	if reuse {
		if err := s.SetSockOpt(SOL_SOCKET, SO_REUSEADDR, 1); err != nil {
			t.Fatal(err)
		}
	}
	err := errors.Join(s.Bind(addr), s.Listen(1))
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// leaveOne makes a connection that outlives the listener.
func leaveOne(t *testing.T, l *Socket) {
	t.Helper()
	peer, err := net.Dial("tcp4", l.GetSockName())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { peer.Close() })
	s, _, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
}

func TestSendIsPartialAndSendAllIsNot(t *testing.T) {
	big := bytes.Repeat([]byte("0123456789"), 1_000_000)

	s, peer := accepted(t)
	s.SetTimeout(50 * time.Millisecond)
	n, err := s.Send(big) // nobody reads
	if err != nil || n == 0 || n == len(big) {
		t.Errorf("Send to one who does not read = %d, %v; want a part", n, err)
	}
	if err := s.SendAll(big[n:]); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("SendAll to one who does not read: %v, want a timeout", err)
	}
	peer.Close()

	s, peer = accepted(t)
	s.SetTimeout(timeout)
	got := make(chan []byte, 1)
	go func() { // a slow reader: small sips
		var all bytes.Buffer
		sip := make([]byte, 1000)
		for {
			n, err := peer.Read(sip)
			all.Write(sip[:n])
			if err != nil {
				break
			}
		}
		got <- all.Bytes()
	}()
	if err := s.SendAll(big); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if b := <-got; !bytes.Equal(b, big) {
		t.Errorf("%d bytes came, want %d, and the same", len(b), len(big))
	}
}

// A peer that has gone makes an error, not a signal that ends the process.
func TestSendToTheGone(t *testing.T) {
	s, peer := accepted(t)
	peer.SetLinger(0)
	peer.Close()
	s.SetTimeout(timeout)
	s.Recv(1) // the reset has arrived
	for range 3 {
		if _, err := s.Send([]byte("anyone?")); err == nil {
			t.Error("Send to a reset connection succeeded")
		}
	}
}

// Close with unread input resets, as Python's does: the stages before the
// close that reads on show it.
func TestCloseWithUnreadInputResets(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("what a close with unread input does is shown on Linux")
	}
	s, peer := accepted(t)
	if _, err := peer.Write([]byte("more than you read")); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Recv(1); string(got) != "m" || err != nil {
		t.Fatal(got, err)
	}
	s.Close()
	if _, err := io.ReadAll(peer); !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("the peer saw %v, want a reset", err)
	}
}
