package httpserver

import (
	"io"
	"net"
	"strconv"
	"strings"
	"time"
)

// logResponse writes http.server's line for a response:
//
//	127.0.0.1 - - [02/Jan/2020 03:04:05] "GET / HTTP/1.1" 200 -
//
// The time is local, without its zone. The last column would be the length,
// which http.server leaves out too.
func (r *Request) logResponse(code int) {
	r.log(`"` + visible(r.Line) + `" ` + strconv.Itoa(code) + " -")
}

// LogMessage writes a line of its own for a request: what went wrong, or what
// a program that answered it had to say.
func (r *Request) LogMessage(text string) { r.log(visible(text)) }

// log writes a line that begins with the client's address and the time. It is
// one Write to the server's Log, however many connections log at once.
func (r *Request) log(text string) {
	s := r.Server
	if s.Log == nil {
		return
	}
	host, _, _ := net.SplitHostPort(r.ClientAddress)
	now := time.Now().Format("02/Jan/2006 15:04:05")
	s.logging.Lock()
	defer s.logging.Unlock()
	// Nobody can be told that this fails: the log is where it would stand.
	io.WriteString(s.Log, host+" - - ["+now+"] "+text+"\n")
}

// visible escapes all that is not visible ASCII, as Go writes it in a string:
// a terminal would obey a control character. A backslash is doubled, so that
// nobody can write the one to look like the other.
func visible(text string) string {
	quoted := strconv.QuoteToASCII(text)
	return strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`)
}
