// Package runner builds, starts and stops servers: one of a step's, or any command in
// any language.
//
// A started server runs in a session and process group of its own; Stop ends
// all of it. Whether it is ready is read from the kernel (Linux: netlink
// sock_diag, a LISTEN socket whose inode the server owns) or, elsewhere, from
// its log line. The runner never connects to find out: a probe would be an
// empty connection in the learner's accept loop.
//
// Its counterpart in Python is subprocess.Popen with start_new_session=True.
// It is not a supervisor, nothing is restarted; and it is not a sandbox, a
// server runs with the rights of whoever started the workbook.
package runner

import (
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"time"

	"example/wirebook/internal/exchange"
)

// A Command says what to run. In Args and Env, {addr}, {host}, {port} and
// {dir} stand for what the runner chose.
type Command struct {
	Name  string          // for people: "your server", "the reference"
	Args  []string        // program and arguments
	Dir   string          // the folder it serves ({dir})
	Work  string          // its working folder; "" means the folder it serves
	Copy  bool            // serve a copy of Dir that every user may read
	Files []exchange.File // put into such a copy, which is then served
	Env   []string        // added to the environment

	StartTimeout time.Duration // how long it may take to listen; 0 means 10 s
}

// A Process is a running server.
type Process struct {
	name     string
	addr     string
	cmd      *exec.Cmd
	output   *os.File // our end of the pipe at its standard output
	errput   *os.File // and at its standard error
	drained  chan struct{}
	log      suffixBuffer // both
	errors   suffixBuffer // standard error
	tree     *processTree
	folder   string // copy of Command.Dir with Files, removed at the end
	stopping atomic.Bool
	stop     sync.Once
	done     chan struct{}
	exit     *Exit // written before done is closed
	stray    bool  // likewise: something survived SIGKILL
}

// Addr is where it listens, "127.0.0.1:40123".
func (p *Process) Addr() string { return p.addr }

// Pid is the process's id, which is also its group's.
func (p *Process) Pid() int { return p.cmd.Process.Pid }

// Done is closed when the process has ended and nothing is left of its group.
func (p *Process) Done() <-chan struct{} { return p.done }

// Exit says how it ended. It is nil while the process runs.
func (p *Process) Exit() *Exit {
	select {
	case <-p.done:
		return p.exit
	default:
		return nil
	}
}
