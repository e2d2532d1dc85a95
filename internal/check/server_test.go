package check

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"example/wirebook/internal/course"
	"example/wirebook/internal/runner"
)

// addrFile is the environment variable that names a file for the address of a
// test's server.
const addrFile = "WIREBOOK_TEST_ADDR_FILE"

// A flaw is what a test's server does wrong: one of
//
//	lf       lines of the head end in LF
//	one-read the request is what the first read returns; it dies on half a word
//	dies     an empty connection ends it
//	mute     an empty connection silences it for good
//	silent   it never answers
//	half     it sends half an answer, and then nothing
//	stuck    a request in two arrivals silences it for good
//	loses    its folder's extra file is not found
//	last     its fifth answer is its last: it ends after it, without a word
//	late     an empty connection ends it, once it has answered the next client
//	later    it hangs up on half a request, answers the next client, and ends
//	         when one more connects
//
// The servers are this test binary itself, started again.
func serveFlawed(addr, dir, flaw string) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if name := os.Getenv(addrFile); name != "" {
		os.WriteFile(name, []byte(addr), 0o600)
	}
	last := 0 // the connection that is the last to be served, 0 for none yet
	if flaw == "last" {
		last = 5
	}
	for n := 1; ; n++ {
		c, err := l.Accept()
		if err != nil {
			os.Exit(1)
		}
		if last > 0 && n > last {
			os.Exit(7)
		}
		if hit := answer(c, dir, flaw); hit {
			last = n + 1
		}
		c.Close()
		if n == last && flaw != "later" {
			os.Exit(7)
		}
	}
}

// answer serves one client. It reports whether the server is to end after the
// next one.
func answer(c net.Conn, dir, flaw string) (hit bool) {
	request := read(c, flaw)
	switch {
	case flaw == "late" && len(request) == 0,
		flaw == "later" && len(request) > 0 && !strings.HasSuffix(request, "\r\n\r\n"):
		return true
	case flaw == "silent", flaw == "mute" && len(request) == 0,
		flaw == "stuck" && len(request) > 0 && !strings.HasSuffix(request, "\r\n\r\n"):
		time.Sleep(time.Hour)
	case flaw == "half" && len(request) > 0:
		io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhel")
		io.Copy(io.Discard, c)
		return false
	case len(request) == 0 && flaw != "dies":
		return false
	}
	target := strings.Split(request, " ")[1] // no second word: a panic
	status, body := "200 OK", "hello\n"
	if target == "/extra" {
		if data, err := os.ReadFile(dir + "/extra"); err == nil && flaw != "loses" {
			body = string(data)
		} else {
			status = "404 Not Found"
		}
	}
	head := fmt.Sprintf("HTTP/1.1 %s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\nConnection: close\r\n\r\n",
		status, len(body))
	if flaw == "lf" {
		head = strings.ReplaceAll(head, "\r\n", "\n")
	}
	c.Write([]byte(head + body))
	return false
}

func read(c net.Conn, flaw string) string {
	var request []byte
	buf := make([]byte, 1024)
	for !bytes.Contains(request, []byte("\r\n\r\n")) {
		n, err := c.Read(buf)
		request = append(request, buf[:n]...)
		if err != nil || flaw == "one-read" || flaw == "stuck" || flaw == "later" {
			break
		}
	}
	return string(request)
}

func TestMain(m *testing.M) {
	if len(os.Args) == 5 && os.Args[1] == "server" {
		serveFlawed(os.Args[2], os.Args[3], os.Args[4])
	}
	os.Exit(m.Run())
}

func flawed(flaw string) runner.Command {
	return runner.Command{
		Name: "your server",
		Args: []string{os.Args[0], "server", "{addr}", "{dir}", flaw},
		Dir:  ".",
		// A panic with a stack of all goroutines would say no more.
		Env: []string{"GOTRACEBACK=single"},
	}
}

// files is a step with four exercises.
func files() fstest.MapFS {
	text := map[string]string{
		"99-test/exercises.txtar": exercise("line-ends") + exercise("cut") + exercise("empty") + exercise("extra"),
		"99-test/exchanges/page.txtar": `title: the page
why: A page is what most ask for.
exercise: line-ends
judges: line-ends
-- request --
GET / HTTP/1.1
Host: localhost

-- response --
HTTP/1.1 200 OK
Content-Type: text/plain
Content-Length: 6

hello
-- close --
`,
		"99-test/exchanges/cut.txtar": `title: cut anywhere
why: TCP cuts where it likes.
exercise: cut
judges: cut
cuts: every
-- request --
GET / HTTP/1.1
Host: localhost

-- response --
HTTP/1.1 200 OK
Content-Type: text/plain
Content-Length: 6

hello
`,
		"99-test/exchanges/nobody.txtar": `title: connect and say nothing
why: A browser does this to be ready.
exercise: empty
judges: alive
-- half-close --
`,
		"99-test/exchanges/extra.txtar": `title: a file of its own
why: The server reads its folder.
exercise: extra
judges: status, body
-- file extra --
an extra
-- request --
GET /extra HTTP/1.1
Host: localhost

-- response --
HTTP/1.1 200 OK
Content-Type: text/plain
Content-Length: 9

an extra
`,
		"99-test/exchanges/shown.txtar": `title: shown, not judged
why: It judges nothing.
-- request --
GET / HTTP/1.1
Host: localhost

`,
		"99-test/www/index.html": "hello\n",
	}
	fsys := fstest.MapFS{}
	for name, data := range text {
		fsys[name] = &fstest.MapFile{Data: []byte(data)}
	}
	return fsys
}

func exercise(name string) string {
	return fmt.Sprintf(`-- %s --
title: the title of %[1]s
task: Do it.
look: the part of %[1]s
notes: E3
minutes: 3
hint1: Look.
hint2: The rule.
hint3: The line.
`, name)
}

func load(t *testing.T) *course.Step {
	t.Helper()
	step, err := course.Load(files(), "99-test")
	if err != nil {
		t.Fatal(err)
	}
	return step
}
