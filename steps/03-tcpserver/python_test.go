package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"example/wirebook/internal/steptest"
)

// The notes' server sends what the notes' program sent, byte for byte, and the
// connection ends the same way.
func TestNotesAreTrue(t *testing.T) {
	t.Parallel()
	program := steptest.Build(t, step+"/testdata/skeleton")
	server := steptest.Start(t, program, recordedSite(t))
	for _, r := range steptest.Recordings(t, "03-tcpserver-asnotes", 20) {
		t.Run(r.Name, func(t *testing.T) {
			got, end := r.Replay(t, server.Addr())
			same(t, r, string(got), end)
			if exit := server.Exit(); exit != nil {
				t.Errorf("the server ended: %s", exit)
			}
		})
	}
}

// date is what the correction in Python does not send, and ours does.
var date = regexp.MustCompile(`(?m)^Date: [^\r]{29}\r\n`)

// The reference answers as the correction in Python, save for the Date.
func TestReferenceIsTrue(t *testing.T) {
	t.Parallel()
	server := steptest.Start(t, steptest.Build(t, step), recordedSite(t))
	for _, r := range steptest.Recordings(t, "03-tcpserver", 20) {
		t.Run(r.Name, func(t *testing.T) {
			t.Parallel()
			got, end := r.Replay(t, server.Addr())
			dates := len(date.FindAll(got, -1))
			if want := min(1, len(got)); dates != want {
				t.Errorf("%d Date fields, want %d", dates, want)
			}
			same(t, r, date.ReplaceAllString(string(got), ""), end)
		})
	}
}

// same compares what came, all of it, and how it ended.
func same(t *testing.T, r steptest.Recording, got, end string) {
	t.Helper()
	if want := string(r.Response); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if end != r.End {
		t.Errorf("ended with %s, want %s", end, r.End)
	}
}

// recordedSite is a folder with our page and the picture of the recordings.
func recordedSite(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("www", "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{"index.html": page}
	for _, r := range steptest.Recordings(t, "03-tcpserver", 20) {
		if r.Name == "get-test-jpg" {
			_, picture, _ := bytes.Cut(r.Response, []byte("\r\n\r\n"))
			files["test.jpg"] = picture
		}
	}
	dir := t.TempDir()
	for name, data := range files {
		err := os.WriteFile(filepath.Join(dir, name), data, 0o600)
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// The test handler prints what Python's printed. It writes addresses as Go
// does, and every line's end as LF.
func TestPrinterIsTrue(t *testing.T) {
	var out lockedBuilder
	addr := start(t, printer(&out))
	logs := recordedLogs(t)
	for _, r := range steptest.Recordings(t, "x-tcptest", 6) {
		t.Run(r.Name, func(t *testing.T) {
			got, end := r.Replay(t, addr)
			same(t, r, string(got), end)
			head, printed, _ := strings.Cut(out.take(), "BEGIN REQUEST\n")
			_, want, _ := strings.Cut(logs[r.Name], "BEGIN REQUEST\n")
			want = strings.ReplaceAll(want, "\r\n", "\n")
			if printed != want || want == "" {
				t.Errorf("printed %q\nwant    %q", printed, want)
			}
			addresses := regexp.MustCompile(`^Client address: ` +
				`127\.0\.0\.1:\d+\nServer address: ` + addr + "\n$")
			if !addresses.MatchString(head) {
				t.Errorf("printed of the addresses: %q", head)
			}
		})
	}
}

// recordedLogs is what Python's test handler printed, by recording.
func recordedLogs(t *testing.T) map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "recorded.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	logs := map[string]string{}
	for line := range bytes.Lines(data) {
		var r struct{ Step, Name, Log string }
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatal(err)
		}
		if r.Step == "x-tcptest" {
			logs[r.Name] = r.Log
		}
	}
	return logs
}

// A lockedBuilder is written by the server and read by the test.
type lockedBuilder struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *lockedBuilder) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// take returns what was written since the last time.
func (l *lockedBuilder) take() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	defer l.b.Reset()
	return l.b.String()
}
