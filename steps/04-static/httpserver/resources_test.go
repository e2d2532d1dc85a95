package httpserver

import (
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// Requests of every kind leave no open descriptor behind.
func TestFilesAreClosed(t *testing.T) {
	dir := helloDir(t)
	for _, name := range []string{"list", "page", "odd/index.html"} {
		must(t, os.MkdirAll(filepath.Join(dir, name), 0o755))
	}
	must(t, os.WriteFile(filepath.Join(dir, "page", "index.html"), nil, 0o644))
	addr := siteServer(t, fileHandler(t, dir), nil)
	for _, c := range []struct{ request, code string }{
		{"GET /hello.txt HTTP/1.0", "200"},
		{"HEAD /hello.txt HTTP/1.0", "200"},
		{"GET /hello.txt HTTP/1.0\r\n" +
			"If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT", "304"},
		{"GET /hello.txt/ HTTP/1.0", "404"},
		{"GET /list HTTP/1.0", "301"},
		{"GET /list/ HTTP/1.0", "200"},
		{"GET /page/ HTTP/1.0", "200"},
		{"GET /odd/ HTTP/1.0", "200"},
	} {
		closed := countDescriptors(t)
		for range 10 {
			got := status(ask(t, addr, c.request+"\r\n\r\n"))
			if got != c.code {
				t.Errorf("%s: got %s, want %s", c.request, got, c.code)
			}
		}
		closed(c.request)
	}
}

// Clients that reset at any moment leave no open descriptor behind.
func TestResetsLeakNothing(t *testing.T) {
	dir := helloDir(t)
	must(t, os.Truncate(dir+"/hello.txt", 8<<20))
	addr := siteServer(t, fileHandler(t, dir), nil)
	closed := countDescriptors(t)
	for i := range 200 {
		nc := dial(t, addr)
		switch i % 4 {
		case 1: // in the middle of a head
			send(t, nc, getHello[:i%len(getHello)])
		case 2: // before the answer
			send(t, nc, getHello)
		case 3: // in the middle of the answer
			send(t, nc, getHello)
			nc.Read(make([]byte, 1024))
		}
		nc.SetLinger(0) // makes the close a reset
		nc.Close()
	}
	closed("resets")
}

// countDescriptors counts the descriptors of this process. What it returns
// waits until there are no more than that again. The garbage collector, which
// closes forgotten files, does not run meanwhile.
func countDescriptors(t *testing.T) (closed func(what string)) {
	t.Helper()
	count := func() int {
		list, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			t.Skip("no /proc: descriptors cannot be counted here")
		}
		return len(list)
	}
	before := count()
	percent := debug.SetGCPercent(-1)
	t.Cleanup(func() { debug.SetGCPercent(percent) })
	return func(what string) {
		t.Helper()
		for end := time.Now().Add(5 * time.Second); count() > before; {
			if time.Now().After(end) {
				t.Fatalf("%s: %d descriptors, %d before",
					what, count(), before)
			}
			time.Sleep(time.Millisecond) // the server may still be closing
		}
	}
}

// A large file goes out in little memory. WIREBOOK_LARGE=1 makes it 1 GiB,
// which takes some seconds; the limit is the same.
func TestLargeFile(t *testing.T) {
	size := int64(128 << 20)
	if os.Getenv("WIREBOOK_LARGE") != "" {
		size = 1 << 30
	}
	dir := helloDir(t)
	must(t, os.Truncate(dir+"/hello.txt", size)) // a hole takes no disk
	addr := siteServer(t, fileHandler(t, dir), nil)
	before := allocated()
	nc := dial(t, addr)
	nc.SetDeadline(time.Now().Add(time.Minute))
	send(t, nc, getHello)
	n, err := io.CopyBuffer(struct{ io.Writer }{io.Discard},
		struct{ io.Reader }{nc}, make([]byte, 256<<10))
	must(t, err)
	if n < size || n > size+1024 {
		t.Errorf("%d bytes, want %d and a head", n, size)
	}
	if took := allocated() - before; took > 16<<20 {
		t.Errorf("took %d MiB of memory", took>>20)
	}
}

// allocated is how much memory the process has allocated since its start, in
// bytes. What was freed counts as well.
func allocated() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.TotalAlloc)
}
