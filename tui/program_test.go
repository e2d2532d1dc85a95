//go:build unix

package tui

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"example/wirebook/internal/screentest"
)

// waitLimit is long, for a machine that is busy with other things.
const waitLimit = 60 * time.Second

// builtProgram is the whole workbook, built once for all tests.
var builtProgram = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "wirebook-tui-")
	if err != nil {
		return "", err
	}
	buildDir = dir
	program := filepath.Join(dir, "wirebook")
	build := exec.Command("go", "build", "-o", program, ".")
	build.Dir = ".."
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return program, nil
})

// buildDir is what TestMain removes.
var buildDir string

func TestMain(m *testing.M) {
	code := m.Run()
	if buildDir != "" {
		os.RemoveAll(buildDir)
	}
	os.Exit(code)
}

// startProgram opens the workbook in a terminal.
func startProgram(t testing.TB, w, h int, env ...string) *screentest.Screen {
	t.Helper()
	return openProgram(t, w, h, nil, env...)
}

// openProgram is startProgram with arguments.
func openProgram(t testing.TB, w, h int, args []string, env ...string) *screentest.Screen {
	t.Helper()
	if testing.Short() {
		t.Skip("builds and runs the whole program; -short leaves it out")
	}
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("there is no Go toolchain on PATH to build the program with")
	}
	program, err := builtProgram()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, args...)
	cmd.Dir = ".."
	cmd.Env = append(os.Environ(), "WIREBOOK_STATE="+filepath.Join(t.TempDir(), "progress.json"), "NO_COLOR=", "WIREBOOK_THEME=")
	cmd.Env = append(cmd.Env, env...)
	s, err := screentest.Start(cmd, w, h)
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

func waitFor(t testing.TB, s *screentest.Screen, parts ...string) string {
	t.Helper()
	seen := ""
	err := s.Wait(waitLimit, fmt.Sprintf("%q", parts), func(text string) bool {
		seen = text
		for _, p := range parts {
			if !strings.Contains(text, p) {
				return false
			}
		}
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	return seen
}

var addressOnScreen = regexp.MustCompile(`http://(localhost:\d+)`)

// The whole program, as a newcomer meets it: it opens, an exchange is sent and
// answered byte for byte, another client shows up, the views change, it ends.
func TestProgram(t *testing.T) {
	s := startProgram(t, 120, 40)
	screen := waitFor(t, s, "Start here", "reference · running · http://localhost:", "⏎ send")
	s.Type("\r")
	waitFor(t, s, `lesson "the page"`, "→ request", "GET / HTTP/1.1␍␊", "← response", "HTTP/1.1 200 OK␍␊", "closed")

	address := addressOnScreen.FindStringSubmatch(screen)[1]
	foreign(t, address, "GET /test.jpg HTTP/1.1\r\nHost: x\r\nUser-Agent: evil\x1b]0;gone\x07\x1b[2J/1\r\n\r\n")
	waitFor(t, s, "evil␛]0;gone␇␛[2J/1", "GET /test.jpg", "Start here")

	s.Type("\tx")
	waitFor(t, s, "47 45 54 20 2f 74 65 73", "at the cursor")
	s.Type("xg\x1b[C\x1b[C")
	waitFor(t, s, "The target")

	// One pane at a time, in a window that shrinks; what is read stays.
	s.Resize(80, 24)
	waitFor(t, s, "[2 wire]", "The target")
	s.Type("1")
	waitFor(t, s, "[1 lesson]", "Start here")
	s.Type("?")
	waitFor(t, s, "everywhere")
	s.Type("\x1b")
	waitFor(t, s, "[1 lesson]")

	s.Type("q")
	select {
	case <-s.Ended():
	case <-time.After(waitLimit):
		t.Fatal("q does not end the program")
	}
}

// foreign is any client: it sends and reads until the end.
func foreign(t *testing.T, address, request string) {
	t.Helper()
	c, err := net.DialTimeout("tcp", address, waitLimit)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(waitLimit))
	fmt.Fprint(c, request)
	for r := bufio.NewReader(c); err == nil; {
		_, err = r.ReadByte()
	}
}

// What the renderer has changed cell by cell is what it would draw anew: a
// resize and back makes it draw everything.
func TestRedraw(t *testing.T) {
	s := startProgram(t, 100, 30)
	screen := waitFor(t, s, "reference · running · http:")
	address := addressOnScreen.FindStringSubmatch(screen)[1]
	for i := range 4 {
		foreign(t, address, fmt.Sprintf("GET /%d-日本 HTTP/1.1\r\nHost: x\r\nUser-Agent: é\x9b\r\n\r\n", i))
	}
	waitFor(t, s, "▸ 4", "GET /3-")
	s.Type("nnp\tx\x1b[C\x1b[C\x1b[Cxn")
	// The footer is the last row of a frame; read whole, it has the wire's keys.
	before := waitFor(t, s, "▸ 3", "→ next part   tab other pane   n older connection   x hex   y copy   ? keys")
	s.Resize(101, 30)
	if err := s.Wait(waitLimit, "a wider frame", func(text string) bool { return text != before }); err != nil {
		t.Fatal(err)
	}
	s.Resize(100, 30)
	if err := s.Wait(waitLimit, "the frame from before:\n"+before, func(text string) bool { return text == before }); err != nil {
		t.Error(err)
	}
}

// The terminal gets no colours where the reader wants none.
func TestNoColorProgram(t *testing.T) {
	for _, tt := range []struct {
		env     string
		colours bool
	}{{"NO_COLOR=1", false}, {"WIREBOOK_THEME=dark", true}} {
		t.Run(tt.env, func(t *testing.T) {
			s := startProgram(t, 100, 30, tt.env)
			waitFor(t, s, "reference · running · http:", "⏎ send")
			found := false
			for y := range 30 {
				for x := range 100 {
					if c := s.Cell(x, y); c != nil && (c.Style.Fg != nil || c.Style.Bg != nil) {
						found = true
					}
				}
			}
			if found != tt.colours {
				t.Errorf("colours on the screen: %v, want %v", found, tt.colours)
			}
		})
	}
}

// From the start of the process to a whole first frame; the goal is 100 ms.
// Neither a build nor a server's start may be in the way.
func BenchmarkFirstFrame(b *testing.B) {
	startProgram(b, 120, 40).Close() // built, and in the disk's cache
	for b.Loop() {
		s := startProgram(b, 120, 40)
		waitFor(b, s, "Start here", "? keys")
		b.StopTimer()
		s.Close()
		b.StartTimer()
	}
}
