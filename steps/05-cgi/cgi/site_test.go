package cgi

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"example/wirebook/steps/04-static/httpserver"
)

// testTimeout is how long a test waits for what must come.
const testTimeout = 20 * time.Second

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

// begin is the beginning of a shell script.
const begin = "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\n"

// ownScripts are aliases in /cgi-bin for this test binary, which is a script
// on every system: see beScript.
func ownScripts(t testing.TB, names ...string) map[string]string {
	t.Helper()
	self := "/proc/self/exe" // also where nobody cannot enter its folder
	if runtime.GOOS != "linux" {
		if os.Geteuid() == 0 {
			t.Skip("the user nobody may not run this test's program")
		}
		var err error
		self, err = os.Executable()
		must(t, err)
	}
	alias := make(map[string]string)
	for _, name := range names {
		alias["/cgi-bin/"+name] = self
	}
	return alias
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

// ownSite serves a folder whose scripts are this test binary.
func ownSite(t testing.TB,
	config func(*httpserver.HTTPServer, *CGIHTTPRequestHandler)) *site {
	t.Helper()
	dir := openDir(t)
	put(t, dir, 0o644, map[string]string{"hello.txt": "Hello\n"})
	scripts := ownScripts(t, "args", "chain", "closeoutput", "complain",
		"echo", "env", "exit3", "flood", "floodlog", "fork", "forkaway", "forkquiet",
		"halfhead", "hang", "hello", "ignorepipe", "print", "slow",
		"stubborn")
	return serve(t, dir, func(s *httpserver.HTTPServer,
		h *CGIHTTPRequestHandler) {
		h.ScriptAlias = scripts
		if config != nil {
			config(s, h)
		}
	})
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

func dial(t testing.TB, addr string) *net.TCPConn {
	t.Helper()
	nc, err := net.Dial("tcp", addr)
	must(t, err)
	t.Cleanup(func() { nc.Close() })
	nc.SetDeadline(time.Now().Add(testTimeout))
	return nc.(*net.TCPConn)
}

// ask sends a request and returns the whole answer.
func ask(t testing.TB, addr, request string) string {
	t.Helper()
	nc := dial(t, addr)
	defer nc.Close()
	_, err := io.WriteString(nc, request)
	must(t, err)
	answer, err := io.ReadAll(nc)
	must(t, err)
	return string(answer)
}

// get asks for a path.
func (s *site) get(t testing.TB, path string) string {
	t.Helper()
	return ask(t, s.addr, "GET "+path+" HTTP/1.0\r\n\r\n")
}

// status is an answer's code.
func status(answer string) string {
	_, rest, _ := strings.Cut(answer, " ")
	code, _, _ := strings.Cut(rest, " ")
	return code
}

// content is what follows an answer's head.
func content(answer string) string {
	_, body, _ := strings.Cut(answer, "\r\n\r\n")
	return body
}

// A lifeline sees processes start and end: beScript connects to it where the
// query names its address, and the connection ends with the process.
type lifeline struct{ net.Listener }

func newLifeline(t testing.TB) lifeline {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { ln.Close() })
	ln.(*net.TCPListener).SetDeadline(time.Now().Add(testTimeout))
	return lifeline{ln}
}

// query tells a script to connect.
func (l lifeline) query() string { return "?lifeline=" + l.Addr().String() }

// started waits for a process to start.
func (l lifeline) started(t testing.TB) net.Conn {
	t.Helper()
	conn, err := l.Accept()
	must(t, err)
	t.Cleanup(func() { conn.Close() })
	return conn
}

// awaitEnd waits for a process to end.
func awaitEnd(t testing.TB, process net.Conn) {
	t.Helper()
	process.SetDeadline(time.Now().Add(testTimeout))
	_, err := process.Read(make([]byte, 1))
	if errors.Is(err, os.ErrDeadlineExceeded) || err == nil {
		t.Fatal("a process has not ended: ", err)
	}
}
