package wire

import (
	"net"
	"sync"
	"time"

	"example/wirebook/internal/wire/message"
)

const (
	// acceptTime is how long a server may take to accept before the record
	// says that it has not.
	acceptTime = 50 * time.Millisecond

	// acceptPoll is how long, at most, it takes to see that it has at last.
	acceptPoll = 400 * time.Millisecond
)

// An acceptWait is what is known of a connection's wait to be accepted.
type acceptWait struct {
	mu       sync.Mutex
	noted    bool // that it waits, and not yet that it is over
	answered bool // bytes have come from the server: it does not wait
}

// watchAccept notes when a server leaves a connection waiting, and when it
// accepts it at last. A server that takes one client after another does so to
// all but the first.
func (r *relay) watchAccept(server *net.TCPConn, over <-chan struct{}) {
	for pause := acceptTime; ; pause = min(2*pause, acceptPoll) {
		select {
		case <-over:
			return
		case <-time.After(pause):
		}
		yes, known := accepted(server)
		if !known || !r.noteWaiting(yes) {
			return
		}
	}
}

// noteWaiting notes that the server has not accepted yet, once, or that it has.
// It reports whether to look again.
func (r *relay) noteWaiting(accepted bool) (again bool) {
	w := &r.waiting
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.answered {
		return false
	}
	switch {
	case accepted && w.noted:
		w.noted = false
		r.add(Event{Dir: message.ToClient, Kind: Accepted})
	case !accepted && !w.noted:
		w.noted = true
		r.add(Event{Dir: message.ToClient, Kind: Queued})
	}
	return !accepted
}

// noteAnswered is called before bytes from the server are recorded: it had
// accepted before it sent them.
func (r *relay) noteAnswered() {
	w := &r.waiting
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.noted && !w.answered {
		r.add(Event{Dir: message.ToClient, Kind: Accepted})
	}
	w.answered = true
}
