package httpserver

import (
	"net"
	"strconv"
	"sync"
	"time"
	"unicode/utf8"
)

// A logger is what the lines of the log share.
type logger struct {
	time clock

	mu  sync.Mutex // guards buf, and keeps lines whole
	buf []byte
}

// logRequest writes http.server's line for a request, in one Write:
//
//	127.0.0.1 - - [02/Jan/2020 03:04:05] "GET / HTTP/1.1" 200 -
//
// The time is local, without its zone. The last column would be the length,
// which http.server leaves out too.
func (s *HTTPServer) logRequest(client, line string, code int) {
	if s.Log == nil {
		return
	}
	l := &s.log
	l.mu.Lock()
	defer l.mu.Unlock()
	l.begin(client)
	l.buf = append(l.buf, '"')
	l.text(line)
	l.buf = append(l.buf, `" `...)
	l.buf = strconv.AppendInt(l.buf, int64(code), 10)
	l.buf = append(l.buf, " -\n"...)
	// Nobody can be told that this fails: the log is where it would stand.
	s.Log.Write(l.buf)
}

// LogMessage writes a line of its own for a request: what went wrong, or what
// a program that answered it had to say.
func (r *Request) LogMessage(text string) {
	s := r.Server
	if s.Log == nil {
		return
	}
	l := &s.log
	l.mu.Lock()
	defer l.mu.Unlock()
	l.begin(r.ClientAddress)
	l.text(text)
	l.buf = append(l.buf, '\n')
	s.Log.Write(l.buf)
}

// begin starts a line with the client's address, its port left out, and time.
func (l *logger) begin(client string) {
	if host, _, err := net.SplitHostPort(client); err == nil {
		client = host
	}
	l.buf = append(l.buf[:0], client...)
	l.buf = append(l.buf, " - - ["...)
	l.buf = append(l.buf, l.time.text()...)
	l.buf = append(l.buf, "] "...)
}

// text appends what a client sent, read as Latin-1 and made harmless: a
// control character as \x1b, and a backslash doubled, so that nobody can
// write the one to look like the other.
func (l *logger) text(s string) {
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\\':
			l.buf = append(l.buf, `\\`...)
		case isControl(c):
			l.buf = appendHex(l.buf, c)
		default:
			l.buf = utf8.AppendRune(l.buf, rune(c))
		}
	}
}

// logTime is the date of a log line.
func logTime(t time.Time) string { return t.Format("02/Jan/2006 15:04:05") }
