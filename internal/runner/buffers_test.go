package runner

import (
	"bytes"
	"testing"
)

func TestSuffixBuffer(t *testing.T) {
	if logSize != 65536 {
		t.Errorf("a server's last %d bytes are kept, want 65536", logSize)
	}
	var r suffixBuffer
	if text, dropped := r.last(); len(text) != 0 || dropped != 0 {
		t.Errorf("new: %q, %d", text, dropped)
	}
	var all []byte // everything ever written, the slow and plain way
	for i, size := range []int{3, logSize - 10, 5, 2, 1, 40, logSize, 1, 3 * logSize, 0, 77, logSize - 1} {
		part := bytes.Repeat([]byte{byte('a' + i)}, size)
		if n, err := r.Write(part); n != size || err != nil {
			t.Fatalf("write: %d, %v", n, err)
		}
		all = append(all, part...)
		text, dropped := r.last()
		want := all[max(0, len(all)-logSize):]
		if !bytes.Equal(text, want) || dropped != int64(len(all)-len(want)) {
			t.Fatalf("after %d bytes: %d kept, %d dropped, want %d, %d",
				len(all), len(text), dropped, len(want), len(all)-len(want))
		}
	}
}
