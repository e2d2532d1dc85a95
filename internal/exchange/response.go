package exchange

import (
	"bytes"
	"strconv"
	"strings"
)

// parseResponse reads what a response section asks for from its wire form. line
// is the number of the section's first line.
func parseResponse(data []byte, line int) (*Response, error) {
	head, body, ok := bytes.Cut(data, []byte("\r\n\r\n"))
	if !ok {
		return nil, errorAt(line, "response: no empty line ends the head; use response.raw for what is not HTTP")
	}
	status, _, _ := bytes.Cut(head, []byte("\r\n"))
	version, rest, _ := strings.Cut(string(status), " ")
	codes, _, _ := strings.Cut(rest, " ")
	if !strings.HasPrefix(version, "HTTP/") {
		return nil, errorAt(line, "response: not a status line: %q; use response.raw for what is not HTTP", status)
	}
	r := &Response{Pattern: data}
	for word := range strings.SplitSeq(codes, "|") {
		code, err := strconv.Atoi(word)
		if err != nil || len(word) != 3 || code < 100 {
			return nil, errorAt(line, "response: not a status code: %q", word)
		}
		r.Codes = append(r.Codes, code)
	}
	if err := r.setMatch(body, line); err != nil {
		return nil, err
	}
	if r.Match != BodyExact {
		r.Pattern = data[:len(head)+4]
	}
	return r, nil
}

// setMatch reads a body that says how to compare instead of what. It stands
// alone on one line.
func (r *Response) setMatch(body []byte, line int) error {
	rest, ok := strings.CutPrefix(string(body), "body: ")
	if !ok || strings.Count(rest, "\n") > 1 {
		return nil
	}
	rest = strings.TrimSuffix(rest, "\n")
	text, contains := strings.CutPrefix(rest, "contains ")
	switch {
	case contains && text != "":
		r.Match, r.Text = BodyContains, []byte(text)
	case rest == "*":
		r.Match = BodyAny
	case rest == "now":
		r.Match = BodyNow
	default:
		return errorAt(line, "unknown way to compare a body: %q", rest)
	}
	return nil
}

// Content is the content that is due, where it is compared exactly.
func (r *Response) Content() []byte {
	_, body, _ := bytes.Cut(r.Pattern, []byte("\r\n\r\n"))
	return body
}

// Readable is the pattern as people are to read it: "405|501" is "405 or 501".
func (r *Response) Readable() []byte {
	if len(r.Codes) < 2 {
		return r.Pattern
	}
	n := lineLen(r.Pattern)
	line, rest := r.Pattern[:n], r.Pattern[n:]
	return append(bytes.Replace(line, []byte("|"), []byte(" or "), len(r.Codes)-1), rest...)
}

// Interim says whether the response is a 1xx: another one follows it.
func (r *Response) Interim() bool {
	return len(r.Codes) > 0 && r.Codes[0] < 200
}

// Field is the value that is due for the first field called name, in any case,
// and whether the pattern has one.
func (r *Response) Field(name string) (value string, ok bool) {
	head, _, _ := strings.Cut(string(r.Pattern), "\r\n\r\n")
	for line := range strings.SplitSeq(head, "\r\n") {
		before, value, ok := strings.Cut(line, ":")
		if ok && strings.EqualFold(before, name) {
			return strings.Trim(value, " \t"), true
		}
	}
	return "", false
}

// ContentOffset is where a message's content begins, behind the empty line
// that ends its head; len(b) if its head never ends. Empty lines before the
// first text end nothing.
func ContentOffset(b []byte) int {
	text := false
	for off := 0; off < len(b); {
		line := b[off : off+lineLen(b[off:])]
		off += len(line)
		empty := string(line) == "\r\n" || string(line) == "\n"
		if empty && text {
			return off
		}
		text = text || !empty
	}
	return len(b)
}

// lineLen is the length of the first line of b with its line feed.
func lineLen(b []byte) int {
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		return i + 1
	}
	return len(b)
}
