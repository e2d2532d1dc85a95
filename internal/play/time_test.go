package play

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// inBubble plays a file in a bubble of package synctest, where time passes at
// once and to the nanosecond, against a server that serves one connection after
// the other: the first by the first function, the last ones by the last. A
// connection is closed when its function returns.
func inBubble(t *testing.T, file string, serve []func(c net.Conn), check func(t *testing.T, tr *Transcript)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		conns, done := make(chan net.Conn), make(chan struct{})
		go func() {
			defer close(done)
			i := 0
			for c := range conns {
				serve[min(i, len(serve)-1)](c)
				c.Close()
				i++
			}
		}()
		p := &Player{Dial: func(ctx context.Context) (net.Conn, error) {
			client, server := net.Pipe()
			select {
			case conns <- server:
				return client, nil
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}}
		tr, err := p.Play(t.Context(), parse(t, head+file))
		close(conns)
		<-done
		if err != nil {
			t.Fatal(err)
		}
		check(t, tr)
	})
}

// says answers a request with parts, a moment before each, and waits for the
// client to close.
func says(wait time.Duration, parts ...string) func(c net.Conn) {
	return func(c net.Conn) {
		readRequest(c)
		for _, part := range parts {
			time.Sleep(wait)
			io.WriteString(c, part)
		}
		io.Copy(io.Discard, c)
	}
}

// silent reads and says nothing.
func silent(c net.Conn) { io.Copy(io.Discard, c) }

func TestDefaultTimeout(t *testing.T) {
	inBubble(t, get+await+"-- close --\n", []func(net.Conn){silent, says(0, yes)}, func(t *testing.T, tr *Transcript) {
		if a := tr.Turns[0]; a.Took != 5*time.Second || a.End != Silent {
			t.Errorf("waited %v for a silent server, %v", a.Took, a.End)
		}
		if a := tr.Turns[1]; a.Took > 50*time.Millisecond {
			t.Errorf("waited %v again", a.Took)
		}
		if !tr.Alive {
			t.Error("the next client was served")
		}
	})
}

// A server that has answered and keeps the connection open gets two seconds to
// close it.
func TestCloseTimeout(t *testing.T) {
	inBubble(t, get+await+"-- close --\n", []func(net.Conn){says(0, yes)}, func(t *testing.T, tr *Transcript) {
		if a := tr.Turns[1]; a.Took != 2*time.Second || a.End != Silent {
			t.Errorf("waited %v for the close, %v", a.Took, a.End)
		}
	})
}

// Bytes too many are seen if each comes within 50 ms of the one before.
func TestAwaitMore(t *testing.T) {
	for wait, due := range map[time.Duration]string{40 * time.Millisecond: yes + "ab", 60 * time.Millisecond: yes} {
		serve := func(c net.Conn) {
			readRequest(c)
			io.WriteString(c, yes)
			for _, extra := range []string{"a", "b"} {
				time.Sleep(wait)
				io.WriteString(c, extra)
			}
			silent(c)
		}
		inBubble(t, get+await, []func(net.Conn){serve, says(0, yes)}, func(t *testing.T, tr *Transcript) {
			if got := string(tr.Turns[0].Got); got != due {
				t.Errorf("%v apart: got %q", wait, got)
			}
		})
	}
}

func TestCutPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, server := net.Pipe()
		var parts []string
		var times []time.Time
		go func() {
			buf := make([]byte, 100)
			for range 2 {
				n, _ := server.Read(buf)
				parts, times = append(parts, string(buf[:n])), append(times, time.Now())
			}
			io.WriteString(server, yes)
			server.Close()
		}()
		p := &Player{Cut: 3, NoProbe: true, Dial: func(context.Context) (net.Conn, error) { return client, nil }}
		if _, err := p.Play(t.Context(), parse(t, head+get+await)); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(parts, "|"); got != "GET| / HTTP/1.1\r\n\r\n" || times[1].Sub(times[0]) != 20*time.Millisecond {
			t.Errorf("got %q at %v", got, times)
		}
	})
}

// A server that reads nothing is not written to for longer than one response
// may take.
func TestWriteTimeout(t *testing.T) {
	stuck := func(c net.Conn) { time.Sleep(time.Minute) }
	inBubble(t, get+await, []func(net.Conn){stuck, says(0, yes)}, func(t *testing.T, tr *Transcript) {
		if a := tr.Turns[0]; !errors.Is(a.SendErr, os.ErrDeadlineExceeded) || len(a.Sent) > 0 || a.Took != 10*time.Second {
			t.Errorf("%v, %d bytes sent, %v", a.SendErr, len(a.Sent), a.Took)
		}
	})
}

func TestDialTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		p := &Player{NoProbe: true, Dial: func(ctx context.Context) (net.Conn, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}}
		tr, err := p.Play(t.Context(), parse(t, head+get+await))
		if err != nil || tr.Turns[0].End != Refused || time.Since(began) != 5*time.Second {
			t.Errorf("%+v, %v after %v", tr, err, time.Since(began))
		}
	})
}

// An interim response leaves its request to the final one: here a HEAD, whose
// response has no content, so that nothing more is waited for.
func TestInterimHead(t *testing.T) {
	const file = "-- request --\nHEAD / HTTP/1.1\n\n-- response --\nHTTP/1.1 100 Continue\n\n-- response --\nHTTP/1.1 200 OK\nContent-Length: 3\n\nbody: *\n"
	inBubble(t, file, []func(net.Conn){says(0, "HTTP/1.1 100 Continue\r\n\r\n", strings.TrimSuffix(yes, "Yes")), says(0, yes)},
		func(t *testing.T, tr *Transcript) {
			if a := tr.Turns[1]; a.End != Open || a.Took > time.Second {
				t.Errorf("%v after %v", a.End, a.Took)
			}
		})
}

// TestProbeRequest has what every server is asked in the end, when all other
// connections are closed.
func TestProbeRequest(t *testing.T) {
	var asked string
	probed := func(c net.Conn) {
		asked = readRequest(c)
		io.WriteString(c, yes)
	}
	inBubble(t, get+await, []func(net.Conn){says(0, yes), probed}, func(t *testing.T, tr *Transcript) {
		if asked != "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" || !tr.Alive {
			t.Errorf("asked %q, alive %v", asked, tr.Alive)
		}
	})
}

// A broken connection fails each write with an error and then reads as closed.
type broken struct {
	net.Conn
	err error
}

func (b broken) Write([]byte) (int, error)        { return 0, b.err }
func (b broken) Read([]byte) (int, error)         { return 0, io.EOF }
func (b broken) SetWriteDeadline(time.Time) error { return nil }
func (b broken) Close() error                     { return nil }

// What a write learns of a reset no read is told again.
func TestResetMetByWrite(t *testing.T) {
	for err, due := range map[error]End{syscall.EPIPE: WasReset, syscall.ECONNRESET: WasReset, io.ErrClosedPipe: Closed} {
		p := &Player{NoProbe: true, Dial: func(context.Context) (net.Conn, error) { return broken{err: err}, nil }}
		tr, playErr := p.Play(t.Context(), parse(t, head+get+await))
		if playErr != nil || tr.Turns[0].End != due || tr.Turns[0].SendErr != err {
			t.Errorf("%v: %+v, %v", err, tr, playErr)
		}
	}
}
