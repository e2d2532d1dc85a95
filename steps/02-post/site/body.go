package site

import (
	"strconv"
	"strings"
)

// MaxBody is how many bytes a body may have. The whole of it is kept in memory.
const MaxBody = 1 << 20

// BodyLength returns how many bytes follow the head. The empty line ends the
// head, not the request: only a length in the head says where that ends.
func (r *Request) BodyLength() (int, error) {
	if len(r.Fields["transfer-encoding"]) > 0 {
		return 0, &StatusError{
			"501 Not Implemented", "no transfer codings here", r.Method}
	}
	lengths := r.Fields["content-length"]
	if len(lengths) == 0 && r.Method == "POST" {
		return 0, &StatusError{"411 Length Required", "", r.Method}
	}
	if len(lengths) == 0 {
		return 0, nil
	}
	for _, length := range lengths {
		// Two lengths that differ are two readings of one request.
		if length != lengths[0] || !isNumber(length) {
			return 0, BadRequest(r.Method, "bad Content-Length")
		}
	}
	n, err := strconv.Atoi(lengths[0])
	if err != nil || n > MaxBody { // err: more digits than an int can hold
		return 0, &StatusError{"413 Content Too Large", "", r.Method}
	}
	return n, nil
}

// isNumber tells whether s is digits and nothing else. Atoi alone would also
// take a sign, and HTTP has no length of -1 or +1.
func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// ExpectsContinue tells whether the client waits for a 100 Continue before it
// sends the body. A client of HTTP/1.0 does not know that response.
func (r *Request) ExpectsContinue() bool {
	return r.Version != "HTTP/1.0" &&
		strings.EqualFold(r.Field("expect"), "100-continue")
}
