package cgi

import (
	"bufio"
	"io"
	"os"

	"example/wirebook/steps/04-static/httpserver"
)

// pipes connect a script's standard output and standard error to us. The
// second pair is nil where there is no log.
type pipes struct {
	out, stdout    *os.File // our end and the script's
	errors, stderr *os.File
}

func openPipes(logged bool) (p pipes, err error) {
	p.out, p.stdout, err = os.Pipe()
	if err == nil && logged {
		p.errors, p.stderr, err = os.Pipe()
	}
	if err != nil {
		p.closeOurs()
		p.closeTheirs()
	}
	return p, err
}

// closeTheirs closes the script's ends here. Ours give no end of file before
// all others have been closed.
func (p *pipes) closeTheirs() {
	p.stdout.Close() // a nil file takes this without harm
	p.stderr.Close()
}

func (p *pipes) closeOurs() {
	p.out.Close()
	p.errors.Close()
}

// Limits of what one script may put into the log.
const (
	maxLogLine  = 1 << 10 // bytes
	maxLogLines = 64
)

// logLines puts what a script says on standard error into the log, line by
// line. Beyond the limit it reads on and logs nothing: a script whose pipe is
// full would stand still.
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
