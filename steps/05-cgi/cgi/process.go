package cgi

import (
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"example/wirebook/steps/04-static/httpserver"
)

// A process is a running script. Reading it gives its standard output.
//
// Most scripts end soon. For them one goroutine does in turn what there is to
// do: it reads the output, waits for the end, and logs what has been said on
// standard error. A script that runs for longer than grace has goroutines of
// its own for the last two.
type process struct {
	os    *os.Process
	pipes pipes
	req   *httpserver.Request // whose log it has
	watch *time.Timer         // begins what is done beside a long run
	limit *time.Timer         // kills it when its time is over
	late  atomic.Bool         // that has happened
	whole bool                // its output has been read to the end

	logged sync.Once // guards the reading of standard error
	waited sync.Once // guards the wait: a process is reaped once
	state  *os.ProcessState

	mu    sync.Mutex // guards ended
	ended bool       // it is reaped, and its number may be somebody else's
}

// grace is how long "soon" is. It also is how long, after a script's end,
// others may still print: a program that it has left behind can hold the same
// output.
const grace = 50 * time.Millisecond

// start starts a script in a process group of its own.
func (h *CGIHTTPRequestHandler) start(r *httpserver.Request, s script,
	stdin *os.File) (*process, error) {
	logged := r.Server.Log != nil
	pipes, err := openPipes(logged)
	if err != nil {
		return nil, err
	}
	stderr := pipes.stderr
	if !logged {
		stderr = h.null
	}
	program := h.path(s)
	child, err := os.StartProcess(program,
		append([]string{program}, arguments(r.Query())...), &os.ProcAttr{
			Dir:   h.dir,
			Env:   h.environment(r, s),
			Files: []*os.File{stdin, pipes.stdout, stderr},
			Sys:   h.user.attributes(),
		})
	pipes.closeTheirs()
	if err != nil {
		pipes.closeOurs()
		return nil, err
	}
	p := &process{os: child, pipes: pipes, req: r}
	p.watch = time.AfterFunc(grace, func() {
		go p.log() // a script whose pipe is full would stand still
		p.wait()
	})
	p.limit = time.AfterFunc(h.Timeout, p.expire)
	h.mu.Lock()
	h.running[p] = true
	h.mu.Unlock()
	return p, nil
}

// Read reads what the script prints. It ends when all have closed that output,
// or when the script has ended and nothing more comes.
func (p *process) Read(b []byte) (int, error) {
	n, err := p.pipes.out.Read(b)
	if errors.Is(err, os.ErrDeadlineExceeded) && !p.late.Load() {
		// The script has ended, see wait. What is in the pipe is still to be
		// sent.
		p.pipes.out.SetReadDeadline(time.Now().Add(grace))
		n, err = p.pipes.out.Read(b)
	}
	if err == io.EOF {
		p.whole = true
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		err = io.EOF
	}
	return n, err
}

// log puts what the script says on standard error into the log. It returns
// when that has ended.
func (p *process) log() {
	p.logged.Do(func() {
		if p.pipes.errors != nil {
			logLines(p.pipes.errors, p.req)
		}
	})
}

// wait reaps the script when it has ended, kills what it left behind, and
// wakes a Read that waits for one of those.
func (p *process) wait() {
	p.waited.Do(func() {
		p.state, _ = p.os.Wait()
		p.mu.Lock()
		p.ended = true
		p.mu.Unlock()
		// The group keeps the number taken as long as it has a member.
		killGroup(p.os)
		p.pipes.out.SetReadDeadline(time.Now())
	})
}

// kill ends the script with its group, unless it is reaped already.
func (p *process) kill() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.ended {
		killGroup(p.os)
	}
}

// expire ends a script whose time is over.
func (p *process) expire() {
	p.late.Store(true)
	p.kill()
	p.pipes.out.SetReadDeadline(time.Now())
}

// end ends the script when its answer has been sent. One that has closed its
// output may go on with other things until its time is over; one that still
// prints does so for nobody.
func (h *CGIHTTPRequestHandler) end(p *process) {
	if !p.whole {
		p.kill()
	}
	p.watch.Stop()
	p.wait()
	p.limit.Stop()
	h.mu.Lock()
	delete(h.running, p)
	h.mu.Unlock()
	p.pipes.errors.SetReadDeadline(time.Now().Add(grace)) // may be nil
	p.log()
	p.pipes.closeOurs()
	if code := p.state.ExitCode(); p.whole && code != 0 {
		p.req.LogMessage(fmt.Sprintf("CGI script exit code %d", code))
	}
}
