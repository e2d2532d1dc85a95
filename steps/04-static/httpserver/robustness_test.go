package httpserver

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// Two hundred clients that connect and say nothing stop nobody.
func TestSilentClients(t *testing.T) {
	addr := helloServer(t, nil)
	for range 200 {
		dial(t, addr)
	}
	start := time.Now()
	if !served(t, addr) {
		t.Error("no answer beside 200 silent clients")
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("answered after %v", took)
	}
}

// At the limit a client waits in the queue until a place is free.
func TestConnectionLimit(t *testing.T) {
	addr := helloServer(t, func(s *HTTPServer) { s.MaxConns = 2 })
	first, second := dial(t, addr), dial(t, addr)
	third := dial(t, addr)
	send(t, third, getHello)
	third.SetReadDeadline(time.Now().Add(100 * time.Millisecond))
	if n, err := third.Read(make([]byte, 1)); !errors.Is(err,
		os.ErrDeadlineExceeded) {
		t.Errorf("third of two clients: %d bytes, %v", n, err)
	}
	first.Close()
	third.SetReadDeadline(time.Now().Add(10 * time.Second))
	if answer, _ := io.ReadAll(third); status(string(answer)) != "200" {
		t.Errorf("after one has left: %q", answer)
	}
	second.Close()
}

// A byte now and then does not keep a connection: the limit is for the whole
// head. The client that was in the middle of it is told.
func TestSlowHead(t *testing.T) {
	const limit = 300 * time.Millisecond
	addr := helloServer(t, func(s *HTTPServer) { s.HeadTimeout = limit })
	for _, head := range []string{
		"GET /hello.txt HTTP/1.0", // cut off inside the request line
		"GET / HTTP/1.0\r\nX-Slow: " + strings.Repeat("x", 1000),
	} {
		nc := dial(t, addr)
		start := time.Now()
		go func() {
			for i := range head {
				if _, err := io.WriteString(nc, head[i:i+1]); err != nil {
					return
				}
				time.Sleep(limit / 20)
			}
		}()
		answer, _ := io.ReadAll(nc) // ends in a reset where bytes came late
		took := time.Since(start)
		if status(string(answer)) != "408" {
			t.Errorf("%.20q: got %q, want 408", head, answer)
		}
		// The server's clock began with the accept, a little before ours.
		if took < limit/2 || took > 20*limit {
			t.Errorf("%.20q: cut off after %v, want %v", head, took, limit)
		}
	}
	// One that has said nothing is not told anything.
	if answer, err := io.ReadAll(dial(t, addr)); len(answer) > 0 ||
		err != nil {
		t.Errorf("silent client: got %q, %v", answer, err)
	}
}

// A line or a head without end is refused, and does not fill the memory.
func TestEndlessHead(t *testing.T) {
	addr := helloServer(t, nil)
	chunk := bytes.Repeat([]byte("x"), 64<<10)
	fields := bytes.Repeat([]byte("X: y\r\n"), 10<<10)
	long := []byte("X: " + strings.Repeat("y", 30<<10) + "\r\n")
	for _, c := range []struct {
		name, start string
		rest        []byte
		due         string
	}{
		{"line", "GET /", chunk, "414"},
		{"field", "GET / HTTP/1.0\r\nX: ", chunk, "431"},
		{"fields", "GET / HTTP/1.0\r\n", fields, "431"},
		{"long fields", "GET / HTTP/1.0\r\n", long, "431"},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := allocated()
			var wg sync.WaitGroup
			for range 20 {
				nc := dial(t, addr)
				wg.Go(func() {
					io.WriteString(nc, c.start)
					for range 64 { // 4 MiB, unless the server hangs up
						if _, err := nc.Write(c.rest); err != nil {
							break
						}
					}
				})
				wg.Go(func() {
					var head [16]byte
					io.ReadFull(nc, head[:])
					if got := status(string(head[:])); got != c.due {
						t.Errorf("got %q, want %s", head, c.due)
					}
					io.Copy(io.Discard, nc)
				})
			}
			wg.Wait()
			// Twenty heads at their limit are 5 MiB, read piece by piece;
			// without one they would be eighty and more.
			if took := allocated() - before; took > 64<<20 {
				t.Errorf("took %d MiB of memory", took>>20)
			}
		})
	}
}

// A hundred clients at once are all answered, whole and each its own.
func TestManyClients(t *testing.T) {
	h := handlerFunc(func(w *ResponseWriter, r *Request) {
		w.SendResponse(200, "")
		w.EndHeaders()
		w.WriteString(strings.Repeat(r.Path(), 10000))
	})
	addr := siteServer(t, h, nil)
	var wg sync.WaitGroup
	for i := range 100 {
		wg.Go(func() {
			path := "/" + strings.Repeat("x", i)
			answer := ask(t, addr, "GET "+path+" HTTP/1.0\r\n\r\n")
			_, body, _ := strings.Cut(answer, "\r\n\r\n")
			if body != strings.Repeat(path, 10000) {
				t.Errorf("client %d: %d bytes", i, len(body))
			}
		})
	}
	wg.Wait()
}

// A client that asks and never reads is given up, whether the content comes
// from memory or from a file.
func TestClientNeverReads(t *testing.T) {
	const size = 64 << 20 // more than buffers hold
	file, err := os.Create(filepath.Join(t.TempDir(), "large"))
	must(t, err)
	defer file.Close()
	must(t, file.Truncate(size))
	sent := make(chan error, 1)
	h := handlerFunc(func(w *ResponseWriter, r *Request) {
		var err error
		if r.Path() == "/file" {
			err = w.CopyN(file, size)
		} else {
			_, err = w.Write(make([]byte, size))
		}
		sent <- err
	})
	addr := siteServer(t, h, func(s *HTTPServer) {
		s.WriteTimeout = 200 * time.Millisecond
	})
	for _, target := range []string{"/memory", "/file"} {
		send(t, dial(t, addr), "GET "+target+" HTTP/1.0\r\n\r\n")
		select {
		case err := <-sent:
			if !errors.Is(err, os.ErrDeadlineExceeded) {
				t.Errorf("%s: got %v", target, err)
			}
		case <-time.After(10 * time.Second):
			t.Errorf("%s: the server still waits", target)
		}
	}
}

// A client that reads slowly has WriteTimeout for each MiB of a file, not for
// the whole of it.
func TestSlowReader(t *testing.T) {
	const pieces = 40
	dir := helloDir(t)
	must(t, os.Truncate(dir+"/hello.txt", pieces<<20))
	addr := siteServer(t, fileHandler(t, dir), func(s *HTTPServer) {
		s.WriteTimeout = time.Second
	})
	nc := dial(t, addr)
	must(t, nc.SetReadBuffer(256<<10))
	send(t, nc, getHello)
	total, buf := 0, make([]byte, 1<<20)
	for range pieces {
		n, err := io.ReadFull(nc, buf)
		if total += n; err != nil {
			t.Fatalf("%d bytes, %v", total, err)
		}
		time.Sleep(40 * time.Millisecond) // this client is slow
	}
}

// A file that shrinks while it is sent gives a short answer and a closed
// connection, not one that looks whole.
func TestShrinkingFile(t *testing.T) {
	addr := siteServer(t, handlerFunc(func(w *ResponseWriter, r *Request) {
		w.SendResponse(200, "")
		w.SendHeader("Content-Length", "100")
		w.EndHeaders()
		if err := w.CopyN(strings.NewReader("short"), 100); err == nil {
			t.Error("no error")
		}
	}), func(s *HTTPServer) { s.Protocol = "HTTP/1.1" })
	answer := ask(t, addr, "GET / HTTP/1.1\r\n\r\n")
	if !strings.HasSuffix(answer, "\r\n\r\nshort") {
		t.Errorf("got %q", answer)
	}
}

// A handler that panics ends its own connection.
func TestPanic(t *testing.T) {
	files := fileHandler(t, helloDir(t))
	addr := siteServer(t, handlerFunc(func(w *ResponseWriter, r *Request) {
		if r.Path() == "/panic" {
			panic("on purpose")
		}
		files.Handle(w, r)
	}), nil)
	if answer := ask(t, addr, "GET /panic HTTP/1.0\r\n\r\n"); answer != "" {
		t.Errorf("got %q", answer)
	}
	if !served(t, addr) {
		t.Error("the server died of it")
	}
}

// A client gets its response even while it still sends, with a length or
// without: a close on unread bytes would be a reset.
func TestResponseSurvivesUnreadContent(t *testing.T) {
	addr := helloServer(t, nil)
	const size = 1<<20 - 8<<10
	for _, c := range []struct{ head, code string }{
		{"POST / HTTP/1.0\r\nContent-Length: 1048576\r\n\r\n", "501"},
		{getHello, "200"},
		{"GET\r\n", ""}, // the error page alone
	} {
		for range 10 {
			nc := dial(t, addr)
			var wg sync.WaitGroup
			wg.Go(func() {
				// The head and some content are one arrival.
				io.WriteString(nc, c.head+strings.Repeat("x", 8<<10))
				nc.Write(make([]byte, size))
			})
			answer, err := io.ReadAll(nc)
			wg.Wait()
			if status(string(answer)) != c.code || err != nil ||
				len(answer) < 100 {
				t.Fatalf("%q: got %q, %v", c.head, answer, err)
			}
		}
	}
}

// A head is refused at its first line; what comes of it afterwards is still
// read, for a second, and not answered with a reset.
func TestRestOfBadHead(t *testing.T) {
	nc := dial(t, helloServer(t, nil))
	send(t, nc, "GET / and more HTTP/1.0\r\n")
	answer, err := io.ReadAll(nc)
	if status(string(answer)) != "400" || err != nil {
		t.Errorf("got %q, %v", answer, err)
	}
	for range 20 { // a reset would make one of these fail
		send(t, nc, "X: y\r\n")
		time.Sleep(100 * time.Microsecond)
	}
}
