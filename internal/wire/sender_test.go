package wire

import (
	"fmt"
	"testing"
)

// Every connection of the workbook's own has its sender in its first event,
// however quickly the tap accepts; a stranger's in between has none.
func TestDialNamesTheSender(t *testing.T) {
	r := newHarness(t)
	for i := range 10 {
		who := Sender{"lesson", fmt.Sprint(i)}
		c, err := r.tap.Dial(t.Context(), who)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		e := r.until(t, "opened", isKind(Opened))
		if e.Sender != who || e.Client != c.LocalAddr().String() {
			t.Errorf("event %d: %+v, want sender %q and client %s", i, e, who, c.LocalAddr())
		}
		if got, want := r.conns[e.Conn].Who(), fmt.Sprintf(`lesson "%d"`, i); got != want {
			t.Errorf("who %q, want %q", got, want)
		}
		stranger := r.client(t)
		defer stranger.Close()
		if e := r.until(t, "opened", isKind(Opened)); e.Sender != (Sender{}) {
			t.Errorf("a stranger is called %q", e.Sender)
		}
	}
	if n := len(r.tap.senders.byAddr); n > 0 {
		t.Errorf("%d senders are kept after their clients came", n)
	}
}
