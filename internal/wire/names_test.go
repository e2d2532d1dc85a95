package wire

import (
	"fmt"
	"net"
	"testing"
	"time"
)

// Every connection of the workbook's own has its label in its first event,
// however quickly the tap accepts; a stranger's in between has none.
func TestDialLabelsTheFirstEvent(t *testing.T) {
	r := newRig(t)
	for i := range 10 {
		label := fmt.Sprintf("lesson %d", i)
		c, err := r.tap.Dial(t.Context(), label)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		e := r.until(t, "opened", isKind(Opened))
		if e.Label != label || e.Client != c.LocalAddr().String() {
			t.Errorf("event %d: %+v, want label %q and client %s", i, e, label, c.LocalAddr())
		}
		stranger := r.client(t)
		defer stranger.Close()
		if e := r.until(t, "opened", isKind(Opened)); e.Label != "" {
			t.Errorf("a stranger is called %q", e.Label)
		}
	}
}

func TestLabelBeforeAndAfter(t *testing.T) {
	r := newRig(t)
	// Before: the label waits for the client.
	free, err := listenOne("127.0.0.1", 0)
	if err != nil {
		t.Fatal(err)
	}
	addr := free.Addr().(*net.TCPAddr)
	free.Close()
	r.tap.Label(addr.String(), "early")
	d := net.Dialer{LocalAddr: addr, Timeout: limit}
	early, err := d.DialContext(t.Context(), "tcp", localAddr("127.0.0.1", r.tap.port))
	if err != nil {
		t.Skipf("the port %s cannot be used again here: %v", addr, err)
	}
	defer early.Close()
	if e := r.until(t, "opened", isKind(Opened)); e.Label != "early" {
		t.Errorf("label %q, want early", e.Label)
	}

	// After: an event of its own brings it.
	late := r.client(t)
	e := r.until(t, "opened", isKind(Opened))
	r.tap.Label(late.LocalAddr().String(), "late")
	named := r.until(t, "named", isKind(Named))
	if named.Conn != e.Conn || r.conns[e.Conn].Label != "late" || r.conns[e.Conn].Who() != "late" {
		t.Errorf("%+v, connection %+v", named, r.conns[e.Conn])
	}
}

// Labels of clients that never come do not pile up.
func TestLabelsAreBounded(t *testing.T) {
	n := newNames(newQueue(time.Now()))
	defer n.queue.close()
	for i := range 10 * maxNames {
		n.set(fmt.Sprint(i), "x")
	}
	if len(n.waiting) > maxNames {
		t.Errorf("%d labels wait, want at most %d", len(n.waiting), maxNames)
	}
}
