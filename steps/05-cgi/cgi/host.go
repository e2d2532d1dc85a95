package cgi

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"example/wirebook/steps/04-static/httpserver"
)

// A CGIHTTPRequestHandler serves files as a SimpleHTTPRequestHandler does, and
// runs the programs in its script folders. Set its fields before it serves.
//
// Started by root, it runs scripts as the user nobody, in no group but
// nobody's. Python keeps root's groups there.
type CGIHTTPRequestHandler struct {
	// Dirs are the script folders, clean paths that begin with a slash:
	// Python's cgi_directories, "/cgi-bin" and "/htbin". The root itself
	// cannot be one.
	Dirs []string
	// ScriptAlias gives a program that lies elsewhere a name among the
	// scripts, {"/cgi-bin/form": "/tmp/form"}, as Apache's directive does.
	ScriptAlias map[string]string

	Timeout time.Duration // how long a script may run; then its group is killed
	MaxBody int64         // bytes of content that a script may be sent

	files *httpserver.SimpleHTTPRequestHandler
	root  *os.Root
	dir   string   // the root's absolute path, without a slash at its end
	real  string   // the same with links followed
	null  *os.File // what a script reads that is sent nothing
	user  *account // whose scripts run as; nil for our own

	mu      sync.Mutex // guards running
	running map[*process]bool
}

// NewCGIHTTPRequestHandler returns a handler for the files and scripts below
// dir. A script may run for 30 s and be sent 16 MiB.
func NewCGIHTTPRequestHandler(dir string) (*CGIHTTPRequestHandler, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	resolved, err := filepath.EvalSymlinks(abs)
	if err != nil {
		return nil, err
	}
	files, err := httpserver.NewSimpleHTTPRequestHandler(abs)
	if err != nil {
		return nil, err
	}
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		files.Close()
		return nil, err
	}
	return &CGIHTTPRequestHandler{
		Dirs:    []string{"/cgi-bin", "/htbin"},
		Timeout: 30 * time.Second,
		MaxBody: 16 << 20,
		files:   files,
		root:    files.Root(),
		dir:     strings.TrimSuffix(abs, string(os.PathSeparator)),
		real:    strings.TrimSuffix(resolved, string(os.PathSeparator)),
		null:    null,
		user:    nobody(),
		running: make(map[*process]bool),
	}, nil
}

// Close kills the scripts that still run and closes the directory. Requests
// then find nothing.
func (h *CGIHTTPRequestHandler) Close() error {
	h.mu.Lock()
	for p := range h.running {
		p.kill()
	}
	h.mu.Unlock()
	h.null.Close()
	return h.files.Close()
}

// maxRedirects is how often one answer may lead to another on this server.
const maxRedirects = 10

// Handle answers one request.
func (h *CGIHTTPRequestHandler) Handle(
	w *httpserver.ResponseWriter, r *httpserver.Request) {
	for range maxRedirects {
		target, again := h.answer(w, r)
		if !again {
			return
		}
		r = redirected(r, target)
	}
	w.SendError(500, "CGI scripts lead in a circle", "")
}

// redirected is the request that a script's local Location stands for: a GET
// of that target, without content (RFC 3875, 6.2.2).
func redirected(r *httpserver.Request, target string) *httpserver.Request {
	next := *r
	next.Target, next.Length = target, 0
	if next.Method == "POST" {
		next.Method = "GET"
	}
	next.Fields = nil
	for _, f := range r.Fields {
		if !strings.HasPrefix(strings.ToLower(f.Name), "content-") {
			next.Fields = append(next.Fields, f)
		}
	}
	return &next
}

// answer answers a request, or says that the answer is another target's.
func (h *CGIHTTPRequestHandler) answer(w *httpserver.ResponseWriter,
	r *httpserver.Request) (target string, again bool) {
	s, found := h.find(r.Target)
	switch {
	case r.Method != "GET" && r.Method != "HEAD" && r.Method != "POST":
		httpserver.Unsupported(w, r)
	case !found && r.Method == "POST":
		w.SendError(501, "Can only POST to CGI scripts", "")
	case !found && h.leadsToScripts(r.Target):
		w.SendError(404, "File not found", "")
	case !found:
		h.files.Handle(w, r)
	default:
		if fault := h.check(s, r); fault != nil {
			w.SendError(fault.Code, fault.Message, fault.Explain)
			break
		}
		return h.run(w, r, s)
	}
	return "", false
}
