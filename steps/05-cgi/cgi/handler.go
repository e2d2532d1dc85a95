package cgi

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
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
	dir   string // the root's absolute path, without a slash at its end
	// null is what a script reads where there is no content. Close leaves it
	// open: a script may be about to start with it.
	null *os.File

	attributes *syscall.SysProcAttr // how a script starts: its group, its user
	open       context.Context      // ends with Close, and every script with it
	close      context.CancelFunc
}

// NewCGIHTTPRequestHandler returns a handler for the files and scripts below
// dir. A script may run for 30 s and be sent 16 MiB.
func NewCGIHTTPRequestHandler(dir string) (*CGIHTTPRequestHandler, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	files, err := httpserver.NewSimpleHTTPRequestHandler(abs)
	if err != nil {
		return nil, err
	}
	null, err := os.Open(os.DevNull)
	if err != nil {
		files.Close()
		return nil, err
	}
	h := &CGIHTTPRequestHandler{
		Dirs:    []string{"/cgi-bin", "/htbin"},
		Timeout: 30 * time.Second,
		MaxBody: 16 << 20,
		files:   files,
		root:    files.Root(),
		dir:     strings.TrimSuffix(abs, string(os.PathSeparator)),
		null:    null,

		attributes: attributes(),
	}
	h.open, h.close = context.WithCancel(context.Background())
	return h, nil
}

// Close kills the scripts that still run and closes the directory. Requests
// then find nothing.
func (h *CGIHTTPRequestHandler) Close() error {
	h.close()
	return h.files.Close()
}

// maxRedirects is how often one answer may lead to another on this server.
const maxRedirects = 10

// Handle answers one request.
func (h *CGIHTTPRequestHandler) Handle(
	w *httpserver.ResponseWriter, r *httpserver.Request) {
	for range maxRedirects {
		location := h.respond(w, r)
		if location == "" {
			return
		}
		r = redirected(r, location)
	}
	w.SendError(500, "CGI scripts lead in a circle", "")
}

// respond answers a request, or returns the target on this server that
// answers it instead.
func (h *CGIHTTPRequestHandler) respond(w *httpserver.ResponseWriter,
	r *httpserver.Request) (location string) {
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
			return ""
		}
		return h.run(w, r, s)
	}
	return ""
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

// leadsToScripts reports whether a target that is not spelled like a script's
// leads into a script folder all the same: through a link, or as /CGI-BIN
// where the file system does not tell upper case from lower. What lies there
// is a program, and is never sent.
func (h *CGIHTTPRequestHandler) leadsToScripts(target string) bool {
	const slash = string(os.PathSeparator)
	name, _ := httpserver.TranslatePath(target)
	file, err := filepath.EvalSymlinks(h.dir + slash + filepath.FromSlash(name))
	if err != nil {
		return false // nothing there, says the file handler
	}
	for _, dir := range h.Dirs {
		if "/"+name == dir {
			return false // the file handler asks for the slash
		}
		folder, err := filepath.EvalSymlinks(h.dir + slash + inRoot(dir))
		if err == nil && strings.HasPrefix(strings.ToLower(file+slash),
			strings.ToLower(folder+slash)) {
			return true
		}
	}
	return false
}

// A script is what a target names: a program, and what follows its name in the
// path (RFC 3875, 3.3).
type script struct {
	name     string // SCRIPT_NAME, decoded: "/cgi-bin/env.sh"
	pathInfo string // PATH_INFO, decoded: "/extra/path", or nothing
	alias    string // the program's path, where ScriptAlias gives one
}

// find looks for a script in a target. found is false where the path does not
// lead into one of the script folders: then it names a file.
//
// The path is decoded and cleaned before anything is compared with it, and by
// the same function that finds files. A server that compares first and decodes
// second sends the source of its scripts to whoever writes /cgi%2Dbin/.
func (h *CGIHTTPRequestHandler) find(target string) (s script, found bool) {
	name, slash := httpserver.TranslatePath(target)
	whole := "/" + name
	if slash {
		whole += "/"
	}
	for name, program := range h.ScriptAlias {
		if rest, ok := below(whole, name); ok || whole == name {
			return script{name, rest, program}, true
		}
	}
	for _, folder := range h.Dirs {
		if rest, ok := below(whole, folder); ok {
			return h.split(folder, rest[1:]), true
		}
	}
	return script{}, false
}

// below returns what follows folder in path, from the slash on.
func below(path, folder string) (rest string, ok bool) {
	rest, ok = strings.CutPrefix(path, folder)
	return rest, ok && strings.HasPrefix(rest, "/")
}

// split cuts the path behind the script folder into the script's name and the
// rest. Folders inside the script folder belong to the name.
func (h *CGIHTTPRequestHandler) split(folder, rest string) script {
	name, after, more := strings.Cut(rest, "/")
	for more && h.isDir(folder+"/"+name) {
		folder += "/" + name
		name, after, more = strings.Cut(after, "/")
	}
	s := script{name: folder + "/" + name}
	if more {
		s.pathInfo = "/" + after
	}
	return s
}

func (h *CGIHTTPRequestHandler) isDir(name string) bool {
	info, err := h.root.Stat(inRoot(name))
	return err == nil && info.IsDir()
}

// inRoot turns the path of a URL into a name that os.Root takes.
func inRoot(name string) string {
	return strings.Trim(filepath.FromSlash(name), string(os.PathSeparator))
}

// check says why a script cannot be run for a request, or nil. Like Python it
// looks before it starts anything; a program that changes in between fails at
// its start.
func (h *CGIHTTPRequestHandler) check(s script,
	r *httpserver.Request) *httpserver.Error {
	quoted := " ('" + s.name + "')"
	info, err := h.stat(s)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return &httpserver.Error{Code: 403,
			Message: "CGI script may not be reached" + quoted}
	case err != nil || strings.Contains(s.name+s.pathInfo+r.Target, "\x00"):
		// A NUL ends a string in C: a script would see the half of it.
		return &httpserver.Error{Code: 404,
			Message: "No such CGI script" + quoted}
	case !info.Mode().IsRegular():
		return &httpserver.Error{Code: 403,
			Message: "CGI script is not a plain file" + quoted}
	case !executable(h.path(s)):
		return &httpserver.Error{Code: 403,
			Message: "CGI script is not executable" + quoted}
	case r.Length > h.MaxBody:
		return &httpserver.Error{Code: 413}
	case r.Length < 0 && r.Fields.Get("Content-Length") == "":
		// A transfer coding, which this server cannot undo. Python runs the
		// script without content: a form that says nothing.
		return &httpserver.Error{Code: 411}
	case r.Length < 0:
		return &httpserver.Error{Code: 400, Message: "Bad Content-Length"}
	}
	return nil
}

// stat looks at the script's file. A link that leads out of the root is none.
func (h *CGIHTTPRequestHandler) stat(s script) (os.FileInfo, error) {
	if s.alias != "" {
		return os.Stat(s.alias)
	}
	return h.root.Stat(inRoot(s.name))
}

// path is the script's place in the file system.
func (h *CGIHTTPRequestHandler) path(s script) string {
	if s.alias != "" {
		return s.alias
	}
	return h.dir + string(os.PathSeparator) + inRoot(s.name)
}
