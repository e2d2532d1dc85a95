package cgi

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"example/wirebook/steps/04-static/httpserver"
)

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
	quoted := " (" + httpserver.Repr(s.name) + ")"
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
