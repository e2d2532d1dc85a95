package play

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"example/wirebook/internal/exchange"
	"example/wirebook/internal/visible"
)

const (
	head = "title: a title\nwhy: A sentence.\n"
	get  = "-- request --\nGET / HTTP/1.1\n\n"
)

func parse(t testing.TB, file string) *exchange.Exchange {
	t.Helper()
	x, err := exchange.Parse("page.txtar", []byte(file), nil)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// A handler is a server's side of one connection. It closes when it returns.
type handler func(c *net.TCPConn)

// serve starts a server whose first connection gets the first handler, and so
// on; the last one serves all that follow. It returns a player for it.
func serve(t testing.TB, handlers ...handler) *Player {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	t.Cleanup(func() {
		l.Close()
		all.Wait()
	})
	all.Go(func() {
		for i := 0; ; i++ {
			c, err := l.Accept()
			if err != nil {
				return
			}
			c.SetDeadline(time.Now().Add(10 * time.Second))
			h := handlers[min(i, len(handlers)-1)]
			all.Go(func() {
				defer c.Close()
				h(c.(*net.TCPConn))
			})
		}
	})
	return &Player{Dial: Dial(l.Addr().String()), Timeout: 5 * time.Second}
}

// readRequest reads a request up to its empty line, or to the end.
func readRequest(c net.Conn) string {
	var b []byte
	buf := make([]byte, 1)
	for !strings.HasSuffix(string(b), "\r\n\r\n") {
		n, err := c.Read(buf)
		b = append(b, buf[:n]...)
		if err != nil {
			break
		}
	}
	return string(b)
}

// answer reads a request and writes parts, a write each.
func answer(parts ...string) handler {
	return func(c *net.TCPConn) {
		readRequest(c)
		for _, p := range parts {
			io.WriteString(c, p)
		}
	}
}

// hold answers and keeps the connection open until the client closes it.
func hold(parts ...string) handler {
	return func(c *net.TCPConn) {
		answer(parts...)(c)
		io.Copy(io.Discard, c)
	}
}

// cutOff answers and resets.
func cutOff(parts ...string) handler {
	return func(c *net.TCPConn) {
		answer(parts...)(c)
		c.SetLinger(0)
	}
}

func playFile(t testing.TB, p *Player, file string) *Transcript {
	t.Helper()
	tr, err := p.Play(t.Context(), parse(t, head+file))
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// turns is what a test compares of a transcript.
func turns(tr *Transcript) string {
	var list []string
	for _, turn := range tr.Turns {
		list = append(list, visible.Bytes(turn.Sent)+" → "+visible.Bytes(turn.Got)+" "+turn.End.String())
	}
	return strings.Join(list, "\n")
}

const (
	sentGet = "GET / HTTP/1.1␍␊␍␊"
	yes     = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nYes"
	sawYes  = "HTTP/1.1 200 OK␍␊Content-Length: 3␍␊␍␊Yes"
	await   = "-- response --\nHTTP/1.1 200 OK\nContent-Length: 3\n\nYes^D\n"
)

func TestPlayTurns(t *testing.T) {
	two := func(c *net.TCPConn) { answer(yes)(c); answer(yes)(c) }
	quick := time.Second // for a silent server; the others answer at once
	for name, test := range map[string]struct {
		handlers []handler
		file     string
		timeout  time.Duration
		want     string
	}{
		"closed": {[]handler{answer(yes)}, get + await + "-- close --\n", 0,
			sentGet + " → " + sawYes + " open\n →  closed"},
		"byte by byte": {[]handler{answer(strings.Split(yes, "")...)}, get + await + "-- close --\n", 0,
			sentGet + " → " + sawYes + " open\n →  closed"},
		"kept open": {[]handler{hold(yes)}, get + await, 0,
			sentGet + " → " + sawYes + " open"},
		"kept open against the script": {[]handler{hold(yes)}, get + await + "-- close --\n", quick,
			sentGet + " → " + sawYes + " open\n →  silent"},
		"too much at the end": {[]handler{hold(yes + "+")}, get + await, 0,
			sentGet + " → " + sawYes + "+ open"},
		"too much, then a close": {[]handler{answer(yes, "+")}, get + await + "-- close --\n", 0,
			sentGet + " → " + sawYes + " open\n → + closed"},
		"reset": {[]handler{cutOff(yes)}, get + await + "-- close --\n", 0, // what was sent may be lost, or not
			""},
		"silent": {[]handler{hold()}, get + await, quick,
			sentGet + " →  silent"},
		"half an answer": {[]handler{hold("HTTP/1.1 2")}, get + await, quick,
			sentGet + " → HTTP/1.1 2 silent"},
		"no length": {[]handler{hold("HTTP/1.1 200 OK\r\n\r\nYes")}, get + await, quick,
			sentGet + " → HTTP/1.1 200 OK␍␊␍␊Yes silent"},
		"two turns": {[]handler{two}, get + await + get + await + "-- close --\n", 0,
			sentGet + " → " + sawYes + " open\n" + sentGet + " → " + sawYes + " open\n →  closed"},
		"two in one": {[]handler{two}, get + get + await + await + "-- close --\n", 0,
			sentGet + sentGet + " → " + sawYes + " open\n → " + sawYes + " open\n →  closed"},
		"HEAD has no content": {[]handler{hold(strings.TrimSuffix(yes, "Yes"))}, strings.Replace(get, "GET", "HEAD", 1) + "-- response --\nHTTP/1.1 200 OK\n\n", 0,
			"HEAD / HTTP/1.1␍␊␍␊ → HTTP/1.1 200 OK␍␊Content-Length: 3␍␊␍␊ open"},
		"interim": {[]handler{answer("HTTP/1.1 100 Continue\r\n\r\n", yes)}, get + "-- response --\nHTTP/1.1 100 Continue\n\n" + await, 0,
			sentGet + " → HTTP/1.1 100 Continue␍␊␍␊ open\n → " + sawYes + " closed"},
		"interim not awaited": {[]handler{answer("HTTP/1.1 100 Continue\r\n\r\n", yes)}, get + await, 0,
			sentGet + " → HTTP/1.1 100 Continue␍␊␍␊" + sawYes + " closed"},
		"raw": {[]handler{hold("Yes")}, get + "-- response.raw --\nYes^D\n", 0,
			sentGet + " → Yes open"},
		"raw and more": {[]handler{hold("Yes!")}, get + "-- response.raw --\nYes^D\n", 0,
			sentGet + " → Yes! open"},
		"raw, less": {[]handler{answer("Ye")}, get + "-- response.raw --\nYes^D\n", 0,
			sentGet + " → Ye closed"},
		"ended by the close": {[]handler{answer("HTTP/1.1 200 OK\r\n\r\n", "Yes")}, get + await + "-- close --\n", 0,
			sentGet + " → HTTP/1.1 200 OK␍␊␍␊Yes closed\n →  closed"},
		"half-close": {[]handler{func(c *net.TCPConn) { io.Copy(c, c) }}, "-- request.raw --\nab^D\n-- half-close --\n-- response.raw --\nab^D\n-- close --\n", 0,
			"ab → ab open\n →  closed"},
		"nothing said": {[]handler{func(c *net.TCPConn) { io.Copy(c, c) }}, "-- half-close --\n-- close --\n", 0,
			" →  closed"},
		"two at once": {[]handler{hold(), answer(yes)}, "-- request --\nGE^D\n-- connection 2 --\n" + get + await + "-- close --\n-- connection 1 --\n-- request --\nT^D\n", 0,
			sentGet + " → " + sawYes + " open\n →  closed\nGET →  open"},
		"only shown": {[]handler{hold(yes)}, get, 0,
			sentGet + " → " + sawYes + " open"},
		"connected, and that is all": {[]handler{hold()}, "-- connection 1 --\n", 0,
			" →  open"},
		"reset by the client": {[]handler{hold()}, "-- request --\nGE^D\n-- pause 1ms --\n-- reset --\n", 0,
			"GE →  open"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := serve(t, append(test.handlers, answer(yes))...)
			if test.timeout > 0 {
				p.Timeout = test.timeout
			}
			tr := playFile(t, p, test.file)
			if got := turns(tr); got != test.want && test.want != "" {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
			if !tr.Alive || tr.Probe != nil {
				t.Error("the server is alive and was not found so:", tr.Probe)
			}
		})
	}
}

// TestPlayUnread has a server that answers, and closes with input unread: its
// system resets the connection.
func TestPlayUnread(t *testing.T) {
	got := make(chan struct{})
	p := serve(t, func(c *net.TCPConn) {
		c.Read(make([]byte, 10))
		io.WriteString(c, yes)
		<-got
	}, answer(yes))
	x := parse(t, head+"-- request --\nPOST / HTTP/1.1\nContent-Length: 100000\n\n@repeat 100000 x\n"+await+"-- close --\n")
	time.AfterFunc(50*time.Millisecond, func() { close(got) })
	tr, err := p.Play(t.Context(), x)
	if err != nil {
		t.Fatal(err)
	}
	if end := tr.Turns[1].End; string(tr.Turns[0].Got) != yes || end != WasReset {
		t.Errorf("got %q, then %v, want the answer, then a reset", tr.Turns[0].Got, end)
	}
}

// TestPlaySendError: a server that is gone before everything was sent has still
// answered.
func TestPlaySendError(t *testing.T) {
	p := serve(t, func(c *net.TCPConn) {
		io.WriteString(c, "HTTP/1.1 414 Too Long\r\nContent-Length: 0\r\n\r\n")
		c.CloseWrite()
		c.SetReadBuffer(1)
		c.Read(make([]byte, 1))
	}, answer(yes))
	x := parse(t, head+get+"-- response --\nHTTP/1.1 414 Too Long\nContent-Length: 0\n\n")
	x.Script[0].Data = bytes.Repeat([]byte("a"), 16<<20) // no system buffers that much
	tr, err := p.Play(t.Context(), x)
	if err != nil {
		t.Fatal(err)
	}
	turn := tr.Turns[0]
	if turn.SendErr == nil || len(turn.Sent) == len(x.Script[0].Data) {
		t.Errorf("%d bytes sent, error %v", len(turn.Sent), turn.SendErr)
	}
	if !strings.HasPrefix(string(turn.Got), "HTTP/1.1 414 ") {
		t.Errorf("got %q", turn.Got)
	}
}

// TestPlayBothWrite: a server that sends much before it reads must not meet a
// client that sends much before it reads.
func TestPlayBothWrite(t *testing.T) {
	const size = 8 << 20
	p := serve(t, func(c *net.TCPConn) {
		io.WriteString(c, strings.Repeat("x", size))
		io.Copy(io.Discard, c)
	}, answer(yes))
	tr := playFile(t, p, "-- request.raw --\n@repeat 4000000 y\n-- half-close --\n-- response.raw --\nx^D\n-- close --\n")
	if n := len(tr.Turns[0].Got) + len(tr.Turns[1].Got); n != size || tr.Turns[0].SendErr != nil {
		t.Errorf("%d bytes came, want %d; %v", n, size, tr.Turns[0].SendErr)
	}
}

func TestPlayEndless(t *testing.T) {
	flood := func(c *net.TCPConn) {
		readRequest(c)
		block := make([]byte, 1<<20)
		for {
			if _, err := c.Write(block); err != nil {
				return
			}
		}
	}
	p := serve(t, flood, answer(yes))
	tr := playFile(t, p, get+await+"-- close --\n")
	var n int
	for _, turn := range tr.Turns {
		n += len(turn.Got)
	}
	if n < 16<<20 || n > 18<<20 {
		t.Errorf("%d bytes kept, want about 16 MiB", n)
	}
}

// A watched connection tells what was written in one piece, and when.
type watched struct {
	net.Conn
	writes []string
	times  []time.Time
}

func (w *watched) Write(b []byte) (int, error) {
	w.writes, w.times = append(w.writes, string(b)), append(w.times, time.Now())
	return w.Conn.Write(b)
}

// watch makes a player tell of its first connection.
func watch(p *Player) *watched {
	w, dial := &watched{}, p.Dial
	p.Dial = func(ctx context.Context) (c net.Conn, err error) {
		if c, err = dial(ctx); err == nil && w.Conn == nil {
			w.Conn = c
			return w, nil
		}
		return c, err
	}
	return w
}

func TestPlayPause(t *testing.T) {
	p := serve(t, answer(), answer(yes))
	w := watch(p)
	playFile(t, p, "-- request --\nGE^D\n-- pause 50ms --\n-- request --\nT^D\n-- reset --\n")
	if !slices.Equal(w.writes, []string{"GE", "T"}) || w.times[1].Sub(w.times[0]) < 50*time.Millisecond {
		t.Errorf("wrote %q at %v", w.writes, w.times)
	}
}

func TestPlayCut(t *testing.T) {
	x := parse(t, head+"cuts: every\n"+get+await+"-- close --\n")
	for _, cut := range x.CutPoints() {
		p := serve(t, answer(yes))
		p.Cut = cut
		w := watch(p)
		tr, err := p.Play(t.Context(), x)
		if err != nil || tr.Cut != cut || visible.Bytes(tr.Turns[0].Sent) != sentGet {
			t.Fatalf("cut %d: %+v, %v", cut, tr, err)
		}
		if whole := "GET / HTTP/1.1\r\n\r\n"; !slices.Equal(w.writes, []string{whole[:cut], whole[cut:]}) || w.times[1].Sub(w.times[0]) < cutPause {
			t.Errorf("cut %d: wrote %q at %v", cut, w.writes, w.times)
		}
		if got, want := turns(tr), sentGet+" → "+sawYes+" open\n →  closed"; got != want {
			t.Fatalf("cut %d: got\n%s", cut, got)
		}
	}
	p := serve(t, answer(yes))
	for _, cut := range []int{-1, 18} {
		p.Cut = cut
		if _, err := p.Play(t.Context(), x); err == nil {
			t.Errorf("cut %d of 18 bytes was played", cut)
		}
	}
}

func TestPlayReset(t *testing.T) {
	seen := make(chan error, 1)
	p := serve(t, func(c *net.TCPConn) {
		_, err := io.Copy(io.Discard, c)
		seen <- err
	}, answer(yes))
	playFile(t, p, "-- request --\nGE^D\n-- reset --\n")
	if err := <-seen; !isReset(err) {
		t.Errorf("the server saw %v, want a reset", err)
	}
}

func TestProbe(t *testing.T) {
	for name, test := range map[string]struct {
		handler handler
		alive   bool
		end     End
	}{
		"answers":       {answer(yes), true, Open},
		"answers 400":   {answer("HTTP/1.1 400 Bad Request\r\n\r\n"), true, Open},
		"one byte":      {answer("?"), true, Open},
		"keeps open":    {hold(yes), true, Open},
		"closes":        {func(c *net.TCPConn) { readRequest(c) }, false, Closed},
		"resets":        {cutOff(), false, WasReset},
		"says nothing":  {hold(), false, Silent},
		"cannot accept": {nil, false, Refused},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := serve(t, answer(yes), test.handler)
			if test.end == Silent {
				p.Timeout = time.Second
			}
			if test.handler == nil {
				dial, calls := p.Dial, 0
				p.Dial = func(ctx context.Context) (net.Conn, error) {
					if calls++; calls > 1 {
						return nil, syscall.ECONNREFUSED
					}
					return dial(ctx)
				}
			}
			tr := playFile(t, p, get+await+"-- close --\n")
			var e *ProbeError
			if errors.As(tr.Probe, &e); tr.Alive != test.alive || e != nil && e.End != test.end || test.alive != (e == nil) {
				t.Errorf("alive %v, %v, want %v", tr.Alive, tr.Probe, test.alive)
			}
		})
	}
	p := serve(t, answer(yes))
	p.NoProbe = true
	if tr := playFile(t, p, get+await); tr.Alive || tr.Probe != nil {
		t.Errorf("not asked, but alive is %v, %v", tr.Alive, tr.Probe)
	}
}

func TestPlayRefused(t *testing.T) {
	p := &Player{Dial: func(context.Context) (net.Conn, error) { return nil, syscall.ECONNREFUSED }}
	tr := playFile(t, p, get+await+"-- half-close --\n-- close --\n-- reset --\n")
	if got, want := turns(tr), " →  refused\n →  refused"; got != want || tr.Alive {
		t.Errorf("got %s, alive %v, want %s", got, tr.Alive, want)
	}
	if !errors.Is(tr.Probe, syscall.ECONNREFUSED) || !strings.HasPrefix(tr.Probe.Error(), "play: probe: no connection: ") {
		t.Error(tr.Probe)
	}
	if got := (&ProbeError{End: Silent}).Error(); got != "play: probe: no response: silent" {
		t.Error(got)
	}
}

// TestPlayCancel: a cancelled context ends a wait of any kind at once.
func TestPlayCancel(t *testing.T) {
	const last = get + await + get
	for _, file := range []string{
		get + await,
		get + "-- close --\n",
		"-- pause 10s --\n",
		"-- connection 1 --\n",
		last,
	} {
		p := serve(t, func(c *net.TCPConn) { c.SetReadBuffer(1); c.Read(make([]byte, 1)); <-t.Context().Done() })
		ctx, cancel := context.WithCancelCause(context.Background())
		cause := errors.New("the reader has gone")
		x := parse(t, head+file)
		if file == last { // more than any system buffers
			x.Script[0].Data = bytes.Repeat([]byte("a"), 16<<20)
		}
		began := time.Now()
		time.AfterFunc(20*time.Millisecond, func() { cancel(cause) })
		p.Timeout = time.Minute
		_, err := p.Play(ctx, x)
		if took := time.Since(began); !errors.Is(err, cause) || took > 20*time.Second {
			t.Errorf("%.50q: %v after %v", file, err, took)
		}
	}
}

// BenchmarkPlay is one exchange over loopback, with its probe.
func BenchmarkPlay(b *testing.B) {
	p := serve(b, answer(yes))
	x := parse(b, head+get+await+"-- close --\n")
	for b.Loop() {
		tr, err := p.Play(b.Context(), x)
		if err != nil || !tr.Alive {
			b.Fatal(tr, err)
		}
	}
}
