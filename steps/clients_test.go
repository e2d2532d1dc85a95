package steps

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"example/wirebook/internal/runner"
	"example/wirebook/internal/steptest"
)

// The tests in clients_*_test.go let programs that nobody here wrote talk to
// the steps' servers: curl, Python's clients, a browser, two load generators.
// An exchange file shows that a server sends what its author expects. A real
// client shows whether anyone else can make use of it. A client that is not
// installed is skipped; nothing here leaves the loopback interface.

func TestMain(m *testing.M) {
	code := m.Run()
	for _, server := range started.servers {
		server.Stop()
	}
	runner.Clean()
	os.Exit(code)
}

// all lists the steps' servers. All of them serve a page and a picture.
var all = []string{"01-socket", "02-post", "03-tcpserver", "04-static", "05-cgi"}

// clientLimit is how long one run of a client may take, in whatever company.
const clientLimit = 30 * time.Second

// slowClients skips a test that takes seconds, unless somebody wants it.
func slowClients(t *testing.T) {
	t.Helper()
	if os.Getenv("WIREBOOK_CLIENTS") != "1" && !allMutants() {
		t.Skip("WIREBOOK_CLIENTS=1 runs it, and WIREBOOK_MUTANTS=1 too")
	}
}

// find looks a client up, and skips the test where there is none.
func find(t *testing.T, name string) (program string) {
	t.Helper()
	program, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not installed: a real client is missing", name)
	}
	return program
}

// A ran is how a client's run went.
type ran struct {
	exit           int
	stdout, stderr string
}

// command runs a client to its end. A proxy in the environment would stand
// between it and the server, so there is none.
func command(t *testing.T, program string, args ...string) ran {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), clientLimit)
	defer cancel()
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = slices.DeleteFunc(os.Environ(), func(entry string) bool {
		name, _, _ := strings.Cut(strings.ToLower(entry), "=")
		return strings.HasSuffix(name, "_proxy")
	})
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	// A helper process of the client may outlive it and keep the output open:
	// that is what ErrWaitDelay says, and no fault of the client's.
	cmd.WaitDelay = time.Second
	err := cmd.Run()
	if errors.Is(err, exec.ErrWaitDelay) {
		err = nil
	}
	if ctx.Err() != nil {
		t.Fatalf("%s %q: not done after %v", program, args, clientLimit)
	}
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("%s %q: %v", program, args, err)
	}
	return ran{cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}

// started holds what tests have in common: programs, by their packages, and
// servers, by step and flags. Building and starting one takes a moment.
var started = struct {
	sync.Mutex
	programs map[string]string
	servers  map[string]*runner.Process
}{programs: map[string]string{}, servers: map[string]*runner.Process{}}

// build builds a program, once for all tests.
func build(t *testing.T, pkg string) (program string) {
	t.Helper()
	started.Lock()
	defer started.Unlock()
	program, ok := started.programs[pkg]
	if !ok {
		program = steptest.Build(t, pkg)
		started.programs[pkg] = program
	}
	return program
}

// start runs a step's server on its own www, one for all tests: it serves them
// together, as servers do. It must still be there when the test is over.
func start(t *testing.T, step string, flags ...string) *runner.Process {
	t.Helper()
	program := build(t, "steps/"+step)
	dir, err := filepath.Abs(filepath.Join(step, "www"))
	if err != nil {
		t.Fatal(err)
	}
	name := strings.Join(append([]string{step}, flags...), " ")
	started.Lock()
	defer started.Unlock()
	server := started.servers[name]
	if server == nil {
		server, err = runner.Start(t.Context(), runner.Command{
			Name: name,
			Args: append([]string{program, "-addr", "{addr}", "-dir", "{dir}"}, flags...),
			Dir:  dir,
			Copy: step == "05-cgi", // root's scripts run as nobody
		})
		if err != nil {
			t.Fatal(err)
		}
		started.servers[name] = server
	}
	outlives(t, server)
	return server
}

// startIn runs a step's server on a folder, for one test.
func startIn(t *testing.T, step, dir string) *runner.Process {
	t.Helper()
	server := steptest.Start(t, build(t, "steps/"+step), dir)
	outlives(t, server)
	return server
}

// outlives fails the test if the server has ended by then. No client may end
// one.
func outlives(t *testing.T, server *runner.Process) {
	t.Helper()
	t.Cleanup(func() {
		if exit := server.Exit(); exit != nil {
			t.Errorf("the server ended: %s", exit)
		}
	})
}

// notes runs the notes' server of a step, which is flawed. With it each test
// shows that it can fail.
func notes(t *testing.T, step string) *runner.Process {
	t.Helper()
	skeleton := build(t, "steps/"+step+"/testdata/skeleton")
	return steptest.Start(t, skeleton, filepath.Join(step, "www"))
}

// picture is the content of a step's test.jpg.
func picture(t *testing.T, step string) string {
	t.Helper()
	return read(t, filepath.Join(step, "www", "test.jpg"))
}

// fetch asks with Go's client, to see that a server is well after an ordeal.
func fetch(t *testing.T, url string) string {
	t.Helper()
	client := http.Client{Timeout: 10 * time.Second}
	defer client.CloseIdleConnections()
	answer, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// write makes a file, folders above it included.
func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// awkward is what people type into a form to see what happens to it.
const awkward = "a&b=c +é<b>x</b>"

// awkwardShown is how it must stand in a page, and awkwardSent how it goes
// through the wire.
const (
	awkwardShown = "<p>a&amp;b=c +é&lt;b&gt;x&lt;/b&gt;</p>"
	awkwardSent  = "firstname=a%26b%3Dc+%2B%C3%A9%3Cb%3Ex%3C%2Fb%3E"
)

// oddNames are names of files that a link must spell in another way.
var oddNames = []string{"two words.txt", "a#b.txt", "100%.txt", "d&e.txt",
	"a+b.txt", "日本.txt"}

// oddContent is what the file with the name of number i says. It is in ASCII:
// a text file does not tell a browser how it is encoded.
func oddContent(i int) string { return fmt.Sprintf("this is file %d", i) }

// oddFolder is a folder with such files below list/.
func oddFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for i, name := range oddNames {
		write(t, filepath.Join(dir, "list", name), oddContent(i)+"\n")
	}
	return dir
}
