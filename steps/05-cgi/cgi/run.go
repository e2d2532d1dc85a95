package cgi

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"example/wirebook/steps/04-static/httpserver"
)

// run runs a script and passes on what it prints, or returns the target on
// this server that the script names instead.
func (h *CGIHTTPRequestHandler) run(w *httpserver.ResponseWriter,
	r *httpserver.Request, s script) (location string) {
	// read the content
	content, fault := readContent(r)
	if fault != nil {
		w.SendError(fault.Code, fault.Message, fault.Explain)
		return ""
	}
	defer removeContent(content)

	// start the script
	ctx, kill := context.WithTimeout(h.open, h.Timeout)
	defer kill()
	c, err := h.start(ctx, r, s, content)
	if err != nil {
		logError(r, s, err)
		sendStartError(w, s, err)
		return ""
	}
	defer c.close()

	// pass on what it prints
	out := readers.Get().(*bufio.Reader)
	out.Reset(c)
	defer func() {
		out.Reset(nil)
		readers.Put(out)
	}()
	head, err := readHead(out)
	switch {
	case err != nil && ctx.Err() == context.DeadlineExceeded:
		w.SendError(504, "CGI script took too long", "")
	case err != nil:
		w.SendError(500, "CGI script printed no head", "")
	case head.isLocal():
		location = head.location
		_, err = io.Copy(io.Discard, out) // let it finish
	default:
		err = reply(w, r, head, out)
	}

	// wait for its end
	if !c.whole {
		kill() // nobody reads what it still prints
	}
	ended := c.wait()
	switch {
	case ctx.Err() == context.DeadlineExceeded:
		err = fmt.Errorf("cgi: killed after %v", h.Timeout)
	case err == nil:
		err = ended
	case ended != nil:
		err = fmt.Errorf("%w (%w)", err, ended)
	}
	if err != nil && !errors.Is(err, errClientLeft) {
		logError(r, s, err)
	}
	return location
}

// readers are lent to requests: a new buffer of 32 KiB for each, and an open
// null device for each script, cost 3 % of the speed.
var readers = sync.Pool{New: func() any {
	return bufio.NewReaderSize(nil, 32<<10)
}}

// readContent returns what a script reads on standard input: the request's
// content, all of it and no byte more (RFC 3875, 4.2); nil where there is
// none. It must be given to removeContent.
//
// The content is put into a file before the script starts. So a client that
// takes its time keeps no process waiting, one that leaves in the middle
// starts none (half a form must not be acted upon), and a script need not read
// what it does not want.
func readContent(r *httpserver.Request) (*os.File, *httpserver.Error) {
	if r.Length <= 0 {
		return nil, nil
	}
	f, err := os.CreateTemp("", "wirebook-cgi-")
	if err == nil {
		_, err = io.CopyN(f, r.Body, r.Length)
	}
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err == nil {
		return f, nil
	}
	removeContent(f)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, &httpserver.Error{Code: 400,
			Message: "Content ends early"}
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, &httpserver.Error{Code: 408}
	}
	r.LogMessage("CGI content: " + err.Error())
	return nil, &httpserver.Error{Code: 500}
}

// removeContent removes a content when its script has ended.
func removeContent(f *os.File) {
	if f != nil {
		f.Close()
		os.Remove(f.Name())
	}
}

// A child is a running script. Reading it gives its standard output.
type child struct {
	ctx    context.Context // the script is killed when it ends
	stdout *os.File        // our end of the pipe
	stderr *os.File        // the same
	whole  bool            // its output has been read to the end
	wait   func() error    // waits for its end; an *exec.ExitError or nil
}

// drainTimeout is how long, after a script's end, others may still print: a
// program that it has started can hold the same output.
const drainTimeout = 50 * time.Millisecond

// start starts a script in a process group of its own, so that all it starts
// can be killed with it: when ctx ends, and when the script has ended.
func (h *CGIHTTPRequestHandler) start(ctx context.Context,
	r *httpserver.Request, s script, content *os.File) (*child, error) {
	cmd := exec.CommandContext(ctx, h.path(s), arguments(r.Query())...)
	cmd.Dir = h.dir
	cmd.Env = h.environment(r, s)
	cmd.Stdin = h.null
	if content != nil {
		cmd.Stdin = content
	}
	cmd.SysProcAttr = h.attributes
	cmd.Cancel = func() error { return killGroup(cmd.Process) }

	c := &child{ctx: ctx}
	var stdout, stderr *os.File // the script's ends of the pipes
	var err error
	if c.stdout, stdout, err = os.Pipe(); err == nil {
		c.stderr, stderr, err = os.Pipe()
	}
	// The script gets copies. Ours would keep the pipes from ending. (A nil
	// file takes Close without harm.)
	defer stdout.Close()
	defer stderr.Close()
	cmd.Stdout, cmd.Stderr = stdout, stderr
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		c.close()
		return nil, err
	}

	log := sync.OnceFunc(func() { logLines(c.stderr, r) })
	c.wait = sync.OnceValue(func() error {
		err := cmd.Wait()
		killGroup(cmd.Process) // what the script has left behind
		// A program outside the group may hold the pipes: reads of them end.
		c.stdout.SetReadDeadline(time.Now())
		c.stderr.SetReadDeadline(time.Now().Add(drainTimeout))
		log()
		return err
	})
	// Most scripts have ended by then, and run has waited for them: to start a
	// goroutine for each from the beginning costs a tenth of the speed. One
	// that takes longer may say much on standard error, and would stand still
	// if nobody read it.
	time.AfterFunc(drainTimeout, func() {
		go log()
		c.wait()
	})
	return c, nil
}

func (c *child) close() {
	c.stdout.Close()
	c.stderr.Close()
}

// Read reads what the script prints. It ends when all have closed that output,
// or when the script has ended and nothing more comes.
func (c *child) Read(b []byte) (int, error) {
	n, err := c.stdout.Read(b)
	if errors.Is(err, os.ErrDeadlineExceeded) && c.ctx.Err() == nil {
		// The script has ended, see start. What is in the pipe is still to be
		// sent.
		c.stdout.SetReadDeadline(time.Now().Add(drainTimeout))
		n, err = c.stdout.Read(b)
	}
	c.whole = err == io.EOF
	if errors.Is(err, os.ErrDeadlineExceeded) {
		err = io.EOF
	}
	return n, err
}

// Limits of what one script may put into the log.
const (
	maxLogLine  = 1 << 10 // bytes; a longer line becomes several
	maxLogLines = 64
)

// logLines puts what a script says on standard error into the log, line by
// line. Beyond the limit it reads on and logs nothing.
func logLines(stderr io.Reader, r *httpserver.Request) {
	lines := bufio.NewReaderSize(stderr, maxLogLine)
	for range maxLogLines {
		line, _, err := lines.ReadLine() // a long one comes in pieces
		if err != nil {
			return
		}
		r.LogMessage("CGI script: " + string(line))
	}
	if n, _ := io.Copy(io.Discard, lines); n > 0 {
		r.LogMessage("CGI script: (the rest is not shown)")
	}
}

// sendStartError says to the client why a script did not start.
func sendStartError(w *httpserver.ResponseWriter, s script, err error) {
	if os.Geteuid() == 0 && errors.Is(err, os.ErrPermission) {
		w.SendError(403, "CGI script is closed to the user nobody ('"+
			s.name+"')", "Root runs scripts as nobody, who "+
			"must be able to run the file and to enter every folder above it")
		return
	}
	w.SendError(500, "CGI script could not be started", "")
}

func logError(r *httpserver.Request, s script, err error) {
	r.LogMessage("CGI script " + s.name + ": " +
		strings.TrimPrefix(err.Error(), "cgi: "))
}
