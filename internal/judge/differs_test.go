package judge

import (
	"strings"
	"testing"

	"example/wirebook/internal/play"
)

// TestDiffers: of an exchange that no exercise judges, code and content count,
// the code first, and nothing else does.
func TestDiffers(t *testing.T) {
	const begin = "differs from the reference: "
	for got, want := range map[string]string{
		yes:                               "",
		"HTTP/1.x 200  Fine\nA: b\n\nYes": "",
		"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n": begin + "the code is 400, due 200",
		"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nNo":        begin + "the content differs (byte 38)",
		"": begin + "the server closed without an answer",
	} {
		x := parse(t, head+get+await)
		f := Differs(x, transcript(sentPage, got, play.Closed))
		switch {
		case want == "" && f != nil, want != "" && (f == nil || f.Saw != want):
			t.Errorf("%q: got %+v, want %s", got, f, want)
		}
		if len(x.Judges) > 0 {
			t.Error("the exchange judges from now on")
		}
	}
	raw := parse(t, head+get+"-- response.raw --\nYes^D\n")
	if f := Differs(raw, transcript(sentPage, "No", play.Closed)); f == nil || !strings.HasPrefix(f.Saw, begin) {
		t.Errorf("raw: %+v", f)
	}
}
