package runner

import (
	"fmt"
	"os"
	"time"
)

const (
	terminateTimeout = 2 * time.Second // from SIGTERM to SIGKILL
	killTimeout      = 2 * time.Second // from SIGKILL to giving up
	drainTimeout     = time.Second     // for the last output, once all are gone
	goneEvery        = 2 * time.Millisecond
)

// Stop ends the whole process group: SIGTERM, two seconds, SIGKILL. It returns
// when nothing is left of it, and may be called again and from anywhere. An
// error means that something survived SIGKILL (a process stuck in the kernel).
func (p *Process) Stop() error {
	p.stop.Do(func() {
		select {
		case <-p.done:
			return // it ended by itself, and Exit goes on saying how
		default:
		}
		p.stopping.Store(true)
		p.tree.terminate()
		select {
		case <-p.done:
			return
		case <-time.After(terminateTimeout):
		}
		p.tree.kill()
	})
	select {
	case <-p.done:
	case <-time.After(terminateTimeout + killTimeout + drainTimeout):
		return p.survived()
	}
	if p.stray {
		return p.survived()
	}
	return nil
}

func (p *Process) survived() error {
	return fmt.Errorf("runner: stop: %s: process group %d is still there", p.name, p.Pid())
}

// wait reaps the server when it ends, and ends what it leaves behind: a child
// that still holds the port would answer in the place of the next server.
func (p *Process) wait() {
	p.cmd.Wait() // the status is in ProcessState
	for end := time.Now().Add(killTimeout); p.tree.kill(); time.Sleep(goneEvery) {
		if time.Now().After(end) {
			p.stray = true
			break
		}
	}
	select {
	case <-p.drained:
	case <-time.After(drainTimeout): // somebody who got away holds the pipe
	}
	p.output.Close()
	p.errput.Close()
	p.tree.close()
	if p.folder != "" {
		os.RemoveAll(p.folder)
	}
	text, _ := p.errors.last()
	p.exit = newExit(p.cmd.ProcessState, text, p.stopping.Load())
	close(p.done)
}
