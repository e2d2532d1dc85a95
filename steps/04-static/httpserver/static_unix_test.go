//go:build unix

package httpserver

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A pipe in the folder is not found: to open it would be to wait until
// somebody writes to it.
func TestPipe(t *testing.T) {
	dir := helloDir(t)
	must(t, syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o644))
	must(t, os.Mkdir(filepath.Join(dir, "sub"), 0o755))
	must(t, syscall.Mkfifo(filepath.Join(dir, "sub", "index.html"), 0o644))
	addr := siteServer(t, fileHandler(t, dir), nil)
	for _, path := range []string{"/pipe", "/sub/"} {
		answer := ask(t, addr, "GET "+path+" HTTP/1.0\r\n\r\n")
		if status(answer) != "404" {
			t.Errorf("%s: got %q", path, answer)
		}
	}
}

// What may not be read is not found, and says so for a directory.
func TestUnreadable(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
	dir := helloDir(t)
	sub, file := filepath.Join(dir, "sub"), filepath.Join(dir, "file.txt")
	must(t, os.Mkdir(sub, 0o755))
	must(t, os.WriteFile(filepath.Join(sub, "in.txt"), nil, 0o644))
	must(t, os.WriteFile(file, nil, 0))
	page := filepath.Join(dir, "page")
	must(t, os.Mkdir(page, 0o755))
	must(t, os.WriteFile(filepath.Join(page, "index.html"), nil, 0))
	addr := siteServer(t, fileHandler(t, dir), nil)
	for _, c := range []struct {
		mode      os.FileMode // of sub
		path, due string
	}{
		{0o755, "/file.txt", "404 File not found"},
		{0o755, "/page/", "404 File not found"},
		{0, "/sub", "301 Moved Permanently"},
		{0, "/sub/", "404 No permission to list directory"},
		{0, "/sub/in.txt", "404 File not found"},
		{0o111, "/sub/", "404 No permission to list directory"},
		// Python serves this one: os.Root reads the directories on its way.
		{0o111, "/sub/in.txt", "404 File not found"},
		{0o755, "/sub/", "200 OK"},
	} {
		must(t, os.Chmod(sub, c.mode))
		answer := ask(t, addr, "GET "+c.path+" HTTP/1.0\r\n\r\n")
		if !strings.HasPrefix(answer, "HTTP/1.0 "+c.due+"\r\n") {
			t.Errorf("mode %o, %s: got %.60q, want %s",
				c.mode, c.path, answer, c.due)
		}
	}
}
