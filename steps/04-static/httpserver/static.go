package httpserver

import (
	"errors"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// A SimpleHTTPRequestHandler serves the files below one directory to GET and
// HEAD, and answers 501 to all else. A directory is answered with its
// index.html or index.htm, or with a listing.
//
// Python's handler follows every link and so leaves its directory where a link
// does. This one opens files through os.Root: a link that leads out is not
// found. What is neither file nor directory (a pipe, a device) is not found
// either; opening one could wait forever.
//
// One value serves any number of connections.
type SimpleHTTPRequestHandler struct {
	root *os.Root
}

// NewSimpleHTTPRequestHandler returns a handler for the files below dir.
func NewSimpleHTTPRequestHandler(dir string) (
	*SimpleHTTPRequestHandler, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &SimpleHTTPRequestHandler{root}, nil
}

// Root is the directory that h serves. Names for it come from [TranslatePath].
func (h *SimpleHTTPRequestHandler) Root() *os.Root { return h.root }

// Close closes the directory. Requests then find nothing.
func (h *SimpleHTTPRequestHandler) Close() error { return h.root.Close() }

// Handle answers one request.
func (h *SimpleHTTPRequestHandler) Handle(w *ResponseWriter, r *Request) {
	if r.Method != "GET" && r.Method != "HEAD" {
		Unsupported(w, r)
		return
	}
	name, slash := TranslatePath(r.Target)
	f, info, err := h.open(name)
	if err != nil {
		if errors.Is(err, fs.ErrPermission) && h.isDir(name) {
			h.directory(w, r, name, nil)
		} else {
			notFound(w)
		}
		return
	}
	defer f.Close()
	switch {
	case info.IsDir():
		h.directory(w, r, name, f)
	case slash: // "/hello.txt/" asks for a directory
		notFound(w)
	default:
		sendFile(w, r, f, info)
	}
}

// errNoFile is for what is there but is neither file nor directory.
var errNoFile = errors.New("httpserver: neither file nor directory")

// open opens a file or directory for reading.
func (h *SimpleHTTPRequestHandler) open(name string) (
	*os.File, fs.FileInfo, error) {
	// Not to wait: opening a pipe would, until somebody writes to it.
	f, err := h.root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.IsDir() && !info.Mode().IsRegular() {
		err = errNoFile
	}
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return f, info, nil
}

// isDir reports whether name is a directory, or a link to one inside the root.
func (h *SimpleHTTPRequestHandler) isDir(name string) bool {
	info, err := h.root.Stat(name)
	return err == nil && info.IsDir()
}

// directory answers a request for a directory: with a redirect to its name
// with a slash, with its index page, or with a listing. f is nil where the
// directory may not be read.
func (h *SimpleHTTPRequestHandler) directory(
	w *ResponseWriter, r *Request, name string, f *os.File) {
	if !strings.HasSuffix(r.Path(), "/") {
		redirect(w, r)
		return
	}
	if f == nil {
		w.SendError(404, "No permission to list directory", "")
		return
	}
	for _, index := range [...]string{"index.html", "index.htm"} {
		page, info, err := h.open(name + "/" + index)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			notFound(w)
			return
		case info.IsDir(): // a directory of that name is no index
			page.Close()
			continue
		}
		sendFile(w, r, page, info)
		page.Close()
		return
	}
	h.list(w, r, name, f)
}

// redirect sends the client to the same directory with a slash: the links of
// its page are relative, and without the slash they would point beside it.
func redirect(w *ResponseWriter, r *Request) {
	path, query, fragment := splitTarget(r.Target)
	if !strings.HasPrefix(path, "/") && strings.Contains(path, ":") {
		notFound(w) // "x:/../list" would be an address with a scheme
		return
	}
	location := path + "/"
	if query != "" {
		location += "?" + query
	}
	if fragment != "" {
		location += "#" + fragment
	}
	w.SendResponse(301, "")
	w.SendHeader("Location", percentEncode(location, inLocation))
	w.SendHeader("Content-Length", "0")
	w.EndHeaders()
}

// inLocation reports what may stand in an address as it came: visible ASCII.
// Not so a backslash: a browser takes it for a slash, and "/\host" for another
// host. (Leading slashes were reduced to one when the request was read.)
func inLocation(c byte) bool { return c > ' ' && c < 0x7f && c != '\\' }

// sendFile answers with a file, or with 304 where the client has it.
func sendFile(w *ResponseWriter, r *Request, f *os.File, info fs.FileInfo) {
	if notModified(r, info.ModTime()) {
		w.SendResponse(304, "")
		w.EndHeaders()
		return
	}
	w.SendResponse(200, "")
	w.SendHeader("Content-type", contentType(f.Name()))
	w.SendHeader("Content-Length", strconv.FormatInt(info.Size(), 10))
	w.SendHeader("Last-Modified", httpDate(info.ModTime()))
	w.EndHeaders()
	if r.Method != "HEAD" {
		w.CopyN(f, info.Size())
	}
}

func notFound(w *ResponseWriter) { w.SendError(404, "File not found", "") }
