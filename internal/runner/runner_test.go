package runner

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"example/wirebook/internal/exchange"
)

func TestStart(t *testing.T) {
	for _, tc := range []struct {
		name string
		c    Command
	}{
		{"at once", server("listen")},
		{"slow start", server("slow", "3s")},
		{"on all addresses", server("everywhere")},
		{"a child holds the port", server("parent")},
		{"prints without end", server("flood")},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			p := start(t, tc.c)
			dial(t, p)
			if p.Exit() != nil {
				t.Errorf("exit %v while it runs", p.Exit())
			}
			if err := p.Stop(); err != nil {
				t.Error(err)
			}
			if e := p.Exit(); !e.Stopped || e.String() != "stopped" {
				t.Errorf("exit %+v, want stopped", e)
			}
			noneLeft(t, p)
		})
	}
}

// A learner's step 1 prints what it accepts: readiness must not be seen there.
func TestStartDoesNotConnect(t *testing.T) {
	p := start(t, server("slow", "100ms"))
	mine := dial(t, p)
	if _, err := io.ReadAll(mine); err != nil {
		t.Fatal(err)
	}
	p.Stop()
	text, _ := p.log.last()
	if n := strings.Count(string(text), "accepted"); n != 1 {
		t.Errorf("%d connections accepted, want ours alone:\n%s", n, text)
	}
}

func TestStartFails(t *testing.T) {
	for _, tc := range []struct {
		name   string
		c      Command
		reason Reason
		detail string
	}{
		{"ends", server("exit"), Ended, "exit 3: no such folder"},
		{"ends without a word", server("silent"), Ended, "exit 4"},
		{"panics", server("panic"), Ended, "exit 2: index out of range [1] with length 1"},
		{"prints escapes", server("escape"), Ended, "exit 5: "},
		{"never listens", server("never"), NeverListened, "nothing on 127.0.0.1:"},
		{"port taken three times", server("taken"), PortTaken, "exit 1: bind: Address already in use"},
		{"no program", Command{Name: "yours", Args: []string{"no-such-program-here"}}, NoProgram, "no-such-program-here"},
		{"no arguments", Command{Name: "yours"}, NoProgram, "no program is named"},
		{"no folder", Command{Name: "yours", Args: []string{os.Args[0]}, Dir: "/no/such/folder"}, NoProgram, "/no/such/folder"},
		{"file outside", Command{
			Name: "yours", Args: []string{os.Args[0]}, Dir: ".",
			Files: []exchange.File{{Name: "../x"}},
		}, NoProgram, `"../x"`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			tc.c.StartTimeout = 500 * time.Millisecond
			if tc.reason != NeverListened {
				tc.c.StartTimeout = 0
			}
			p, err := Start(t.Context(), tc.c)
			var failed *StartError
			if p != nil || !errors.As(err, &failed) {
				t.Fatalf("got %v, %v, want a StartError", p, err)
			}
			if failed.Reason != tc.reason || !strings.Contains(failed.Detail, tc.detail) {
				t.Errorf("reason %d, detail %q, want %d, %q", failed.Reason, failed.Detail, tc.reason, tc.detail)
			}
			forPeople(t, failed.Error())
			forPeople(t, failed.Problem())
			forPeople(t, failed.Advice)
		})
	}
}

// Somebody may be quicker to take the port that was free a moment ago. Then
// another one will do.
func TestStartOnAnotherPort(t *testing.T) {
	p := start(t, server("taken-once", filepath.Join(t.TempDir(), "once")))
	dial(t, p)
}

// A server has ten seconds to listen.
func TestStartTimeout(t *testing.T) {
	t.Parallel()
	began := time.Now()
	_, err := Start(t.Context(), server("never"))
	var failed *StartError
	if !errors.As(err, &failed) || failed.Reason != NeverListened {
		t.Fatalf("got %v", err)
	}
	if took := time.Since(began); took < 10*time.Second || took > 13*time.Second {
		t.Errorf("took %v, want a little over ten seconds", took)
	}
}

// forPeople checks what every message keeps to: one line, safe to print.
func forPeople(t *testing.T, message string) {
	t.Helper()
	if message == "" || strings.ContainsAny(message, "\n\r\x1b\a\x00") {
		t.Errorf("not one safe line: %q", message)
	}
}

func TestStartNamesWhereItListens(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells who listens where")
	}
	c := server("elsewhere")
	c.StartTimeout = 300 * time.Millisecond
	_, err := Start(t.Context(), c)
	if err == nil || !strings.Contains(err.Error(), "it listens on 127.0.0.1:") {
		t.Errorf("got %v", err)
	}
}

func TestStartCancelled(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	began := time.Now()
	_, err := Start(ctx, server("never"))
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want the context's error", err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
}

func TestEndsByItself(t *testing.T) {
	p := start(t, server("later", "1s"))
	ended(t, p)
	if want := "exit 2: panic: later"; !strings.HasPrefix(p.Exit().String(), want) {
		t.Errorf("exit %v, want %q", p.Exit(), want)
	}
	if err := p.Stop(); err != nil {
		t.Error(err)
	}
	if p.Exit().Stopped {
		t.Error("Stop has rewritten how it ended")
	}
}

// The parent is gone, its child still holds the pipe: neither may be awaited.
func TestDeserterLeavesNothing(t *testing.T) {
	p := start(t, server("deserter", "1s"))
	began := time.Now()
	ended(t, p)
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("its end took %v to be noticed", took)
	}
	noneLeft(t, p)
}

func TestStopStubborn(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no SIGTERM to ignore")
	}
	p := start(t, server("stubborn"))
	began := time.Now()
	if err := p.Stop(); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(began); took < 2*time.Second || took > 4*time.Second {
		t.Errorf("took %v, want a little over two seconds", took)
	}
	if e := p.Exit(); !e.Stopped {
		t.Errorf("exit %v, want stopped", e)
	}
}

func TestStopTogether(t *testing.T) {
	p := start(t, server("parent"))
	errs := make(chan error)
	for range 4 {
		go func() { errs <- p.Stop() }()
	}
	for range 4 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

func TestFlood(t *testing.T) {
	p := start(t, server("flood"))
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		text, dropped := p.log.last()
		if dropped > 1<<20 { // it was never blocked by a full pipe
			if len(text) != logSize {
				t.Errorf("%d bytes kept, want %d", len(text), logSize)
			}
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("only %d bytes dropped", dropped)
		}
	}
}

// What a command's words stand for, where it works, and that its files are in a
// copy which ends with it.
func TestPlaceholdersAndFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "with space")
	os.Mkdir(dir, 0o755)
	os.WriteFile(filepath.Join(dir, "page"), []byte("the page"), 0o644)
	read := func(p *Process) []string {
		b, err := io.ReadAll(dial(t, p))
		if err != nil {
			t.Fatal(err)
		}
		return strings.Split(string(b), "|")
	}
	c := Command{
		Name: "cat",
		Args: []string{os.Args[0], "server", "cat", "{host}:{port}", "{dir}/page"},
		Dir:  dir,
		Env:  []string{"GREETING=hello {port}"},
	}
	p := start(t, c)
	_, port, _ := strings.Cut(p.Addr(), ":")
	if got := read(p); got[0] != "the page" || filepath.Base(got[1]) != "with space" || got[2] != "hello "+port || got[3] != "1" {
		t.Errorf("got %q", got)
	}

	c.Files = []exchange.File{{Name: "sub/extra", Data: []byte("an extra")}}
	c.Args[4] = "{dir}/sub/extra"
	p = start(t, c)
	got := read(p)
	if got[0] != "an extra" {
		t.Errorf("got %q", got)
	}
	if info, err := os.Stat(got[1]); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o755 {
		t.Errorf("the copy: %v, %v; want one that every user may read", info.Mode(), err)
	}
	p.Stop()
	if _, err := os.Stat(got[1]); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the copy is still there: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "sub")); err == nil {
		t.Error("the file was put into the original")
	}

	c.Work = t.TempDir()
	if got := read(start(t, c)); filepath.Base(got[1]) != filepath.Base(c.Work) {
		t.Errorf("works in %q, want %q", got[1], c.Work)
	}
}
