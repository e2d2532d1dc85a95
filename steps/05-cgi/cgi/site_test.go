package cgi

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"example/wirebook/steps/04-static/httpserver"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// openDir is a temporary folder that everybody may enter: started by root, the
// server runs its scripts as nobody.
func openDir(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	must(t, os.Chmod(filepath.Dir(dir), 0o755))
	must(t, os.Chmod(dir, 0o755))
	if os.Geteuid() == 0 {
		enter := exec.Command("/bin/sh", "-c", "true")
		enter.Dir, enter.SysProcAttr = dir, attributes()
		if err := enter.Run(); err != nil {
			t.Skip("the user nobody may not enter " + dir +
				": set TMPDIR to a folder that is open to all")
		}
	}
	return dir
}

// put writes files below dir, "cgi-bin/x.sh", with a mode.
func put(t testing.TB, dir string, mode os.FileMode,
	files map[string]string) {
	t.Helper()
	for name, data := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		must(t, os.MkdirAll(filepath.Dir(name), 0o755))
		must(t, os.WriteFile(name, []byte(data), 0o644))
		must(t, os.Chmod(name, mode)) // whatever the umask
	}
}

// ownScripts puts this test binary below dir under each of the names: see
// beScript.
func ownScripts(t testing.TB, dir string, names ...string) {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	for _, name := range names {
		name = filepath.Join(dir, filepath.FromSlash(name))
		must(t, os.MkdirAll(filepath.Dir(name), 0o755))
		if os.Link(self, name) == nil {
			continue
		}
		data, err := os.ReadFile(self) // on another file system
		must(t, err)
		must(t, os.WriteFile(name, data, 0o755))
	}
}

// A site is a server for a folder, with what it writes to its log.
type site struct {
	addr, dir string
	handler   *CGIHTTPRequestHandler
	log       *lockedBuffer
}

// serve serves dir until the test ends. The config function may set fields
// before it starts.
func serve(t testing.TB, dir string,
	config func(*httpserver.HTTPServer, *CGIHTTPRequestHandler)) *site {
	t.Helper()
	h, err := NewCGIHTTPRequestHandler(dir)
	must(t, err)
	s, err := httpserver.NewHTTPServer("127.0.0.1:0", h)
	must(t, err)
	x := &site{s.ServerAddress(), dir, h, new(lockedBuffer)}
	s.Log = x.log
	if config != nil {
		config(s, h)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.ServeForever() }()
	t.Cleanup(func() {
		if err := errors.Join(s.Close(), h.Close(), <-ended); err != nil {
			t.Error(err)
		}
	})
	return x
}

// A lockedBuffer can be read while others write.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// siteTime is the time stamp of everything in the recorded document root.
var siteTime = time.Date(2020, time.January, 2, 3, 4, 5, 0, time.UTC)

// recordedSite builds the document root of the recordings, as far as they ask
// for it. What was in Python there is this test binary.
func recordedSite(t testing.TB) string {
	t.Helper()
	dir := openDir(t)
	put(t, dir, 0o755, recordedScripts)
	put(t, dir, 0o644, map[string]string{
		"index.html":         recordedPage,
		"hello.txt":          "Hello\n",
		"cgi-bin/data.txt":   "plain data inside cgi-bin\n",
		"cgi-bin/notexec.py": "#!/bin/sh\necho\n",
	})
	put(t, dir, 0, map[string]string{"unreadable.txt": "no\n"})
	ownScripts(t, dir, "cgi-bin/form.py", "cgi-bin/post.py",
		"cgi-bin/crash.py", "cgi-bin/crashlate.py")
	must(t, filepath.WalkDir(dir, func(
		name string, e fs.DirEntry, err error) error {
		if err != nil || filepath.Base(filepath.Dir(name)) == "cgi-bin" {
			return err // the test binary keeps its own time
		}
		return os.Chtimes(name, siteTime, siteTime)
	}))
	must(t, os.Chtimes(filepath.Join(dir, "sub/cgi-bin/hello.sh"),
		siteTime, siteTime))
	return dir
}

const begin = "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\n"

// recordedScripts print what the recorded ones printed.
var recordedScripts = map[string]string{
	"cgi-bin/hello.sh": "#!/bin/sh\n" +
		`printf 'Content-Type: text/plain\r\n\r\nHello from sh\n'` + "\n",
	"cgi-bin/lf.sh":     begin + "echo bare LF headers\n",
	"cgi-bin/env.sh":    begin + "env | sort\n",
	"cgi-bin/unread.sh": begin + "echo body not read\n",
	"cgi-bin/id.sh":     begin + "id\npwd\numask\n",
	"cgi-bin/args.sh": begin + "echo \"argc=$#\"\n" +
		"for a in \"$@\"; do echo \"arg=[$a]\"; done\n" +
		"echo \"QS=[$QUERY_STRING]\"\n",
	"cgi-bin/stdin.sh": begin + "echo \"METHOD=$REQUEST_METHOD " +
		"LEN=[$CONTENT_LENGTH] TYPE=[$CONTENT_TYPE]\"\n" +
		"head -c \"${CONTENT_LENGTH:-0}\" | od -An -c\n",
	"cgi-bin/status.sh": "#!/bin/sh\nprintf 'Status: 404 Nope\\n" +
		"Content-Type: text/plain\\n\\nscript said 404\\n'\n",
	"cgi-bin/location.sh": "#!/bin/sh\n" +
		`printf 'Location: /hello.txt\n\n'` + "\n",
	"cgi-bin/nph-raw.sh": "#!/bin/sh\nprintf 'HTTP/1.0 418 Teapot\\r\\n" +
		"Content-Type: text/plain\\r\\n\\r\\nnph\\n'\n",
	"cgi-bin/empty.sh":      "#!/bin/sh\nexit 0\n",
	"cgi-bin/badshebang.sh": "#!/nonexistent/interp\necho\n",
	"cgi-bin/crlf.sh":       "#!/bin/sh\r\necho\r\n",
	"cgi-bin/noshebang":     "echo\n",
	"cgi-bin/python.py":     "#!/usr/bin/env no-such-interpreter\n",
	"cgi-bin/sub/child.sh": begin + "echo \"child " +
		"SCRIPT_NAME=$SCRIPT_NAME PATH_INFO=$PATH_INFO\"\n",
	"cgi-bin/with space.sh": begin +
		"echo \"space SCRIPT_NAME=$SCRIPT_NAME\"\n",
	"htbin/hello.sh":  begin + "echo htbin runs\n",
	"ht-bin/hello.sh": begin + "echo ht-bin does not run\n",
	"sub/cgi-bin/hello.sh": "#!/bin/sh\nprintf \"Content-Type: text/plain" +
		"\\n\\nnested cgi-bin\\n\"\n",
}

const recordedPage = `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<title>WOW</title>
</head>
<body>
<p>Wow, Python Server</p>
<img src="test.jpg" alt="test">
<form name="input" action="cgi-bin/post.py" method="post">
First name:<input type="text" name="firstname"><br>
<input type="submit" value="Submit">
</form>
</body>
</html>
`
