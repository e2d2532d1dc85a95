//go:build linux && !socketnet

package socket

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// Close returns when the last call that uses the number has: then it is free.
func TestCloseWaitsForItsUsers(t *testing.T) {
	s := listening(t)
	inside, leave := make(chan struct{}), make(chan struct{})
	go s.fd.use(func(int) error { close(inside); <-leave; return nil })
	<-inside
	closed := make(chan error, 1)
	go func() { closed <- s.Close() }()
	select {
	case err := <-closed:
		t.Errorf("closed under a call that uses it: %v", err)
		close(leave)
	case <-time.After(50 * time.Millisecond):
		close(leave)
		if err := <-closed; err != nil {
			t.Error(err)
		}
	}
}

// open counts this process's descriptors.
func open(t *testing.T) int {
	t.Helper()
	for _, dir := range []string{"/proc/self/fd", "/dev/fd"} {
		if names, err := os.ReadDir(dir); err == nil {
			return len(names)
		}
	}
	t.Skip("this system does not list a process's descriptors")
	return 0
}

func TestNoDescriptorIsLost(t *testing.T) {
	l := listening(t)
	before := open(t)
	for i := range 1000 {
		c, err := New(AF_INET, SOCK_STREAM)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Connect(l.GetSockName()); err != nil {
			t.Fatal(err)
		}
		s, _, err := l.Accept()
		if err != nil {
			t.Fatal(err)
		}
		if i%4 == 0 { // closed in mid-call, too
			done := make(chan struct{})
			go func() { s.Recv(1); close(done) }()
			s.Close()
			<-done
		}
		c.Close()
		s.Close()
	}
	if after := open(t); after > before {
		t.Errorf("%d descriptors before, %d after", before, after)
	}
}

// A program that we start does not get our sockets.
func TestNotInherited(t *testing.T) {
	conn, _ := accepted(t)
	for _, s := range []*Socket{fresh(t), conn} {
		if childHas(s.Fileno()) {
			t.Errorf("a child has descriptor %d", s.Fileno())
		}
	}
	if !childHas(0) {
		t.Error("a child has no descriptor 0: the test tells nothing")
	}
}

// childHas says whether descriptor fd is open in a program that we start.
func childHas(fd int) bool {
	test := "test -e /dev/fd/" + strconv.Itoa(fd)
	return exec.Command("sh", "-c", test).Run() == nil
}

// interrupted makes a call in a thread of its own and sends that thread SIGURG,
// at every such interval, until the call returns. The runtime uses the same signal and
// takes no notice; a system call with a time limit returns EINTR.
func interrupted(every time.Duration, call func() error) error {
	thread, done := make(chan int), make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		thread <- syscall.Gettid()
		done <- call()
	}()
	number := <-thread
	for {
		select {
		case err := <-done:
			return err
		case <-time.After(every):
			syscall.Tgkill(os.Getpid(), number, syscall.SIGURG)
		}
	}
}

func TestSignalsDoNotShow(t *testing.T) {
	// With a time limit set, the system restarts no call by itself.
	const limit, often = 100 * time.Millisecond, 100 * time.Microsecond

	t.Run("a timeout is not cut short, nor stretched", func(t *testing.T) {
		s, _ := accepted(t)
		s.SetTimeout(limit)
		start := time.Now()
		err := interrupted(often, func() error { return recv(s) })
		took := time.Since(start)
		if !errors.Is(err, os.ErrDeadlineExceeded) || took < limit || took > 10*limit {
			t.Errorf("after %v: %v; want a timeout after %v", took, err, limit)
		}
	})
	t.Run("accept and recv", func(t *testing.T) {
		l := listening(t)
		l.SetTimeout(timeout)
		time.AfterFunc(limit, func() {
			if c, err := net.Dial("tcp4", l.GetSockName()); err == nil {
				time.AfterFunc(limit, func() { c.Write([]byte("hello")); c.Close() })
			}
		})
		err := interrupted(often, func() error {
			s, _, err := l.Accept()
			if err != nil {
				return err
			}
			defer s.Close()
			s.SetTimeout(timeout)
			got, err := s.Recv(5)
			if err == nil && string(got) != "hello" {
				err = fmt.Errorf("got %q", got)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
	t.Run("connect", func(t *testing.T) {
		l := listening(t)
		for range 200 {
			c := fresh(t)
			c.SetTimeout(timeout)
			err := interrupted(often, func() error { return c.Connect(l.GetSockName()) })
			if err != nil {
				t.Fatal(err)
			}
			c.Close()
			if s, _, err := l.Accept(); err == nil {
				s.Close()
			}
		}
	})
	t.Run("connect to a full queue", func(t *testing.T) {
		l := fullQueue(t)
		time.AfterFunc(limit, func() {
			for range 2 {
				if s, _, err := l.Accept(); err == nil {
					defer s.Close()
				}
			}
		})
		c := fresh(t)
		c.SetTimeout(timeout)
		err := interrupted(often, func() error { return c.Connect(l.GetSockName()) })
		if err != nil {
			t.Error(err)
		}
	})
	t.Run("sendall", func(t *testing.T) {
		s, peer := accepted(t)
		s.SetTimeout(timeout)
		big := bytes.Repeat([]byte("abc"), 3<<20)
		got := make(chan []byte, 1)
		go func() { b, _ := io.ReadAll(peer); got <- b }()
		if err := interrupted(often, func() error { return s.SendAll(big) }); err != nil {
			t.Fatal(err)
		}
		s.Close()
		if b := <-got; !bytes.Equal(b, big) {
			t.Errorf("%d bytes came, want %d", len(b), len(big))
		}
	})
}

// fullQueue returns a listener to which no further connection is completed.
func fullQueue(t *testing.T) *Socket {
	t.Helper()
	l := fresh(t)
	if err := errors.Join(l.Bind("localhost:0"), l.Listen(0)); err != nil {
		t.Fatal(err)
	}
	c := fresh(t)
	c.SetTimeout(timeout)
	if err := c.Connect(l.GetSockName()); err != nil { // Linux adds one
		t.Fatal(err)
	}
	return l
}

// A connect that is interrupted waits on, and has then what is left of its time.
func TestConnectTimesOut(t *testing.T) {
	l := fullQueue(t)
	for _, every := range []time.Duration{time.Hour, 30 * time.Millisecond} {
		c := fresh(t)
		c.SetTimeout(50 * time.Millisecond)
		start := time.Now()
		err := interrupted(every, func() error { return c.Connect(l.GetSockName()) })
		took := time.Since(start)
		if !errors.Is(err, os.ErrDeadlineExceeded) || took > timeout/2 {
			t.Errorf("after %v: %v, want a timeout", took, err)
		}
	}
}

// The system completes as many connections as Listen was told, and one more,
// before any is accepted.
func TestBacklog(t *testing.T) {
	l := listening(t)
	for range 9 {
		c := fresh(t)
		c.SetTimeout(timeout)
		if err := c.Connect(l.GetSockName()); err != nil {
			t.Fatal(err)
		}
	}
}

// An old limit left in the system would wake a call again and again that has
// none. That costs time of the processor, and this is where it shows.
func TestOldLimitsAreTakenAway(t *testing.T) {
	l := listening(t)
	l.SetTimeout(time.Millisecond)
	if _, _, err := l.Accept(); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Fatal(err)
	}
	for range 20 {
		peer, err := net.Dial("tcp4", l.GetSockName())
		if err != nil {
			t.Fatal(err)
		}
		defer peer.Close()
		l.SetTimeout(2 * time.Millisecond)
		s, _, err := l.Accept()
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		go s.Recv(1)
	}
	switches := func() int64 {
		var use syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
			t.Fatal(err)
		}
		return use.Nvcsw
	}
	before := switches()
	time.Sleep(500 * time.Millisecond)
	if woken := switches() - before; woken > 500 {
		t.Errorf("20 calls without a limit woke %d times in half a second", woken)
	}
}
