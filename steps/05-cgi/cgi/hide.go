package cgi

import (
	"os"
	"path/filepath"
	"strings"

	"example/wirebook/steps/04-static/httpserver"
)

// leadsToScripts reports whether a target that is not spelled like a script's
// leads into a script folder all the same: through a link, or as /CGI-BIN
// where the file system does not tell upper case from lower. What lies there
// is a program, and is never sent.
func (h *CGIHTTPRequestHandler) leadsToScripts(target string) bool {
	name, _ := httpserver.TranslatePath(target)
	name = filepath.FromSlash(name)
	for _, dir := range h.Dirs {
		if name == inRoot(dir) {
			return false // "/cgi-bin": the file handler asks for the slash
		}
	}
	resolved, err := filepath.EvalSymlinks(filepath.Join(h.real, name))
	if err != nil {
		return false // nothing there, says the file handler
	}
	below, ok := strings.CutPrefix(resolved, h.real+string(os.PathSeparator))
	for ok && below != "." {
		if h.isScriptDir(below) {
			return true
		}
		below = filepath.Dir(below)
	}
	return false
}

// isScriptDir reports whether name is one of the script folders by whatever
// spelling: the file system knows which file it is.
func (h *CGIHTTPRequestHandler) isScriptDir(name string) bool {
	info, err := h.root.Stat(name)
	if err != nil || !info.IsDir() {
		return false
	}
	for _, dir := range h.Dirs {
		other, err := h.root.Stat(inRoot(dir))
		if err == nil && os.SameFile(info, other) {
			return true
		}
	}
	return false
}
