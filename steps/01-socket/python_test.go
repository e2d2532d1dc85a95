package main

import (
	"bytes"
	"runtime"
	"strings"
	"testing"
	"time"

	"example/wirebook/internal/runner"
	"example/wirebook/internal/steptest"
)

// TestNotes compares the exercise's skeleton with the notes' own program: the
// same bytes, the same ends, and it dies where that died. (A panic ends a Go
// program with status 2, an exception a Python program with 1.)
func TestNotes(t *testing.T) {
	t.Parallel()
	program := steptest.Build(t, step+"/testdata/skeleton")
	site := steptest.Site(t, steptest.Recordings(t, "01-socket", 17))
	var server *runner.Process
	for _, r := range steptest.Recordings(t, "01-socket-asnotes", 17) {
		if server == nil || server.Exit() != nil {
			server = steptest.Start(t, program, site)
		}
		t.Run(r.Name, func(t *testing.T) {
			got, end := r.Replay(t, server.Addr())
			if !bytes.Equal(got, r.Response) {
				t.Errorf("got  %q\nwant %q", got, r.Response)
			}
			// How a close with unread input ends is the system's choice, and
			// the recordings are Linux's.
			if runtime.GOOS == "linux" && end != r.End {
				t.Errorf("ended with %s, want %s", end, r.End)
			}
			if r.Died == nil {
				if exit := server.Exit(); exit != nil {
					t.Errorf("the server ended: %s", exit)
				}
				return
			}
			select {
			case <-server.Done():
			case <-time.After(10 * time.Second):
				t.Fatal("the server lives, want it dead")
			}
			if exit := server.Exit(); exit.Status != "exit 2" || !strings.HasPrefix(exit.Reason, "index out of range") {
				t.Errorf("the server ended with %v, want exit 2, index out of range", exit)
			}
		})
	}
}

// TestCorrected compares the reference with a corrected server in Python, in
// what a client acts upon: status, content type and content.
func TestCorrected(t *testing.T) {
	t.Parallel()
	list := steptest.Recordings(t, "01-socket", 17)
	server := steptest.Start(t, steptest.Build(t, step), steptest.Site(t, list))
	for _, r := range list {
		t.Run(r.Name, func(t *testing.T) {
			got, end := r.Replay(t, server.Addr())
			status, kind, body := steptest.Essence(got)
			wantStatus, wantKind, wantBody := steptest.Essence(r.Response)
			if status != wantStatus || kind != wantKind || body != wantBody {
				t.Errorf("got  %q, %q, %q\nwant %q, %q, %q",
					status, kind, body, wantStatus, wantKind, wantBody)
			}
			if end != r.End {
				t.Errorf("ended with %s, want %s", end, r.End)
			}
		})
	}
}
