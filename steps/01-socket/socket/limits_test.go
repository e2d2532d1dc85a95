package socket

import (
	"errors"
	"net"
	"os"
	"testing"
	"time"
)

func accept(s *Socket) error { _, _, err := s.Accept(); return err }

func recv(s *Socket) error { return second(s.Recv(1)) }

func TestTimeouts(t *testing.T) {
	const d = 30 * time.Millisecond
	conn, peer := accepted(t)
	full, _ := accepted(t)
	for _, c := range []struct {
		name string
		s    *Socket
		call func(s *Socket) error
	}{
		{"accept", listening(t), accept},
		{"recv", conn, recv},
		{"sendall", full, func(s *Socket) error {
			return s.SendAll(make([]byte, 64<<20)) // nobody reads
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.s.SetTimeout(d)
			defer c.s.SetTimeout(0)
			start := time.Now()
			err := c.call(c.s)
			if !errors.Is(err, os.ErrDeadlineExceeded) {
				t.Errorf("%v, want a timeout", err)
			}
			if took := time.Since(start); took < d {
				t.Errorf("gave up after %v, want %v at least", took, d)
			}
		})
	}
	// Without a limit again: the same socket waits as long as it must.
	time.AfterFunc(3*d, func() { peer.Write([]byte("x")) })
	if got, err := conn.Recv(1); string(got) != "x" || err != nil {
		t.Errorf("Recv after the limit was lifted = %q, %v", got, err)
	}
}

// Linux hands the listener's limit on to every connection. Ours do not keep it.
func TestLimitOfTheListenerStaysThere(t *testing.T) {
	l := listening(t)
	l.SetTimeout(30 * time.Millisecond)
	peer, err := net.Dial("tcp4", l.GetSockName())
	if err != nil {
		t.Fatal(err)
	}
	defer peer.Close()
	s, _, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	time.AfterFunc(100*time.Millisecond, func() { peer.Write([]byte("late")) })
	if got, err := s.Recv(4); string(got) != "late" || err != nil {
		t.Errorf("Recv = %q, %v", got, err)
	}
}

// A byte now and then does not stretch a deadline, though each of them begins a
// new receive; it does stretch a timeout, which is one call's.
func TestDeadlineIsAbsolute(t *testing.T) {
	const drip, limit = 10 * time.Millisecond, 500 * time.Millisecond
	for _, c := range []struct {
		name string
		set  func(s *Socket)
		want bool // to be cut off
	}{
		{"deadline", func(s *Socket) {
			s.SetDeadline(time.Now().Add(limit))
		}, true},
		{"timeout", func(s *Socket) { s.SetTimeout(limit) }, false},
		{"both", func(s *Socket) {
			s.SetTimeout(timeout)
			s.SetDeadline(time.Now().Add(limit))
		}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, peer := accepted(t)
			stop := make(chan struct{})
			defer close(stop)
			go func() {
				tick := time.NewTicker(drip)
				defer tick.Stop()
				for {
					select {
					case <-stop:
						return
					case <-tick.C:
						peer.Write([]byte("."))
					}
				}
			}()
			c.set(s)
			start := time.Now()
			var err error
			for err == nil && time.Since(start) < 3*limit/2 {
				_, err = s.Recv(1)
			}
			if cut := errors.Is(err, os.ErrDeadlineExceeded); cut != c.want {
				t.Errorf("after %v: %v, want cut off: %v", time.Since(start), err, c.want)
			}
		})
	}
}

func TestDeadlineInThePast(t *testing.T) {
	s, _ := accepted(t)
	s.SetDeadline(time.Now().Add(-time.Second))
	if _, err := s.Recv(1); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("Recv: %v, want a timeout", err)
	}
	if err := s.SendAll([]byte("x")); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("SendAll: %v, want a timeout", err)
	}
}
