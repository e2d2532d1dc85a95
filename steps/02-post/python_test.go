package main

import (
	"bytes"
	"testing"

	"example/wirebook/internal/steptest"
)

// TestNotes compares the notes' server with the notes' own program, which was
// recorded in Python: the same bytes and the same ends.
func TestNotes(t *testing.T) {
	server := steptest.Start(t, steptest.Build(t, step+"/testdata/skeleton"), steptest.Site(t, steptest.Recordings(t, "02-post", 18)))
	for _, r := range steptest.Recordings(t, "02-post-asnotes", 18) {
		t.Run(r.Name, func(t *testing.T) {
			got, end := r.Replay(t, server.Addr())
			if !bytes.Equal(got, r.Response) {
				t.Errorf("got  %q\nwant %q", got, r.Response)
			}
			if end != r.End {
				t.Errorf("ended with %s, want %s", end, r.End)
			}
			if exit := server.Exit(); exit != nil {
				t.Errorf("the server ended: %s", exit)
			}
		})
	}
}

// TestCorrected compares the reference with a corrected server in Python, in
// what a client acts upon: status, content type and content.
func TestCorrected(t *testing.T) {
	server := steptest.Start(t, steptest.Build(t, step), steptest.Site(t, steptest.Recordings(t, "02-post", 18)))
	for _, r := range steptest.Recordings(t, "02-post", 18) {
		t.Run(r.Name, func(t *testing.T) {
			got, end := r.Replay(t, server.Addr())
			status, kind, body := steptest.Essence(got)
			wantStatus, wantKind, wantBody := steptest.Essence(r.Response)
			if interim, _, found := bytes.Cut(got, []byte("\r\n\r\n")); found && status == "HTTP/1.1 100 Continue" {
				// The answer proper comes after the interim one.
				status, kind, body = steptest.Essence(got[len(interim)+4:])
				wantStatus, wantKind, wantBody = steptest.Essence(r.Response[len(interim)+4:])
			}
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
