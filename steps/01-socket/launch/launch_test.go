package launch

import (
	"errors"
	"fmt"
	"net"
	"os"
	"runtime"
	"syscall"
	"testing"
	"time"
)

func TestListenError(t *testing.T) {
	other := errors.New("another error")
	windows := fmt.Errorf("listen: %w", os.NewSyscallError("bind", syscall.Errno(10048)))
	const taken = "port 8000 is taken, perhaps by your last run: " +
		"stop that one, or choose -addr localhost:8001"
	for _, c := range []struct {
		err  error
		addr string
		want string
	}{
		{syscall.EADDRINUSE, "localhost:8000", taken},
		{windows, "localhost:8000", taken},
		{other, "localhost:8000", "another error"},
	} {
		if got := ListenError(c.err, c.addr); got.Error() != c.want {
			t.Errorf("%v: %q, want %q", c.err, got, c.want)
		}
	}

	// What this system really returns.
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, err = net.Listen("tcp", l.Addr().String())
	if got := ListenError(err, l.Addr().String()); got == err {
		t.Errorf("a taken port is not told as one: %v", got)
	}
}

// The first signal calls stop, and only the first: a second that comes
// meanwhile neither calls it again nor ends the program.
func TestOnInterrupt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no signal that a test could send")
	}
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	stops := make(chan struct{}, 2)
	finish := make(chan struct{})
	OnInterrupt(func() { stops <- struct{}{}; <-finish })
	defer close(finish)
	for _, s := range []os.Signal{syscall.SIGTERM, os.Interrupt} {
		if err := self.Signal(s); err != nil {
			t.Fatal(err)
		}
		if s == syscall.SIGTERM {
			select {
			case <-stops:
			case <-time.After(10 * time.Second):
				t.Fatal("stop was not called")
			}
		}
	}
	if len(stops) > 0 {
		t.Error("stop was called twice")
	}
}
