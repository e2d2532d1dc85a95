package httpserver

import (
	"io"
	"os"
	"runtime"
	"testing"
	"time"
)

// Clients that reset at any moment leave no open descriptor behind.
func TestResetsLeakNothing(t *testing.T) {
	if _, err := os.ReadDir("/proc/self/fd"); err != nil {
		t.Skip("no /proc: descriptors cannot be counted here")
	}
	dir := helloDir(t)
	must(t, os.Truncate(dir+"/hello.txt", 8<<20))
	addr := siteServer(t, fileHandler(t, dir), nil)
	before := descriptors(t)
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
	for end := time.Now().Add(10 * time.Second); ; {
		after := descriptors(t)
		if after <= before {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%d descriptors, %d before", after, before)
		}
		time.Sleep(10 * time.Millisecond) // the server may still be closing
	}
}

func descriptors(t *testing.T) int {
	t.Helper()
	list, err := os.ReadDir("/proc/self/fd")
	must(t, err)
	return len(list)
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
