package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"example/wirebook/steps/02-post/site"
	"example/wirebook/steps/03-tcpserver/socketserver"
)

const ask = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"

// reference runs the site in this process.
func reference(t *testing.T) (addr string) {
	t.Helper()
	h, err := newHandler("site", "www")
	if err != nil {
		t.Fatal(err)
	}
	return start(t, h)
}

// fetch asks for the page and checks that it comes.
func fetch(addr string) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(10 * time.Second))
	if _, err := io.WriteString(c, ask); err != nil {
		return err
	}
	got, err := io.ReadAll(c)
	if err != nil {
		return err
	}
	if !strings.HasPrefix(string(got), "HTTP/1.1 200 OK\r\n") ||
		!strings.HasSuffix(string(got), "</html>\n") {
		return fmt.Errorf("got %.40q… of %d bytes", got, len(got))
	}
	return nil
}

func TestSilentConnectionsStopNobody(t *testing.T) {
	addr := reference(t)
	for range 200 {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
	}
	begin := time.Now()
	for range 20 {
		if err := fetch(addr); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(begin); took > readTimeout/2 {
		t.Errorf("20 pages took %v", took)
	}
}

func TestHundredAtOnce(t *testing.T) {
	addr := reference(t)
	var all sync.WaitGroup
	for range 100 {
		all.Go(func() {
			for range 5 {
				if err := fetch(addr); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
}

// A client that sends a byte a second always has just sent one. Its time is up
// all the same: the limit is one for the whole head, and one for the body.
func TestDripIsCutOff(t *testing.T) {
	endless := strings.Repeat("x", 1000)
	body := "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"
	form := "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n" +
		"Content-Type: application/x-www-form-urlencoded"
	for _, c := range []struct {
		name, atOnce, drip, want string
		seconds                  time.Duration
	}{
		{"head", "", "GET / HTTP/1.1\r\nX: " + endless, "HTTP/1.1 408 ", 5},
		{"body", body, endless, "HTTP/1.1 408 ", 5},
		{"nothing", "", "", "", 5},
		{"in time", "", "GET", "HTTP/1.1 200 ", 3},
		{"head and body in time", form, "\r\n\r\na=b&", "HTTP/1.1 200 ", 8},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { // its clock does not wait
				got, took := drip(t, c.atOnce, c.drip)
				if !strings.HasPrefix(got, c.want) || c.want == "" && got != "" {
					t.Errorf("got %.30q, want %q", got, c.want)
				}
				if took != c.seconds*time.Second {
					t.Errorf("it took %v, want %d s", took, c.seconds)
				}
			})
		})
	}
}

// The response to a client that does not read is given up after five seconds, and
// so is the request of one that sends the test handler nothing.
func TestClientsThatWait(t *testing.T) {
	pages, err := newHandler("site", "www")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, send string
		h          socketserver.Handler
	}{
		{"never reads", ask, pages},
		{"sends nothing", "", printer(io.Discard)},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				conn, client := net.Pipe()
				defer client.Close()
				go io.WriteString(client, c.send)
				late := time.AfterFunc(time.Hour, func() { conn.Close() })
				defer late.Stop()
				begin := time.Now()
				listener := &socketserver.TCPServer{Listener: nowhere{}}
				err := c.h.Handle(&socketserver.Request{Conn: conn, Server: listener})
				took := time.Since(begin)
				if !errors.Is(err, os.ErrDeadlineExceeded) || took != 5*time.Second {
					t.Errorf("%v after %v, want a timeout after 5 s", err, took)
				}
			})
		})
	}
}

// nowhere is a listener for its address alone.
type nowhere struct{ net.Listener }

func (nowhere) Addr() net.Addr { return new(net.TCPAddr) }

// drip sends a byte each second, and the rest of a request after the last.
func drip(t *testing.T, atOnce, bytes string) (got string, took time.Duration) {
	server, client := net.Pipe()
	var sender sync.WaitGroup
	defer sender.Wait()
	defer client.Close()
	go func() {
		h, err := newHandler("site", "www")
		if err != nil {
			t.Error(err)
		}
		h.Handle(&socketserver.Request{Conn: server})
		server.Close()
	}()
	begin := time.Now()
	sender.Go(func() {
		io.WriteString(client, atOnce)
		for i := range bytes {
			time.Sleep(time.Second)
			if _, err := client.Write([]byte(bytes[i : i+1])); err != nil {
				return
			}
		}
		if bytes != "" {
			io.WriteString(client, strings.TrimPrefix(ask, bytes))
		}
	})
	response, err := io.ReadAll(client)
	if err != nil {
		t.Error(err)
	}
	return string(response), time.Since(begin)
}

// A client that sends its body along with the head does not wait for a 100
// Continue, and gets none.
func TestExpectWithBody(t *testing.T) {
	c, err := net.Dial("tcp", reference(t))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(10 * time.Second))
	io.WriteString(c, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\n"+
		"Expect: 100-continue\r\n\r\na=b")
	got, err := io.ReadAll(c)
	if err != nil || !strings.HasPrefix(string(got), "HTTP/1.1 200 OK\r\n") {
		t.Errorf("got %.40q, %v", got, err)
	}
}

// A head without end is refused at 64 KiB, and what follows is not kept.
func TestEndlessHead(t *testing.T) {
	addr := reference(t)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(20 * time.Second))
	io.WriteString(c, "GET / HTTP/1.1\r\nX: ")
	sent, padding := 0, make([]byte, 64<<10)
	for sent < 64<<20 && err == nil {
		var n int
		n, err = c.Write(padding)
		sent += n
	}
	if err == nil {
		t.Errorf("the server took %d bytes of head", sent)
	}
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 4<<20 {
		t.Errorf("%d bytes were allocated for it", grown)
	}
	if err := fetch(addr); err != nil {
		t.Error(err)
	}
}

func TestResetsLeakNothing(t *testing.T) {
	addr := reference(t)
	if err := fetch(addr); err != nil {
		t.Fatal(err)
	}
	before := settled(t, 0)
	for i := range 500 {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(c, ask[:i%len(ask)])
		c.(*net.TCPConn).SetLinger(0) // Close resets
		c.Close()
	}
	if after := settled(t, before); after > before {
		t.Errorf("%d descriptors before, %d after", before, after)
	}
	if err := fetch(addr); err != nil {
		t.Error(err)
	}
}

// settled counts this process's descriptors, once no more of them than want are
// open, or the time is up.
func settled(t *testing.T, want int) int {
	t.Helper()
	for end := time.Now().Add(2 * readTimeout); ; {
		list, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			t.Skip("counting descriptors takes /proc")
		}
		if len(list) <= want || want == 0 || time.Now().After(end) {
			return len(list)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// What a client sends may hold commands to a terminal. They are shown, not
// obeyed.
func TestPrinterEscapes(t *testing.T) {
	var out lockedBuilder
	addr := start(t, printer(&out))
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	io.WriteString(c, "GET /\x1b[2J\rhidden HTTP/1.1\r\ncontent-length: 9\r\n"+
		"\r\nn\u202eme=\x07\n")
	if _, err := io.ReadAll(c); err != nil {
		t.Fatal(err)
	}
	got := out.take()
	for _, want := range []string{`GET /\x1b[2J\rhidden HTTP/1.1` + "\n",
		`n\u202eme=\a` + "\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("printed %q, want %q in it", got, want)
		}
	}
	if strings.ContainsAny(got, "\x1b\r\x07\u202e") {
		t.Errorf("printed raw: %q", got)
	}
}

// A client that promises a huge body, or never ends a line, is cut off.
func TestPrinterIsBounded(t *testing.T) {
	var out lockedBuilder
	addr := start(t, printer(&out))
	for _, send := range []string{
		"POST / HTTP/1.1\r\nContent-Length: 999999999999\r\n\r\n",
		"GET /",
	} {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		c.SetDeadline(time.Now().Add(20 * time.Second))
		io.WriteString(c, send)
		padding := make([]byte, 64<<10)
		for err == nil {
			_, err = c.Write(padding)
		}
		if n := len(out.take()); n > 5*(maxHead+site.MaxBody) {
			t.Errorf("%d bytes were printed", n)
		}
	}
}
