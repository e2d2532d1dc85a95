package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"example/wirebook/internal/exchange"
	"example/wirebook/internal/judge"
	"example/wirebook/internal/runner"
	"example/wirebook/internal/steptest"
)

func TestMain(m *testing.M) { steptest.Main(m) }

const step = "steps/04-static"

// serve starts the program on a folder, with the files that exchanges bring.
func serve(t *testing.T, dir string, list []*exchange.Exchange,
	flags ...string) string {
	t.Helper()
	dir, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	var files []exchange.File
	for _, x := range list {
		files = append(files, x.Files...)
	}
	program := steptest.Build(t, step)
	p, err := runner.Start(t.Context(), runner.Command{
		Name: "04-static",
		Args: append([]string{program,
			"-addr", "{addr}", "-dir", "{dir}"}, flags...),
		Dir:   dir,
		Files: files,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Stop(); err != nil {
			t.Error(err)
		}
	})
	return p.Addr()
}

// The reference sends what the step's exchanges say, byte for byte.
func TestExchanges(t *testing.T) {
	list := steptest.Exchanges(t, "04-static")
	if len(list) < 50 {
		t.Errorf("%d exchanges, want 50 or more", len(list))
	}
	steptest.ReplayExact(t, serve(t, "www", list), list)
}

// An exchange that says something else fails.
func TestExchangesFail(t *testing.T) {
	list := steptest.Exchanges(t, "04-static")
	list = slices.DeleteFunc(list, func(x *exchange.Exchange) bool {
		return x.Name != "text-file"
	})
	addr := serve(t, "../01-socket/www", list) // no hello.txt here
	got, err := steptest.Player(addr).Play(t.Context(), list[0])
	if err != nil {
		t.Fatal(err)
	}
	if judge.Exact(list[0], got) == nil {
		t.Error("a 404 passed for a file")
	}
}

func TestRunRefuses(t *testing.T) {
	for _, c := range []struct{ dir, protocol, begin, end string }{
		{"www", "HTTP/2", `no protocol "HTTP/2"`,
			": choose -protocol HTTP/1.0 or HTTP/1.1"},
		{"main.go", "HTTP/1.0", "open main.go: ",
			": choose a folder with -dir"},
	} {
		err := run("127.0.0.1:0", c.dir, c.protocol, true)
		if text := fmt.Sprint(err); !strings.HasPrefix(text, c.begin) ||
			!strings.HasSuffix(text, c.end) {
			t.Errorf("%v: got %q", c, text)
		}
	}
}

// leftBehind names the exchanges of earlier steps that no longer hold, and
// why. Those with a POST or a PUT are not named: all of them get 501 now.
var leftBehind = map[string]string{
	"01/time":               "a path is a file now, and nothing else",
	"01/space-before-colon": "the fields end at a line that is none",
	"01/version-1.x":        "until the version is known, an answer has no head",
	"01/version-2.0":        "until the version is known, an answer has no head",
	"01/one-word":           "a line of one word is taken for HTTP/0.9",
	"03/one-word":           "a line of one word is taken for HTTP/0.9",
	"01/ends-in-head":       "the end of the client's side ends the head",
	"01/lf-only":            "a bare LF may end a line",
	"01/no-host":            "Host is not looked at",
	"01/two-hosts":          "Host is not looked at",

	"01/head-no-host": "Host is not looked at",
	"02/head-no-host": "Host is not looked at",
	"03/head-no-host": "Host is not looked at",
}

// What earlier servers did for a GET this one does as well: the same status,
// and where that is 200, the same content.
func TestEarlierStepsStillHold(t *testing.T) {
	for _, earlier := range []string{"01-socket", "02-post", "03-tcpserver"} {
		list := steptest.Exchanges(t, earlier)
		addr := serve(t, "../"+earlier+"/www", list)
		for _, x := range list {
			if leftBehind[x.ID()] != "" || sends(x, "POST ") ||
				sends(x, "PUT ") {
				continue
			}
			t.Run(x.ID(), func(t *testing.T) {
				got, err := steptest.Player(addr).Play(t.Context(), x)
				if err != nil {
					t.Fatal(err)
				}
				x.Judges = essence(x)
				if f := judge.Judged(x, got); f != nil {
					t.Error(f.Text())
				}
			})
		}
	}
}

// sends reports whether an exchange sends a request that begins so.
func sends(x *exchange.Exchange, begin string) bool {
	return slices.ContainsFunc(x.Script, func(a exchange.Action) bool {
		return a.Kind == exchange.Send &&
			strings.HasPrefix(string(a.Data), begin)
	})
}

// essence is what of an exchange must hold whatever the server's style.
func essence(x *exchange.Exchange) []exchange.Judgement {
	list := []exchange.Judgement{
		{Aspect: exchange.Status}, {Aspect: exchange.Alive}}
	for _, a := range x.Script {
		if a.Response != nil && !slices.Equal(a.Response.Codes, []int{200}) {
			return list // an error page is each server's own
		}
	}
	return append(list, exchange.Judgement{Aspect: exchange.Body})
}

// With -protocol HTTP/1.1 a connection serves several requests, each has a
// line in the log, and an interrupt ends the program although a connection is
// still open.
func TestProtocolLogInterrupt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no signal to send")
	}
	cmd := exec.Command(steptest.Build(t, step), "-addr", "127.0.0.1:0",
		"-dir", "www", "-protocol", "HTTP/1.1")
	stderr, err := cmd.StderrPipe()
	must(t, err)
	must(t, cmd.Start())
	late := time.AfterFunc(10*time.Second, func() { cmd.Process.Kill() })
	defer late.Stop()
	defer cmd.Process.Kill()
	lines := bufio.NewScanner(stderr)
	lines.Scan()
	addr := strings.TrimPrefix(lines.Text(), "listening on http://")

	conn, err := net.Dial("tcp", addr)
	must(t, err)
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(10 * time.Second))
	in := bufio.NewReader(conn)
	for range 2 {
		fmt.Fprint(conn, "HEAD /hello.txt HTTP/1.1\r\n\r\n")
		if line, err := in.ReadString('\n'); line != "HTTP/1.1 200 OK\r\n" {
			t.Fatalf("got %q, %v", line, err)
		}
		for line := ""; line != "\r\n"; { // to the end of the head
			line, err = in.ReadString('\n')
			must(t, err)
		}
		lines.Scan()
		if !strings.HasSuffix(lines.Text(), `"HEAD /hello.txt HTTP/1.1" 200 -`) {
			t.Errorf("log line %q", lines.Text())
		}
	}

	must(t, cmd.Process.Signal(os.Interrupt))
	for lines.Scan() {
		t.Errorf("at the end it says %q", lines.Text())
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("ended with %v", err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
