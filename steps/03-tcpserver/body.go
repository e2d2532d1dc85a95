package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
)

// maxBody is how large a body may be. The whole of it is kept in memory.
const maxBody = 1 << 20

// bodyLength finds out from the head alone how many bytes follow it. The empty
// line ends the head, not the request: only the length says where that ends.
func bodyLength(r *request) (int, error) {
	// know the length
	if len(r.fields["transfer-encoding"]) > 0 {
		return 0, &refusal{"501 Not Implemented", "no transfer codings here"}
	}
	lengths := r.fields["content-length"]
	switch {
	case len(lengths) == 0 && r.method == "POST":
		return 0, &refusal{"411 Length Required", ""}
	case len(lengths) == 0:
		return 0, nil
	case len(slices.Compact(lengths)) > 1, !isNumber(lengths[0]):
		// Two lengths that differ are two readings of one request.
		return 0, badRequest("bad Content-Length")
	}
	n, err := strconv.Atoi(lengths[0])
	if err != nil || n > maxBody { // err: more digits than an int can hold
		return 0, &refusal{"413 Content Too Large", ""}
	}
	return n, nil
}

// isNumber says whether s is digits and nothing else. Atoi alone would also
// take a sign, and HTTP knows no length of -1 or +1.
func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// readBody reads on until the body has n bytes. What comes after them is not
// ours.
func readBody(
	rfile *bufio.Reader, wfile *bufio.Writer, r *request, n int) error {
	if n > rfile.Buffered() && r.version != "HTTP/1.0" &&
		strings.EqualFold(r.field("expect"), "100-continue") {
		// This client waits for a word before it sends the body.
		wfile.WriteString("HTTP/1.1 100 Continue\r\n\r\n")
		if err := wfile.Flush(); err != nil {
			return err
		}
	}
	// read the rest: memory is taken for what comes, not for what is promised
	body, err := io.ReadAll(io.LimitReader(rfile, int64(n)))
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return &refusal{"408 Request Timeout", ""}
	case err != nil:
		return err
	case len(body) < n:
		return badRequest("body shorter than Content-Length")
	}
	r.body = body
	return nil
}
