package httpserver

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A ResponseWriter writes one response: [ResponseWriter.SendResponse], a
// SendHeader for each field, EndHeaders, then the content. It adds nothing by
// itself but Server and Date. Whoever writes content says how long it is, with
// Content-Length; otherwise the end of the connection ends it, and the server
// closes that.
//
// What is written waits in a buffer, so that the head and the start of the
// content leave in one system call. Besides being cheaper, this avoids a trap:
// a head in a write of its own can make the client's TCP wait 40 ms before it
// confirms it, and Nagle's algorithm makes ours wait for that.
type ResponseWriter struct {
	c   *conn
	r   *Request
	buf *[]byte // nil until something is written; goes back to buffers

	framed  bool  // where it ends is known without closing the connection
	started bool  // some bytes have left
	close   bool  // no further request on this connection
	err     error // the first write error; what comes after it is dropped
}

// bufferSize is room for a head and a page or a small picture.
const bufferSize = 32 << 10

// buffers lends a buffer to each response that is being written. A connection
// that waits for its client holds none.
var buffers = sync.Pool{New: func() any {
	b := make([]byte, 0, bufferSize)
	return &b
}}

// SendResponse begins the response: the log line, the status line, Server and
// Date. An empty message stands for the code's own phrase.
func (w *ResponseWriter) SendResponse(code int, message string) {
	w.c.srv.logRequest(w.r.ClientAddress, w.r.Line, code)
	w.SendResponseOnly(code, message)
	w.SendHeader("Server", w.c.srv.Software)
	w.SendHeader("Date", w.c.srv.date.text())
}

// SendResponseOnly writes the status line alone. A client of HTTP/0.9 gets
// none: to it a response is content and nothing else.
func (w *ResponseWriter) SendResponseOnly(code int, message string) {
	w.framed = code == 204 || code == 304 // never have content
	if w.r.Proto == "HTTP/0.9" {
		return
	}
	if message == "" {
		message, _ = statusText(code)
	}
	b := w.buffer()
	*b = append(*b, w.c.srv.Protocol...)
	*b = append(*b, ' ')
	*b = strconv.AppendInt(*b, int64(code), 10)
	*b = append(*b, ' ')
	*b = appendLine(*b, message)
}

// SendHeader writes one field. A "Connection: close" also closes it, after
// this response. Line ends and NUL inside name or value become spaces: a field
// that could end its line could begin another.
func (w *ResponseWriter) SendHeader(name, value string) {
	switch {
	case strings.EqualFold(name, "Connection"):
		w.close = w.close || strings.EqualFold(value, "close")
	case strings.EqualFold(name, "Content-Length"):
		w.framed = true
	}
	if w.r.Proto == "HTTP/0.9" {
		return
	}
	b := w.buffer()
	*b = appendClean(*b, name)
	*b = append(*b, ": "...)
	*b = appendLine(*b, value)
}

// EndHeaders writes the empty line that ends the head.
func (w *ResponseWriter) EndHeaders() {
	if w.r.Proto == "HTTP/0.9" {
		return
	}
	if w.r.Proto == "HTTP/1.0" && w.r.keepAlive && w.framed && !w.close {
		// Such a client has asked to go on, and waits to be told that it may
		// (RFC 9112, C.2.2). Python leaves it waiting.
		w.SendHeader("Connection", "keep-alive")
	}
	b := w.buffer()
	*b = append(*b, "\r\n"...)
}

// appendLine appends the rest of a line of the head, and its end.
func appendLine(b []byte, text string) []byte {
	return append(appendClean(b, text), "\r\n"...)
}

func appendClean(b []byte, text string) []byte {
	start := len(b)
	b = append(b, text...)
	for i := start; i < len(b); i++ {
		if c := b[i]; c == '\r' || c == '\n' || c == 0 {
			b[i] = ' '
		}
	}
	return b
}

// Write writes content, or raw bytes where a handler writes its own head. It
// does not look whether the request was a HEAD: the handler must.
func (w *ResponseWriter) Write(p []byte) (int, error) {
	b := w.buffer()
	if len(*b)+len(p) > bufferSize {
		w.Flush()
	}
	if len(p) > bufferSize {
		w.send(p)
	} else {
		*b = append(*b, p...)
	}
	if w.err != nil {
		return 0, w.err
	}
	return len(p), nil
}

// WriteString is Write for a string.
func (w *ResponseWriter) WriteString(s string) (int, error) {
	return w.Write([]byte(s))
}

// Flush sends what is in the buffer now. A handler whose content comes in
// pieces calls it; the server calls it after Handle.
func (w *ResponseWriter) Flush() error {
	if w.buf != nil && len(*w.buf) > 0 {
		w.send(*w.buf)
		*w.buf = (*w.buf)[:0]
	}
	return w.err
}

// Close makes this the last response on its connection, without saying so in
// a field. A handler calls it when it could not send what it had promised.
func (w *ResponseWriter) Close() { w.close = true }

// Started reports whether any byte of this response has left for the client:
// after that it is too late for SendError.
func (w *ResponseWriter) Started() bool { return w.started }

// CopyN sends n bytes of src as content: the first of them together with the
// head in one write, and the rest, where src is an *os.File and the connection
// is TCP, by sendfile(2), which copies inside the kernel. Memory does not grow
// with n.
//
// An error means that fewer bytes were sent. The client was promised n, so
// the connection is closed: a short answer must not be mistaken for a whole
// one.
func (w *ResponseWriter) CopyN(src io.Reader, n int64) error {
	b := w.buffer()
	first := min(n, int64(cap(*b)-len(*b)))
	got, err := io.ReadFull(src, (*b)[len(*b):len(*b)+int(first)])
	*b = (*b)[:len(*b)+got]
	if err != nil {
		w.close = true
		return fmt.Errorf("httpserver: content ends %d bytes early: %w",
			n-int64(got), err)
	}
	if n -= first; n > 0 {
		w.Flush()
	}
	// One copy for all would have one deadline for all, and a slow client
	// would need luck. A piece at a time, each has its own.
	const piece = 1 << 20
	for n > 0 && w.err == nil {
		w.setDeadline()
		sent, err := io.CopyN(w.c.net, src, min(n, piece))
		n -= sent
		if err != nil {
			w.close = true
			w.err = err
		}
	}
	return w.err
}

// send writes p to the connection unless a write has failed before.
func (w *ResponseWriter) send(p []byte) {
	if w.err != nil {
		return
	}
	w.started = true
	w.setDeadline()
	if _, err := w.c.net.Write(p); err != nil {
		w.err = err
		w.close = true
	}
}

func (w *ResponseWriter) setDeadline() {
	w.c.net.SetWriteDeadline(time.Now().Add(w.c.srv.WriteTimeout))
}

// buffer returns the response's buffer and borrows one first if it has none.
func (w *ResponseWriter) buffer() *[]byte {
	if w.buf == nil {
		w.buf = buffers.Get().(*[]byte)
		*w.buf = (*w.buf)[:0]
	}
	return w.buf
}

// finish sends the rest and gives the buffer back, unless a long head has made
// it grow.
func (w *ResponseWriter) finish() {
	w.Flush()
	if w.buf != nil && cap(*w.buf) == bufferSize {
		buffers.Put(w.buf)
	}
	w.buf = nil
}
