//go:build (linux || darwin) && !socketnet

package socket

import (
	"net"
	"os"
	"syscall"
	"time"
)

// A way is the direction in which a call may wait.
type way int

const (
	receiving way = iota
	sending
	atOnce // does not wait
)

// never is the end of time for a call without a limit.
var never time.Time

// limits are a socket's time limits. The guard's mutex protects them.
type limits struct {
	timeout  time.Duration // for one call
	deadline time.Time     // for all
	limited  bool          // the system may hold a limit, perhaps an old one
}

// until is the moment at which a call that begins now gives up.
func (s *Socket) until() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.timeout <= 0 {
		return s.deadline
	}
	t := time.Now().Add(s.timeout)
	if !s.deadline.IsZero() && s.deadline.Before(t) {
		return s.deadline
	}
	return t
}

// call makes one system call with the descriptor held, and makes it again when
// it was cut short before its time.
func (s *Socket) call(w way, until time.Time, f func(fd int) error) error {
	fd, err := s.hold()
	if err != nil {
		return err
	}
	defer s.release()
	for {
		if err := s.arm(fd, w, until); err != nil {
			return err
		}
		switch err := f(fd); {
		case err == nil:
			return nil
		case s.isClosed():
			return net.ErrClosed
		case w != atOnce && cutShort(err):
			// A signal, or the limit as the system counts it: arm decides
			// whether time is up, and sets what is left of it.
		default:
			return err
		}
	}
}

// cutShort says that a call has not failed, only not finished. EINTR: a signal
// came. The Go runtime sends itself many, and a call with a time limit is never
// restarted by the system. EAGAIN and EINPROGRESS: the system's limit is over.
func cutShort(err error) bool {
	return err == syscall.EINTR || err == syscall.EAGAIN ||
		err == syscall.EINPROGRESS || err == syscall.EALREADY
}

// arm tells the system how long the next call may wait: what is left until the
// given moment, worked out anew each time.
func (s *Socket) arm(fd int, w way, until time.Time) error {
	if w == atOnce || !s.isLimited() {
		return nil
	}
	var left time.Duration // to the system, 0 is no limit
	if !until.IsZero() {
		left = time.Until(until)
		if left <= 0 {
			return os.ErrDeadlineExceeded
		}
		left = max(left, time.Microsecond) // its smallest unit
	}
	option := syscall.SO_RCVTIMEO
	if w == sending {
		option = syscall.SO_SNDTIMEO
	}
	tv := syscall.NsecToTimeval(left.Nanoseconds())
	return syscall.SetsockoptTimeval(fd, SOL_SOCKET, option, &tv)
}

func (s *Socket) isLimited() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.limited
}
