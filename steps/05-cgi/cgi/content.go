package cgi

import (
	"errors"
	"io"
	"os"

	"example/wirebook/steps/04-static/httpserver"
)

// content is what a script reads on standard input: the request's content, all
// of it and no byte more (RFC 3875, 4.2). It must be given back to drop.
//
// The content is put into a file before the script starts. So a client that
// takes its time keeps no process waiting, one that leaves in the middle
// starts none (half a form must not be acted upon), and a script need not read
// what it does not want.
func (h *CGIHTTPRequestHandler) content(r *httpserver.Request) (
	*os.File, *httpserver.Error) {
	if r.Length <= 0 {
		return h.null, nil
	}
	f, err := os.CreateTemp("", "wirebook-cgi-")
	if err == nil {
		_, err = io.CopyN(f, r.Body, r.Length)
	}
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err == nil {
		return f, nil
	}
	h.drop(f)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, &httpserver.Error{Code: 400,
			Message: "Content ends early"}
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, &httpserver.Error{Code: 408}
	}
	r.LogMessage("CGI content: " + err.Error())
	return nil, &httpserver.Error{Code: 500}
}

// drop removes a content when its script has ended.
func (h *CGIHTTPRequestHandler) drop(f *os.File) {
	if f != nil && f != h.null {
		f.Close()
		os.Remove(f.Name())
	}
}
