package progress

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

func file(t *testing.T) string { return filepath.Join(t.TempDir(), "folder", "progress.json") }

// open loads a file that is whole.
func open(t *testing.T, path string) (*Store, Progress) {
	t.Helper()
	s := NewStore(path)
	p, damaged, err := s.Load()
	if damaged != "" || err != nil {
		t.Fatalf("damaged %q, %v", damaged, err)
	}
	return s, p
}

func save(t *testing.T, s *Store, n int, p Progress) {
	t.Helper()
	if err := s.Save(n, p); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// What is saved is there at the next start, in the spelling that earlier
// versions of the program read.
func TestSaveAndLoad(t *testing.T) {
	path := file(t)
	s, p := open(t, path)
	p.Lesson = "01-socket"
	l := p.Of("01-socket")
	l.Block, l.Answers["half"], l.Decided["half"] = 7, 1, 2
	l.ReadOn["other"], l.Sent["page"], l.Passed = true, true, []string{"version"}
	save(t, s, 1, p)

	_, got := open(t, path)
	if p.Version = version; !reflect.DeepEqual(got, p) {
		t.Errorf("got %+v, want %+v", got.Of("01-socket"), l)
	}
	data, _ := os.ReadFile(path)
	for _, want := range []string{`"version": 1`, `"lesson": "01-socket"`, `"block": 7`, `"half": 1`, `"passed": [`} {
		if !strings.Contains(string(data), want) {
			t.Errorf("no %s in %s", want, data)
		}
	}
	entries, _ := os.ReadDir(filepath.Dir(path))
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".progress-") {
			t.Errorf("left behind: %s", e.Name())
		}
	}
}

func TestMerge(t *testing.T) {
	for _, tc := range []struct{ name, base, mine, theirs, want string }{
		{"nothing changed", `{"a":1}`, `{"a":1}`, `{"a":1}`, `{"a":1}`},
		{"mine", `{"a":1}`, `{"a":2}`, `{"a":1}`, `{"a":2}`},
		{"theirs", `{"a":1}`, `{"a":1}`, `{"a":3}`, `{"a":3}`},
		{"both: mine", `{"a":1}`, `{"a":2}`, `{"a":3}`, `{"a":2}`},
		{"new in mine", `{}`, `{"a":{"b":1}}`, `{}`, `{"a":{"b":1}}`},
		{"two answers", `{"m":{}}`, `{"m":{"a":1}}`, `{"m":{"b":2}}`, `{"m":{"a":1,"b":2}}`},
		{"unknown fields", `{"a":1}`, `{"a":2}`, `{"a":1,"later":[1.50,{"x":null}]}`, `{"a":2,"later":[1.50,{"x":null}]}`},
		{"both passed one", `{"p":["a"]}`, `{"p":["a","c"]}`, `{"p":["a","b"]}`, `{"p":["a","b","c"]}`},
		{"one passes no more", `{"p":["a","b"]}`, `{"p":["b"]}`, `{"p":["a","b","c"]}`, `{"p":["b","c"]}`},
		{"none passes any more", `{"p":["a"]}`, `{}`, `{"p":["a","b"]}`, `{"p":["b"]}`},
		{"none is passed over any more", `{"m":{"a":true}}`, `{}`, `{"m":{"a":true,"b":true}}`, `{"m":{"b":true}}`},
		{"they removed what I keep", `{"p":["a"]}`, `{"p":["a"]}`, `{}`, `{}`},
		{"they removed, I added", `{"p":["a"]}`, `{"p":["a","b"]}`, `{"p":[]}`, `{"p":["b"]}`},
		{"another kind", `{"a":{"b":1}}`, `{"a":{"b":2}}`, `{"a":7}`, `{"a":{"b":2}}`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			parse := func(text string) document {
				d, err := decode([]byte(text))
				if err != nil {
					t.Fatal(err)
				}
				return d
			}
			got, _ := json.Marshal(merge(parse(tc.base), parse(tc.mine), parse(tc.theirs)))
			if string(got) != tc.want {
				t.Errorf("got %s, want %s", got, tc.want)
			}
		})
	}
}

// Two workbooks on one file: each keeps what its own reader did.
func TestTwoWorkbooks(t *testing.T) {
	path := file(t)
	a, p := open(t, path)
	b, q := open(t, path)
	p.Of("01-socket").Answers["half"] = 1
	save(t, a, 1, p)
	q.Of("01-socket").Answers["other"] = 2
	q.Of("01-socket").Passed = []string{"version"}
	save(t, b, 1, q)
	p.Of("01-socket").Passed = []string{"start"}
	save(t, a, 2, p)

	_, got := open(t, path)
	l := got.Of("01-socket")
	if l.Answers["half"] != 1 || l.Answers["other"] != 2 || len(l.Passed) != 2 {
		t.Errorf("got %+v", l)
	}
}

// A save that comes late does not undo a newer one; one of the same number
// counts, since the place at the end is saved with the last number known.
func TestLateSave(t *testing.T) {
	path := file(t)
	s, p := open(t, path)
	p.Lesson = "new"
	save(t, s, 2, p)
	p.Lesson = "old"
	save(t, s, 1, p)
	if _, got := open(t, path); got.Lesson != "new" {
		t.Errorf("got %q", got.Lesson)
	}
	p.Lesson = "last"
	save(t, s, 2, p)
	if _, got := open(t, path); got.Lesson != "last" {
		t.Errorf("got %q", got.Lesson)
	}
}

// Whoever deletes the file while a workbook is open gets it back whole.
func TestDeletedMeanwhile(t *testing.T) {
	path := file(t)
	s, p := open(t, path)
	p.Lesson = "01-socket"
	p.Of("01-socket").Answers["half"] = 1
	save(t, s, 1, p)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	p.Of("01-socket").Answers["other"] = 1
	save(t, s, 2, p)
	if _, got := open(t, path); len(got.Of("01-socket").Answers) != 2 || got.Lesson != p.Lesson {
		t.Errorf("got %q, %+v", got.Lesson, got.Of("01-socket"))
	}
}

// Each damaged file is kept, none in the place of another.
func TestDamaged(t *testing.T) {
	path := file(t)
	var names []string
	for _, text := range []string{"{\"lesson\": ", "\x00\x00", `{"lessons": 3}`} {
		write(t, path, text)
		s := NewStore(path)
		p, damaged, err := s.Load()
		if err != nil || damaged == "" || slices.Contains(names, damaged) || !reflect.DeepEqual(p, Progress{}) {
			t.Fatalf("%q: %+v, set aside as %q, %v", text, p, damaged, err)
		}
		if kept, err := os.ReadFile(damaged); err != nil || string(kept) != text {
			t.Errorf("kept %q, %v", kept, err)
		}
		names = append(names, damaged)
		save(t, s, 1, Progress{Lesson: "01-socket"})
	}

	// The same while a workbook is open: its reader's work is not lost.
	s, p := open(t, path)
	write(t, path, "}")
	p.Of("02-post").Answers["half"] = 1
	save(t, s, 1, p)
	if _, got := open(t, path); got.Lesson != "01-socket" || got.Of("02-post").Answers["half"] != 1 {
		t.Errorf("got %+v", got)
	}
	if kept, err := os.ReadFile(path + ".damaged-4"); err != nil || string(kept) != "}" {
		t.Errorf("kept %q, %v", kept, err)
	}
}

// Where nothing can be kept, Save says so and breaks nothing.
func TestCannotKeep(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a file"), "mine")
	write(t, filepath.Join(dir, "large"), strings.Repeat(" ", 1<<20+1))
	for name, path := range map[string]string{
		"no path":                  "",
		"a file where a folder is": filepath.Join(dir, "a file", "progress.json"),
		"a folder":                 dir,
		"too large":                filepath.Join(dir, "large"),
	} {
		s := NewStore(path)
		if err := s.Save(1, Progress{Lesson: "x"}); err == nil || !strings.HasPrefix(err.Error(), "progress: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if data, _ := os.ReadFile(filepath.Join(dir, "a file")); string(data) != "mine" {
		t.Errorf("overwritten: %q", data)
	}
	for _, path := range []string{dir, os.DevNull, filepath.Join(dir, "large")} {
		if _, _, err := NewStore(path).Load(); err == nil {
			t.Errorf("%s was loaded", path)
		}
	}
}

// What has not changed is not written again.
func TestSaveOfTheSame(t *testing.T) {
	path := file(t)
	s, p := open(t, path)
	p.Lesson = "01-socket"
	save(t, s, 1, p)
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	save(t, s, 2, p)
	if after, err := os.Stat(path); err != nil || !os.SameFile(before, after) {
		t.Errorf("another file, %v", err)
	}
}

// After five seconds a save gives up.
func TestLockedForLong(t *testing.T) {
	t.Parallel()
	path := file(t)
	s, p := open(t, path)
	save(t, s, 1, p)
	unlock, err := NewStore(path).lock()
	if err != nil {
		t.Fatal(err)
	}
	late := time.AfterFunc(15*time.Second, unlock)
	defer late.Stop()
	p.Lesson = "01-socket"
	began := time.Now()
	if err := s.Save(2, p); err == nil {
		t.Error("saved under another's lock")
	}
	if took := time.Since(began); took < 4*time.Second {
		t.Errorf("gave up after %v", took)
	}
}

// A save waits for another program's, and not for ever.
func TestLocked(t *testing.T) {
	path := file(t)
	s, p := open(t, path)
	save(t, s, 1, p)
	other := NewStore(path)
	unlock, err := other.lock()
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	p.Lesson = "waited"
	go func() { done <- s.Save(2, p) }()
	select {
	case err := <-done:
		t.Fatalf("saved under another's lock: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	unlock()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

// saverVariable tells the test binary to save until it is killed.
const saverVariable = "PROGRESS_TEST_SAVER"

func TestMain(m *testing.M) {
	if path := os.Getenv(saverVariable); path != "" {
		s := NewStore(path)
		p, _, err := s.Load()
		for n := 1; err == nil; n++ {
			p.Of("01-socket").Answers[fmt.Sprint("answer ", n)] = n % 3
			if err = s.Save(n, p); err == nil {
				fmt.Println(n)
			}
		}
		fmt.Println(err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// Killed at any moment, a workbook loses nothing that it has shown as kept, and
// the next one can save at once.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a program many times")
	}
	for round := range 10 {
		path := file(t)
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), saverVariable+"="+path)
		out := &lineCounter{}
		cmd.Stdout = out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for !out.has(1 + round*3) {
			time.Sleep(time.Millisecond)
			if cmd.ProcessState != nil {
				t.Fatal("the saver ended")
			}
		}
		cmd.Process.Kill()
		cmd.Wait()
		s, p := open(t, path)
		if got := len(p.Of("01-socket").Answers); got < out.lines() {
			t.Errorf("%d answers were kept, %d shown as kept", got, out.lines())
		}
		began := time.Now()
		save(t, s, 1, p)
		if took := time.Since(began); took > lockTimeout/2 {
			t.Errorf("the next save took %v", took)
		}
	}
}

// A lineCounter counts what a program prints.
type lineCounter struct {
	mu sync.Mutex
	n  int
}

func (c *lineCounter) Write(b []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n += bytes.Count(b, []byte("\n"))
	return len(b), nil
}

func (c *lineCounter) lines() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}

func (c *lineCounter) has(n int) bool { return c.lines() >= n }

// A null in the file is no reason to fall.
func TestNull(t *testing.T) {
	path := file(t)
	write(t, path, `{"lesson":"01-socket","lessons":{"01-socket":null}}`)
	s, p := open(t, path)
	save(t, s, 1, p.Clone())
	p.Of("01-socket").Answers["half"] = 1
	save(t, s, 2, p.Clone())
}

// What a reader does while a save goes on is not in that save.
func TestClone(t *testing.T) {
	var p Progress
	p.Of("01-socket").Answers["half"] = 1
	p.Of("03-tcpserver").Passed = []string{"start"}
	c := p.Clone()
	p.Of("03-tcpserver").Passed[0] = "stop"
	l := p.Of("01-socket")
	l.Answers["half"], l.Sent["page"], l.Passed = 2, true, append(l.Passed, "version")
	p.Of("02-post")
	if got := c.Of("01-socket"); got.Answers["half"] != 1 || got.Sent["page"] || len(got.Passed) > 0 || len(c.Lessons) != 2 {
		t.Errorf("got %+v", got)
	}
	if got := c.Of("03-tcpserver").Passed[0]; got != "start" {
		t.Errorf("passed %s", got)
	}
}

func TestPath(t *testing.T) {
	if got := Path(func(string) string { return "/x/y" }); got != "/x/y" {
		t.Errorf("got %q", got)
	}
	if got := Path(func(string) string { return "" }); got != "" && !strings.HasSuffix(filepath.ToSlash(got), "wirebook/progress.json") {
		t.Errorf("got %q", got)
	}
}
