package httpserver

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// A ResponseWriter writes one response: [ResponseWriter.SendResponse], a
// SendHeader for each field, EndHeaders, then the content. It adds nothing by
// itself but Server and Date. Whoever writes content says how long it is, with
// Content-Length; otherwise the server ends it by closing the connection.
//
// What is written waits in a buffer, so that the head and the start of the
// content leave in one system call. Besides being cheaper, this avoids a trap:
// a head in a write of its own can make the client's TCP wait 40 ms before it
// confirms it, and Nagle's algorithm makes ours wait for that.
type ResponseWriter struct {
	c *conn
	r *Request

	framed bool // the head says where the content ends
	close  bool // no further request on this connection
}

// keepAlive reports whether another request may follow on the connection.
func (w *ResponseWriter) keepAlive() bool {
	return w.r.keepAlive && w.framed && !w.close
}

// SendResponse begins the response: the log line, the status line, Server and
// Date. An empty message stands for the code's own phrase.
func (w *ResponseWriter) SendResponse(code int, message string) {
	w.r.logResponse(code)
	w.sendStatusLine(code, message)
	w.SendHeader("Server", Software)
	w.SendHeader("Date", httpDate(time.Now()))
}

func (w *ResponseWriter) sendStatusLine(code int, message string) {
	if message == "" {
		message = phrase(code)
	}
	w.sendLine(w.r.Server.Protocol + " " + strconv.Itoa(code) + " " + message)
	w.framed = code == 204 || code == 304 // never have content
}

// SendHeader writes one field. "Connection: close" also closes the connection
// after this response.
func (w *ResponseWriter) SendHeader(name, value string) {
	w.sendLine(name + ": " + value)
	switch {
	case strings.EqualFold(name, "Content-Length"):
		w.framed = true
	case strings.EqualFold(name, "Connection") &&
		strings.EqualFold(value, "close"):
		w.close = true
	}
}

// EndHeaders writes the empty line that ends the head.
func (w *ResponseWriter) EndHeaders() {
	if w.keepAlive() && w.r.Proto == "HTTP/1.0" {
		// Such a client has asked to go on, and waits to be told that it may
		// (RFC 9112, C.2.2). Python leaves it waiting.
		w.SendHeader("Connection", "keep-alive")
	}
	w.sendLine("")
}

// sendLine writes a line of the head. A client of HTTP/0.9 gets none: to it a
// response is content and nothing else.
func (w *ResponseWriter) sendLine(line string) {
	if w.r.Proto != "HTTP/0.9" {
		w.c.out.WriteString(lineEnds.Replace(line))
		w.c.out.WriteString("\r\n")
	}
}

// lineEnds makes spaces of what could end a line of the head, and so begin
// another.
var lineEnds = strings.NewReplacer("\r", " ", "\n", " ", "\x00", " ")

// Write writes content. It does not look whether the request was a HEAD: the
// handler must. Its error, and that of the methods below, is that of the
// connection; what is written after an error is dropped.
func (w *ResponseWriter) Write(p []byte) (int, error) {
	return w.c.out.Write(p)
}

// WriteString is Write for a string.
func (w *ResponseWriter) WriteString(s string) (int, error) {
	return w.c.out.WriteString(s)
}

// Flush sends what is in the buffer now. A handler whose content comes in
// pieces calls it; the server calls it after Handle.
func (w *ResponseWriter) Flush() error { return w.c.out.Flush() }

// Close makes this the last response on its connection, without saying so in
// a field. A handler calls it when it could not send what it had promised.
func (w *ResponseWriter) Close() { w.close = true }

// CopyN sends n bytes of src as content: the first of them together with the
// head in one write, and the rest, where src is an *os.File, without passing
// through this program. Memory does not grow with n.
//
// An error means that fewer bytes were sent. The client was promised n, so
// the connection is closed: a short response must not be mistaken for a whole
// one.
func (w *ResponseWriter) CopyN(src io.Reader, n int64) error {
	// One copy for all would have one deadline for all, and a slow client
	// would need luck. A piece at a time, each has its own.
	const piece = 1 << 20
	for n > 0 {
		sent, err := io.CopyN(w.c.out, src, min(n, piece))
		n -= sent
		if err != nil {
			w.Close()
			return fmt.Errorf("httpserver: %d bytes of content not sent: %w",
				n, err)
		}
	}
	return nil
}

// SendError sends a whole response: an error page, after which the connection
// is closed. An empty message or explain stands for the code's own words. Both
// may quote what the client sent: on the status line what is not visible ASCII
// is escaped, and on the page what a browser would take for a tag.
//
// A HEAD request gets the same fields and no page.
func (w *ResponseWriter) SendError(code int, message, explain string) {
	if message == "" {
		message = phrase(code)
	}
	if explain == "" {
		explain = explanation(code)
	}
	w.r.LogMessage(fmt.Sprintf("code %d, message %s", code, message))
	message = visible(message)
	page := fmt.Sprintf(errorPage, code, escape.Replace(message),
		code, escape.Replace(explain))
	w.SendResponse(code, message)
	w.SendHeader("Connection", "close")
	w.SendHeader("Content-Type", "text/html;charset=utf-8")
	w.SendHeader("Content-Length", strconv.Itoa(len(page)))
	w.EndHeaders()
	if w.r.Method != "HEAD" {
		w.WriteString(page)
	}
}

// Unsupported answers 501: the method is none that the handler knows.
func Unsupported(w *ResponseWriter, r *Request) {
	w.SendError(501, "Unsupported method ('"+r.Method+"')", "")
}

// errorPage is http.server's page.
const errorPage = `<!DOCTYPE HTML>
<html lang="en">
    <head>
        <meta charset="utf-8">
        <title>Error response</title>
    </head>
    <body>
        <h1>Error response</h1>
        <p>Error code: %d</p>
        <p>Message: %s.</p>
        <p>Error code explanation: %d - %s.</p>
    </body>
</html>
`

// escape makes text safe between tags: Python's html.escape(quote=False).
// Inside an attribute it would not be enough.
var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
