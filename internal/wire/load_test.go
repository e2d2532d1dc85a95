package wire

import (
	"bytes"
	"crypto/sha256"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"runtime"
	"strconv"
	"testing"
	"time"

	"example/wirebook/internal/wire/message"
)

// Eight mebibytes each way at once: every byte comes through, and the record
// keeps its cap and the true size.
func TestBigBodiesBothWays(t *testing.T) {
	const total = 8 << 20
	r := newHarness(t)
	client, server := r.dial(t)
	random := rand.NewChaCha8([32]byte{1})
	up, down := make([]byte, total), make([]byte, total)
	random.Read(up)
	random.Read(down)

	sums := make(chan [32]byte, 2)
	read := func(c *net.TCPConn) {
		h := sha256.New()
		if _, err := io.Copy(h, c); err != nil {
			t.Error(err)
		}
		sums <- [32]byte(h.Sum(nil))
	}
	write := func(c *net.TCPConn, b []byte) {
		if _, err := c.Write(b); err != nil {
			t.Error(err)
		}
		c.CloseWrite()
	}
	go write(client, up)
	go write(server, down)
	go read(client)
	go read(server)
	got := [][32]byte{<-sums, <-sums}
	want := [][32]byte{sha256.Sum256(up), sha256.Sum256(down)}
	if got[0] == want[1] {
		got[0], got[1] = got[1], got[0]
	}
	if got[0] != want[0] || got[1] != want[1] {
		t.Error("the bytes were changed")
	}

	r.until(t, "done", isKind(Done))
	c := r.conns[1]
	if c.Total(message.ToServer) != total || c.Total(message.ToClient) != total {
		t.Errorf("counted %d and %d bytes, want %d", c.Total(message.ToServer), c.Total(message.ToClient), total)
	}
	if r.data != 2*Cap {
		t.Errorf("the tap handed on %d bytes, want %d", r.data, 2*Cap)
	}
	if !bytes.Equal(c.Bytes(message.ToServer), up[:Cap]) || !bytes.Equal(c.Bytes(message.ToClient), down[:Cap]) {
		t.Errorf("kept %d and %d bytes, want the first %d", len(c.Bytes(message.ToServer)), len(c.Bytes(message.ToClient)), Cap)
	}
}

// A server that writes to a client which never reads must be stopped about as
// soon as without the tap.
func TestBackPressure(t *testing.T) {
	fill := func(c *net.TCPConn) int64 {
		c.SetWriteDeadline(time.Now().Add(time.Second / 2))
		n, _ := io.Copy(c, struct{ io.Reader }{zeros{}})
		return n
	}
	r := newHarness(t)
	_, server := r.dial(t)
	tapped := fill(server)

	idle := dialTo(t, r.backend.Addr().String())
	defer idle.Close()
	server, err := r.backend.AcceptTCP()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	direct := fill(server)
	t.Logf("a server could write %d bytes through the tap, %d directly", tapped, direct)
	if tapped > direct+1<<20 {
		t.Errorf("the tap took %d bytes ahead of its client, a direct line %d", tapped, direct)
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { return len(b), nil }

// Two hundred connections, ended in four ways, leave nothing behind.
func TestNothingLeaks(t *testing.T) {
	goroutines, files := runtime.NumGoroutine(), openFiles(t)
	t.Run("200 connections", func(t *testing.T) {
		r := newHarness(t)
		for i := range 200 {
			client, server := r.dial(t)
			send(t, client, "x")
			receive(t, server, "x")
			switch i % 4 {
			case 0:
				client.Close()
				server.Close()
			case 1:
				reset(client)
				server.Close()
			case 2:
				reset(server)
				client.Close()
			case 3:
				server.CloseWrite()
				client.CloseWrite()
			}
		}
		for range 200 {
			r.until(t, "done", isKind(Done))
		}
		for id, c := range r.conns {
			if s := c.State(0); s != "closed" && s != "reset by the client" &&
				s != "reset by the server; it may have left some of the 1 request byte unread" {
				t.Errorf("connection %d ended as %q", id, s)
			}
		}
		r.tap.Close()
		if n := len(r.tap.open); n != 0 {
			t.Errorf("the tap holds on to %d connections", n)
		}
		if d := r.tap.Dropped(); d != 0 {
			t.Errorf("%d events dropped", d)
		}
	})
	settles(t, "goroutines", goroutines, runtime.NumGoroutine)
	settles(t, "descriptors", files, func() int { return openFiles(t) })
}

// settles waits for a count to come down to what it was.
func settles(t *testing.T, what string, before int, now func() int) {
	t.Helper()
	end := time.Now().Add(limit)
	for now() > before {
		if time.Now().After(end) {
			t.Errorf("%s: %d before, %d after", what, before, now())
			return
		}
		runtime.Gosched()
	}
}

// openFiles counts this process's sockets; 0 where nothing tells.
func openFiles(t *testing.T) int {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	n := 0
	for _, e := range entries {
		if link, err := os.Readlink("/proc/self/fd/" + e.Name()); err == nil && len(link) > 6 && link[:6] == "socket" {
			n++
		}
	}
	return n
}

// BenchmarkEcho sends one byte there and back, directly and through the tap
// in the same run.
func BenchmarkEcho(b *testing.B) {
	backend, err := listenOne("127.0.0.1", 0)
	if err != nil {
		b.Fatal(err)
	}
	defer backend.Close()
	go func() {
		for {
			c, err := backend.Accept()
			if err != nil {
				return
			}
			go io.Copy(c, struct{ io.Reader }{c})
		}
	}()
	tap, err := Listen(0)
	if err != nil {
		b.Fatal(err)
	}
	defer tap.Close()
	tap.SetServer(backend.Addr().String())
	go func() {
		for range tap.Events() {
		}
	}()

	var conns [2]net.Conn
	for i, addr := range []string{backend.Addr().String(), "127.0.0.1:" + strconv.Itoa(tap.port)} {
		if conns[i], err = net.Dial("tcp", addr); err != nil {
			b.Fatal(err)
		}
		defer conns[i].Close()
	}
	var took [2]time.Duration
	one := []byte{1}
	for b.Loop() {
		for i, c := range conns {
			start := time.Now()
			if _, err := c.Write(one); err != nil {
				b.Fatal(err)
			}
			if _, err := io.ReadFull(c, one); err != nil {
				b.Fatal(err)
			}
			took[i] += time.Since(start)
		}
	}
	n := float64(b.N)
	b.ReportMetric(float64(took[0])/n, "direct-ns/op")
	b.ReportMetric(float64(took[1])/n, "tapped-ns/op")
	b.ReportMetric(float64(took[1])/float64(took[0]), "tapped/direct")
}

// BenchmarkBulk moves 8 MiB through the tap.
func BenchmarkBulk(b *testing.B) {
	const total = 8 << 20
	backend, err := listenOne("127.0.0.1", 0)
	if err != nil {
		b.Fatal(err)
	}
	defer backend.Close()
	data := make([]byte, total)
	go func() {
		for {
			c, err := backend.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				c.Write(data)
			}()
		}
	}()
	tap, err := Listen(0)
	if err != nil {
		b.Fatal(err)
	}
	defer tap.Close()
	tap.SetServer(backend.Addr().String())
	go func() {
		for range tap.Events() {
		}
	}()
	b.SetBytes(total)
	for b.Loop() {
		c, err := net.Dial("tcp", localAddr("127.0.0.1", tap.port))
		if err != nil {
			b.Fatal(err)
		}
		if n, err := io.Copy(io.Discard, c); n != total || err != nil {
			b.Fatalf("%d bytes, %v", n, err)
		}
		c.Close()
	}
}
