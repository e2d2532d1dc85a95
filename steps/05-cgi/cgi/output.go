package cgi

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"example/wirebook/steps/04-static/httpserver"
)

// maxHead is how long a script's head may be, all its lines together.
const maxHead = 64 << 10

// A scriptHead is the head of what a script printed (RFC 3875, 6.2).
type scriptHead struct {
	code     int    // from Status; 0 without one
	reason   string // from Status
	location string
	typed    bool              // there is a Content-Type
	fields   httpserver.Fields // to be sent, in the script's order
}

// readHead reads a script's head: fields, then an empty line. Lines may end in
// LF alone, as a program on Unix prints them; on the wire they will end in CR
// LF. What breaks a rule is an error, and the client gets a 500: it could not
// tell such an answer from a whole one.
func readHead(r *bufio.Reader) (*scriptHead, error) {
	head := new(scriptHead)
	for size := 0; ; {
		line, err := r.ReadSlice('\n')
		size += len(line)
		switch {
		case errors.Is(err, bufio.ErrBufferFull), size > maxHead:
			return nil, fmt.Errorf("cgi: head too long: %d bytes", size)
		case err == io.EOF && size == 0:
			return nil, errors.New("cgi: the script printed nothing")
		case err == io.EOF:
			return nil, fmt.Errorf("cgi: no empty line after the head: %.80q",
				line)
		case err != nil:
			return nil, err
		}
		text := strings.TrimSuffix(string(line), "\n")
		text = strings.TrimSuffix(text, "\r")
		if text == "" {
			return head, head.complete()
		}
		if err := head.add(text); err != nil {
			return nil, err
		}
	}
}

// add takes in one line of the head.
func (h *scriptHead) add(line string) error {
	name, value, ok := strings.Cut(line, ":")
	if !ok || name == "" || strings.ContainsFunc(name, notInName) {
		return fmt.Errorf("cgi: not a field: %.80q", line)
	}
	value = strings.Trim(value, " \t")
	switch strings.ToLower(name) {
	case "status":
		code, reason, _ := strings.Cut(value, " ")
		n, err := strconv.Atoi(code)
		if err != nil || n < 200 || n > 599 {
			return fmt.Errorf("cgi: not a status: %.80q", value)
		}
		h.code, h.reason = n, strings.TrimSpace(reason)
		return nil
	case "location":
		h.location = value
	case "content-type":
		h.typed = true
	case "connection", "keep-alive", "transfer-encoding", "upgrade":
		return nil // between server and client, not the script's to say
	}
	h.fields = append(h.fields, httpserver.Field{Name: name, Value: value})
	return nil
}

// notInName reports what can stand in no field's name: all that is not visible
// ASCII.
func notInName(c rune) bool { return c <= ' ' || c >= 0x7f }

// complete asks for the least that a script must say (RFC 3875, 6.2). A
// message without content may go without a type.
func (h *scriptHead) complete() error {
	if !h.typed && h.location == "" && h.code == 0 {
		return errors.New("cgi: neither Content-Type, Location nor Status")
	}
	return nil
}

// isLocal reports a Location that names a path here (RFC 3875, 6.2.2): this
// server answers with what is there, and the client learns nothing of it. A
// script that says a Status as well wants the client to go.
func (h *scriptHead) isLocal() bool {
	return h.code == 0 && strings.HasPrefix(h.location, "/") &&
		!strings.HasPrefix(h.location, "//") // another host's path
}

// status is what the status line says. A Location for the client is a 302
// (RFC 3875, 6.2.3) unless the script has a code of its own. Python has words
// of its own for the 200, and so have we.
func (h *scriptHead) status() (code int, reason string) {
	switch {
	case h.code != 0:
		return h.code, h.reason
	case h.location != "":
		return 302, "Found"
	}
	return 200, "Script output follows"
}

// reply sends a script's answer. Its error is for the log: the head is on its
// way, so the client can only be told by the end of the connection.
func reply(w *httpserver.ResponseWriter, r *httpserver.Request,
	head *scriptHead, out *bufio.Reader) error {
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
	err := passOn(w, out, length)
	if err != nil {
		w.Close() // less than was promised: no second answer may follow
	}
	return err
}

// passOn sends a script's content as it comes, up to the length that the
// script has promised; -1 means up to its end. What a script prints beyond its
// promise would be read as the next answer, so it is not sent.
func passOn(w *httpserver.ResponseWriter, out *bufio.Reader,
	length int64) error {
	if length < 0 {
		_, err := io.Copy(flusher{w}, out)
		return err
	}
	n, err := io.CopyN(flusher{w}, out, length)
	if err == io.EOF {
		return fmt.Errorf("cgi: %d bytes less than promised", length-n)
	}
	if err != nil {
		return err
	}
	w.Flush() // a promise of 0 has sent nothing yet
	if _, err := out.ReadByte(); err == nil {
		return errors.New("cgi: more bytes than promised")
	}
	return nil
}

// A flusher sends at once what is written to it: a script may take its time
// between two lines.
type flusher struct{ w *httpserver.ResponseWriter }

func (f flusher) Write(p []byte) (int, error) {
	n, _ := f.w.Write(p)
	if f.w.Flush() != nil {
		return n, errClientLeft
	}
	return n, nil
}

// errClientLeft says that nobody reads the answer any more. That is no news
// for the log.
var errClientLeft = errors.New("cgi: the client has left")
