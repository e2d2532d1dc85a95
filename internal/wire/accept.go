package wire

import (
	"net"
	"time"

	"example/wirebook/internal/wire/message"
)

// acceptTime is how long a server may take to accept before the record says that
// it has not, and how often it is looked at again.
const acceptTime = 50 * time.Millisecond

// watchAccept notes when a server leaves a connection waiting, and when it
// accepts it at last. A server that takes one client after another does so to
// all but the first.
func (r *relay) watchAccept(server *net.TCPConn, over <-chan struct{}) {
	tick := time.NewTicker(acceptTime)
	defer tick.Stop()
	for waits := false; ; {
		select {
		case <-over:
			return
		case <-tick.C:
		}
		switch yes, known := accepted(server); {
		case !known:
			return
		case yes && waits:
			r.add(Event{Dir: message.ToClient, Kind: Accepted})
			return
		case yes:
			return
		case !waits:
			waits = true
			r.add(Event{Dir: message.ToClient, Kind: Queued})
		}
	}
}
