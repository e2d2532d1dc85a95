package runner

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	startTimeout = 10 * time.Second // unless the command says otherwise
	portAttempts = 3                // fresh ports to try when somebody is quicker
)

// Start runs the command on a free port of 127.0.0.1 and returns when it
// listens there. The context bounds the start alone: a server that is up stays
// up until Stop. Errors are of type *StartError, or the context's.
func Start(ctx context.Context, c Command) (*Process, error) {
	for attempt := 1; ; attempt++ {
		p, err := startOnce(ctx, c)
		// Between our finding a free port and the server's binding it, another
		// program may take it. A new port is all that this needs.
		var failed *StartError
		if errors.As(err, &failed) && failed.Reason == PortTaken && attempt < portAttempts {
			continue
		}
		return p, err
	}
}

func startOnce(ctx context.Context, c Command) (*Process, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("runner: start: %s: %w", c.Name, err)
	}
	p, err := launch(c)
	if err != nil {
		return nil, err
	}
	if err := p.awaitListening(ctx, cmp.Or(c.StartTimeout, startTimeout)); err != nil {
		p.Stop() // what matters to the caller is why it did not come up
		return nil, err
	}
	return p, nil
}

// launch starts the program and the goroutines that drain and await it.
func launch(c Command) (*Process, error) {
	port, err := freePort()
	if err != nil {
		return nil, cannotStart(c, "no free port: "+err.Error())
	}
	program, err := lookUp(c.Args)
	if err != nil {
		return nil, cannotStart(c, err.Error())
	}
	for _, dir := range []string{c.Dir, c.Work} {
		// exec would blame the program for a folder that is not there.
		if _, err := os.Stat(dir); dir != "" && err != nil {
			return nil, cannotStart(c, err.Error())
		}
	}
	p := &Process{
		name:    c.Name,
		addr:    net.JoinHostPort("127.0.0.1", strconv.Itoa(port)),
		drained: make(chan struct{}),
		done:    make(chan struct{}),
	}
	dir := c.Dir
	if c.Copy || len(c.Files) > 0 {
		if p.folder, err = copyFolder(c.Dir, c.Files); err != nil {
			return nil, cannotStart(c, err.Error())
		}
		dir = p.folder
	}
	fill := strings.NewReplacer("{addr}", p.addr, "{host}", "127.0.0.1",
		"{port}", strconv.Itoa(port), "{dir}", dir).Replace

	cmd := exec.Command(program)
	for _, arg := range c.Args[1:] {
		cmd.Args = append(cmd.Args, fill(arg))
	}
	cmd.Dir = cmp.Or(c.Work, dir)
	// Python holds back what it prints to a pipe until it ends; the learner
	// wants to see it now.
	cmd.Env = append(os.Environ(), "PYTHONUNBUFFERED=1")
	for _, v := range c.Env {
		cmd.Env = append(cmd.Env, fill(v))
	}
	p.cmd, p.tree = cmd, newProcessTree(cmd, true)
	if err := p.run(); err != nil {
		p.tree.close()
		os.RemoveAll(p.folder)
		return nil, cannotStart(c, err.Error())
	}
	return p, nil
}

// run starts the process. Standard input stays closed (the null device): a
// server that reads it must not take the reader's keys. Standard output and
// standard error are pipes of their own: both make the log, the last words are
// on standard error.
func (p *Process) run() error {
	output, theirOutput, err := os.Pipe()
	if err != nil {
		return err
	}
	errput, theirErrput, err := os.Pipe()
	if err != nil {
		output.Close()
		theirOutput.Close()
		return err
	}
	p.output, p.errput = output, errput
	p.cmd.Stdout, p.cmd.Stderr = theirOutput, theirErrput
	started := make(chan error)
	go func() {
		// Linux kills the server when the thread that started it ends
		// (PR_SET_PDEATHSIG), which is meant for the end of the workbook. So
		// this goroutine keeps its thread until the server is gone.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := p.cmd.Start()
		theirOutput.Close()
		theirErrput.Close()
		if err == nil {
			p.tree.started()
			go p.drain()
		}
		started <- err
		if err == nil {
			p.wait()
		}
	}()
	if err := <-started; err != nil {
		output.Close()
		errput.Close()
		return err
	}
	return nil
}

// drain keeps the end of what the server prints. It ends with the pipes, whose
// errors say no more.
func (p *Process) drain() {
	var both sync.WaitGroup
	both.Go(func() { io.Copy(&p.log, p.output) })
	both.Go(func() { io.Copy(io.MultiWriter(&p.log, &p.errors), p.errput) })
	both.Wait()
	close(p.drained)
}

// lookUp finds the program where the reader typed its name: exec.Cmd would
// take a relative path from the server's working folder.
func lookUp(args []string) (string, error) {
	if len(args) == 0 || args[0] == "" {
		return "", errors.New("no program is named")
	}
	path, err := exec.LookPath(args[0])
	if err != nil {
		return "", err
	}
	return filepath.Abs(path)
}

// freePort asks the system for a port that nobody has, and lets go of it.
func freePort() (int, error) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
