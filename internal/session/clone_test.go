package session

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example/wirebook/internal/exchange"
	"example/wirebook/internal/runner"
	"example/wirebook/internal/wire"
)

func TestMain(m *testing.M) {
	code := m.Run()
	runner.Clean()
	os.Exit(code)
}

// program is a server that answers with its name and what it finds in its
// folder. Half a request line is its end, as in the first step of the notes.
const program = `package main

import (
	"flag"
	"fmt"
	"net"
	"os"
	"strings"
)

func main() {
	addr := flag.String("addr", "", "")
	dir := flag.String("dir", "", "")
	flag.Parse()
	l, err := net.Listen("tcp", *addr)
	if err != nil {
		panic(err)
	}
	for {
		c, _ := l.Accept()
		buf := make([]byte, 1024)
		n, _ := c.Read(buf)
		target := strings.Split(string(buf[:n]), " ")[1]
		body, err := os.ReadFile(*dir + target)
		if err != nil {
			body = []byte("no file")
		}
		text := "NAME " + string(body)
		fmt.Fprintf(c, "HTTP/1.0 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(text), text)
		c.Close()
	}
}
`

// clone makes a module with one step and its three servers, and more files on
// top of them.
func clone(t *testing.T, more map[string]string) (root string) {
	t.Helper()
	if testing.Short() {
		t.Skip("compiles programs")
	}
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("there is no go command here")
	}
	root = t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module example/learner\n\ngo 1.25.0\n")
	write("steps/99-test/www/page", "the page")
	for folder, name := range map[string]string{
		"": "reference", "exercise": "yours", "testdata/skeleton": "notes",
	} {
		write("steps/99-test/"+folder+"/main.go", strings.Replace(program, "NAME", name, 1))
	}
	for name, text := range more {
		write(name, text)
	}
	return root
}

// begin opens a session on any free port.
func begin(t *testing.T, root string) *Session {
	t.Helper()
	s, err := open(root, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// get is an exchange that asks for a path.
func get(t *testing.T, target string) *exchange.Exchange {
	t.Helper()
	return parse(t, "-- request --\nGET "+target+" HTTP/1.0\n\n")
}

// half is an exchange that ends the test's server.
func half(t *testing.T) *exchange.Exchange {
	t.Helper()
	return parse(t, "-- request.raw --\nGE^D\n-- half-close --\n-- close --\n")
}

func parse(t *testing.T, sections string) *exchange.Exchange {
	t.Helper()
	x, err := exchange.Parse("try.txtar", []byte("title: try it\nwhy: To see.\n"+sections), nil)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// answer sends an exchange and returns all that came back.
func answer(t *testing.T, s *Session, x *exchange.Exchange) string {
	t.Helper()
	transcript, err := s.Send(t.Context(), x)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, turn := range transcript.Turns {
		got.Write(turn.Got)
	}
	return got.String()
}

// opened waits for the tap's next connection and returns its event.
func opened(t *testing.T, s *Session) wire.Event {
	t.Helper()
	limit := time.After(5 * time.Second)
	for {
		select {
		case batch := <-s.Tap.Events():
			for _, e := range batch {
				if e.Kind == wire.Opened {
					return e
				}
			}
		case <-limit:
			t.Fatal("no connection reached the tap")
		}
	}
}

// serverEnd waits for the server's end on the wire; it returns how that was and
// how many connections it cut.
func serverEnd(t *testing.T, s *Session) (how string, cut int) {
	t.Helper()
	var conns []*wire.Conn
	limit := time.After(5 * time.Second)
	for {
		select {
		case batch := <-s.Tap.Events():
			for _, e := range batch {
				switch e.Kind {
				case wire.ServerEnded:
					return e.Text, wire.AddServerEnd(conns, e)
				case wire.Opened:
					conns = append(conns, &wire.Conn{})
				}
				conns[len(conns)-1].Add(e)
			}
		case <-limit:
			t.Fatal("no end of a server was seen on the wire")
		}
	}
}
