package httpserver

// A Handler answers requests. It is what a subclass of Python's
// BaseHTTPRequestHandler is there: its do_GET, do_HEAD and do_POST in one.
//
// Handle runs in the goroutine of its connection. It reads r.Body if it wants
// the content, answers through w, and returns; the server then sends what is
// still in w's buffer, skips what is left of the body, and closes the
// connection or waits for the next request on it. Neither w nor r may be used
// after Handle has returned.
type Handler interface {
	Handle(w *ResponseWriter, r *Request)
}

// A HandlerFunc is a function that serves as a Handler.
type HandlerFunc func(w *ResponseWriter, r *Request)

// Handle calls f.
func (f HandlerFunc) Handle(w *ResponseWriter, r *Request) { f(w, r) }

// Unsupported answers 501: the method is none that this handler knows. A
// method is a word of the client's choice, so it goes through [Repr].
func Unsupported(w *ResponseWriter, r *Request) {
	w.SendError(501, "Unsupported method ("+Repr(r.Method)+")", "")
}
