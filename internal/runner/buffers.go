package runner

import (
	"bytes"
	"sync"
)

// A prefixBuffer keeps the first bytes written to it, where a compiler says what
// is wrong first, and drops the rest.
type prefixBuffer struct {
	buf   bytes.Buffer // not embedded: its ReadFrom knows no limit
	limit int
}

// Write keeps the beginning of b. It implements io.Writer.
func (p *prefixBuffer) Write(b []byte) (int, error) {
	p.buf.Write(b[:min(len(b), p.limit-p.buf.Len())])
	return len(b), nil
}

// logSize is how much of a server's output is kept, in bytes.
const logSize = 64 << 10

// A suffixBuffer keeps the last logSize bytes written to it. Writing never fails
// and never waits for a reader, so a server that prints without end is drained
// without end and cannot fill the memory. The zero value is ready.
type suffixBuffer struct {
	mu    sync.Mutex
	buf   []byte // grows to logSize, then is overwritten from start
	start int    // index of the oldest byte once buf is full
	total int64  // all bytes ever written
}

// Write keeps the end of b. It implements io.Writer.
func (s *suffixBuffer) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := len(b)
	s.total += int64(n)
	b = b[max(0, n-logSize):]
	if room := logSize - len(s.buf); room > 0 {
		fill := b[:min(room, len(b))]
		s.buf = append(s.buf, fill...)
		b = b[len(fill):]
	}
	for len(b) > 0 {
		k := copy(s.buf[s.start:], b)
		s.start = (s.start + k) % logSize
		b = b[k:]
	}
	return n, nil
}

// last returns a copy of what is kept, oldest first, and how many bytes came
// before it.
func (s *suffixBuffer) last() (text []byte, dropped int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	text = make([]byte, 0, len(s.buf))
	text = append(text, s.buf[s.start:]...)
	text = append(text, s.buf[:s.start]...)
	return text, s.total - int64(len(text))
}
