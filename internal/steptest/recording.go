package steptest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A Recording is one exchange with a server in Python, as it was recorded. A
// step keeps those that it must match in testdata/recorded.jsonl.
type Recording struct {
	Step, Name string
	Segments   []struct {
		Delay float64 // seconds before it is sent
		Data  Bytes
	}
	HalfClose bool   `json:"half_close"`
	Response  Bytes  // without its content where that is long
	BodySHA   string `json:"body_sha256"` // of that content, "" where it is not
	End       string // "EOF", "RST", or "open": not closed after a silence
	Died      *int   `json:"server_died"` // exit status, where it ended the server
}

// Bytes is bytes, stored in JSON as a string with one character for each.
type Bytes []byte

// UnmarshalJSON reads such a string.
func (b *Bytes) UnmarshalJSON(data []byte) error {
	var s string
	if err := json.Unmarshal(data, &s); err != nil {
		return err
	}
	*b = []byte{}
	for _, r := range s {
		*b = append(*b, byte(r))
	}
	return nil
}

// Recordings reads those of one step from testdata/recorded.jsonl. It fails the
// test unless there are exactly want of them: a lost file must not pass.
func Recordings(t testing.TB, step string, want int) []Recording {
	t.Helper()
	f, err := os.Open("testdata/recorded.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var list []Recording
	for d := json.NewDecoder(f); ; {
		var r Recording
		if err := d.Decode(&r); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if r.Step == step {
			list = append(list, r)
		}
	}
	if len(list) != want {
		t.Fatalf("%d recordings of %s, want %d", len(list), step, want)
	}
	return list
}

// Replay sends what was recorded, at the pace at which it was recorded, reads
// all the while, and returns what comes back and how it ends.
func (r *Recording) Replay(t testing.TB, addr string) (got []byte, end string) {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	limit := 10 * time.Second
	if r.End == "open" {
		limit = 500 * time.Millisecond
	}
	conn.SetDeadline(time.Now().Add(limit))
	segments := r.Segments
	if r.Died != nil && len(segments) > 1 {
		// It died of the first arrival. Whether the second one comes before the
		// system has closed its sockets, and turns that close into a reset,
		// depends on how busy the machine is.
		segments = segments[:1]
	}
	go func() {
		for _, s := range segments {
			time.Sleep(time.Duration(s.Delay * float64(time.Second)))
			if _, err := conn.Write(s.Data); err != nil {
				return
			}
		}
		if r.HalfClose {
			conn.(*net.TCPConn).CloseWrite()
		}
	}()
	got, err = io.ReadAll(conn)
	switch {
	case err == nil:
		return got, "EOF"
	case errors.Is(err, syscall.ECONNRESET):
		return got, "RST"
	case errors.Is(err, os.ErrDeadlineExceeded):
		return got, "open"
	}
	return got, err.Error()
}

// Essence is the status line, the content type and the content of an answer:
// what a client acts upon.
func Essence(answer []byte) (status, contentType, body string) {
	head, body, _ := strings.Cut(string(answer), "\r\n\r\n")
	for i, line := range strings.Split(head, "\r\n") {
		if i == 0 {
			status = line
		}
		if value, found := strings.CutPrefix(line, "Content-Type: "); found {
			contentType = value
		}
	}
	return status, contentType, body
}

// Site is a folder with the page of www and the picture of a recording: what
// the recorded servers served. The picture is the content of the first
// recording named "get-test-jpg" in list.
func Site(t testing.TB, list []Recording) string {
	t.Helper()
	dir := t.TempDir()
	page, err := os.ReadFile("www/index.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		if r.Name != "get-test-jpg" {
			continue
		}
		_, picture, _ := bytes.Cut(r.Response, []byte("\r\n\r\n"))
		for name, data := range map[string][]byte{"index.html": page, "test.jpg": picture} {
			if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		return dir
	}
	t.Fatal("no recording of the picture")
	return ""
}
