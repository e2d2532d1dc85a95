package cgi

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"example/wirebook/steps/04-static/httpserver"
)

// outputs lends a buffer to each script's output.
var outputs = sync.Pool{New: func() any {
	return bufio.NewReaderSize(nil, 32<<10)
}}

// run runs a script and passes on what it prints, or says that the answer is
// another target's.
func (h *CGIHTTPRequestHandler) run(w *httpserver.ResponseWriter,
	r *httpserver.Request, s script) (target string, again bool) {
	stdin, fault := h.content(r)
	if fault != nil {
		w.SendError(fault.Code, fault.Message, fault.Explain)
		return "", false
	}
	defer h.drop(stdin)
	p, err := h.start(r, s, stdin)
	if err != nil {
		logError(r, s, err)
		code, message := h.explainStart(s, err)
		w.SendError(code, message, "")
		return "", false
	}
	defer h.end(p)

	out := outputs.Get().(*bufio.Reader)
	out.Reset(p)
	defer func() {
		out.Reset(nil) // let go of the process
		outputs.Put(out)
	}()
	head, err := readHead(out)
	switch {
	case err != nil && p.late.Load():
		logError(r, s, fmt.Errorf("cgi: no head within %v", h.Timeout))
		w.SendError(504, "CGI script took too long", "")
	case err != nil:
		logError(r, s, err)
		w.SendError(500, "CGI script printed no head", "")
	case head.isLocal():
		io.Copy(io.Discard, out) // let it finish
		return head.location, true
	default:
		err := reply(w, r, head, out)
		if p.late.Load() {
			err = fmt.Errorf("cgi: killed after %v", h.Timeout)
		}
		if err != nil {
			logError(r, s, err)
		}
	}
	return "", false
}

// explainStart says to the client why a script did not start.
func (h *CGIHTTPRequestHandler) explainStart(s script, err error) (
	code int, message string) {
	if h.user == nil || !errors.Is(err, os.ErrPermission) {
		return 500, "CGI script could not be started"
	}
	// A script must be reached, and so must the folder that it starts in.
	for _, name := range [...]string{h.path(s), filepath.Join(h.dir, "any")} {
		if folder := h.user.blocked(name); folder != "" {
			return 403, "CGI script may not be reached: the folder " +
				httpserver.Repr(folder) + " is closed to the user nobody"
		}
	}
	return 403, "CGI script is not executable by the user nobody (" +
		httpserver.Repr(s.name) + ")"
}

func logError(r *httpserver.Request, s script, err error) {
	r.LogMessage("CGI script " + s.name + ": " +
		strings.TrimPrefix(err.Error(), "cgi: "))
}

// reply sends a script's answer. Its error is for the log: the head is on its
// way, so the client can only be told by the end of the connection.
func reply(w *httpserver.ResponseWriter, r *httpserver.Request,
	head *response, out *bufio.Reader) error {
	w.SendResponse(head.status())
	length := int64(-1) // not known
	for _, f := range head.fields {
		if strings.EqualFold(f.Name, "Content-Length") {
			n, err := strconv.ParseUint(f.Value, 10, 63)
			if err != nil || length >= 0 {
				continue // a wrong one, or a second: worse than none
			}
			length = int64(n)
		}
		w.SendHeader(f.Name, f.Value)
	}
	w.EndHeaders()
	if r.Method == "HEAD" || head.code == 204 || head.code == 304 {
		w.Flush()
		_, err := io.Copy(io.Discard, out) // whatever it is, nobody is due it
		return err
	}
	err := pass(w, out, length)
	if err != nil {
		w.Close() // less than was promised: no second answer may follow
	}
	return err
}

// pass sends a script's content as it comes, up to the length that the script
// has promised; -1 means up to its end. What a script prints beyond its
// promise would be read as the next answer, so it is not sent.
func pass(w *httpserver.ResponseWriter, out *bufio.Reader, left int64) error {
	for left != 0 {
		// What is printed now is sent now: a script may take its time.
		_, err := out.Peek(1)
		switch {
		case err == io.EOF && left > 0:
			return fmt.Errorf("cgi: %d bytes less than promised", left)
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
		piece, _ := out.Peek(out.Buffered())
		if left > 0 {
			piece = piece[:min(int64(len(piece)), left)]
			left -= int64(len(piece))
		}
		w.Write(piece)
		out.Discard(len(piece))
		if w.Flush() != nil {
			return nil // the client has gone; the script is ended with it
		}
	}
	w.Flush() // a promise of 0 has sent nothing yet
	if _, err := out.Peek(1); err == nil {
		return errors.New("cgi: more bytes than promised")
	}
	return nil
}
