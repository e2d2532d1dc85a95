package runner

import "sync"

// logSize is how much of a server's output is kept, in bytes.
const logSize = 64 << 10

// A ring keeps the last logSize bytes written to it. Writing never fails and
// never waits for a reader, so a server that prints without end is drained
// without end and cannot fill the memory. The zero value is ready.
type ring struct {
	mu    sync.Mutex
	buf   []byte // grows to logSize, then is overwritten from start
	start int    // index of the oldest byte once buf is full
	total int64  // all bytes ever written
}

// Write keeps the end of b. It implements io.Writer.
func (r *ring) Write(b []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := len(b)
	r.total += int64(n)
	b = b[max(0, n-logSize):]
	if room := logSize - len(r.buf); room > 0 {
		fill := b[:min(room, len(b))]
		r.buf = append(r.buf, fill...)
		b = b[len(fill):]
	}
	for len(b) > 0 {
		k := copy(r.buf[r.start:], b)
		r.start = (r.start + k) % logSize
		b = b[k:]
	}
	return n, nil
}

// last returns a copy of what is kept, oldest first, and how many bytes came
// before it.
func (r *ring) last() (text []byte, dropped int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	text = make([]byte, 0, len(r.buf))
	text = append(text, r.buf[r.start:]...)
	text = append(text, r.buf[:r.start]...)
	return text, r.total - int64(len(text))
}
