package socket

import (
	"bytes"
	"errors"
	"net"
	"sync"
	"testing"
	"time"
)

func TestCloseWakes(t *testing.T) {
	conn, _ := accepted(t)
	full, _ := accepted(t)
	for _, c := range []struct {
		name string
		s    *Socket
		wait func(s *Socket) error
	}{
		{"accept", listening(t), accept},
		{"recv", conn, recv},
		{"send", full, func(s *Socket) error {
			return s.SendAll(make([]byte, 64<<20))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			done := make(chan error, 1)
			go func() { done <- c.wait(c.s) }()
			// Whether the call is inside yet or not, Close must end it.
			time.Sleep(20 * time.Millisecond)
			if err := c.s.Close(); err != nil {
				t.Error(err)
			}
			select {
			case err := <-done:
				if !errors.Is(err, net.ErrClosed) {
					t.Errorf("%v, want %v", err, net.ErrClosed)
				}
			case <-time.After(timeout):
				t.Fatal("still waiting")
			}
			if fd := c.s.Fileno(); fd != -1 {
				t.Errorf("a closed socket has the number %d", fd)
			}
			if name := c.s.GetSockName() + c.s.GetPeerName(); name != "" {
				t.Errorf("a closed socket has the name %s", name)
			}
		})
	}
}

func TestCloseTwiceAndAtOnce(t *testing.T) {
	s, _ := accepted(t)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			s.Recv(1)
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		all.Go(func() { s.Close() })
	}
	all.Wait()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// While sockets come and go, a descriptor's number is used again and again. No
// call of an old socket may reach the new one with its number.
func TestNumbersUsedAgain(t *testing.T) {
	l := listening(t)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for i := range 200 {
				c, err := New(AF_INET, SOCK_STREAM)
				if err != nil {
					t.Error(err)
					return
				}
				if err := c.Connect(l.GetSockName()); err != nil {
					t.Error(err)
					return
				}
				got := make(chan []byte, 1)
				go func() { b, _ := c.Recv(9); got <- b }()
				if i%2 == 0 {
					c.Close() // while the receive waits
					if b := <-got; b != nil {
						t.Errorf("a closed socket received %q", b)
					}
					continue
				}
				want := []byte(c.GetSockName())[10:]
				if err := c.SendAll(want); err != nil {
					t.Error(err)
				}
				if b := <-got; !bytes.Equal(b, want) {
					t.Errorf("received %q, want %q: someone else's", b, want)
				}
				c.Close()
			}
		})
	}
	go func() { // an echo
		for {
			s, _, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer s.Close()
				for {
					b, err := s.Recv(99)
					if err != nil || len(b) == 0 || s.SendAll(b) != nil {
						return
					}
				}
			}()
		}
	}()
	all.Wait()
}
