package exchange

import (
	"bytes"
	"strconv"
	"strings"
)

// parseAnswer reads what a response section asks for from its wire form. line
// is the number of the section's first line.
func parseAnswer(data []byte, line int) (*Answer, error) {
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
	a := &Answer{Pattern: data}
	for word := range strings.SplitSeq(codes, "|") {
		code, err := strconv.Atoi(word)
		if err != nil || len(word) != 3 || code < 100 {
			return nil, errorAt(line, "response: not a status code: %q", word)
		}
		a.Codes = append(a.Codes, code)
	}
	if err := a.setMatch(body, line); err != nil {
		return nil, err
	}
	if a.Match != BodyExact {
		a.Pattern = data[:len(head)+4]
	}
	return a, nil
}

// setMatch reads a body that says how to compare instead of what. It stands
// alone on one line.
func (a *Answer) setMatch(body []byte, line int) error {
	rest, ok := strings.CutPrefix(string(body), "body: ")
	if !ok || strings.Count(rest, "\n") > 1 {
		return nil
	}
	rest = strings.TrimSuffix(rest, "\n")
	text, contains := strings.CutPrefix(rest, "contains ")
	switch {
	case contains && text != "":
		a.Match, a.Text = BodyContains, []byte(text)
	case rest == "*":
		a.Match = BodyAny
	case rest == "now":
		a.Match = BodyNow
	default:
		return errorAt(line, "unknown way to compare a body: %q", rest)
	}
	return nil
}

// body is the content that the answer asks for, where it is compared exactly.
func (a *Answer) body() []byte {
	_, body, _ := bytes.Cut(a.Pattern, []byte("\r\n\r\n"))
	return body
}

// Readable is the pattern as people are to read it: "405|501" is "405 or 501".
func (a *Answer) Readable() []byte {
	if len(a.Codes) < 2 {
		return a.Pattern
	}
	line := firstLine(a.Pattern)
	rest := a.Pattern[len(line):]
	return append(bytes.Replace(line, []byte("|"), []byte(" or "), len(a.Codes)-1), rest...)
}

// interim says whether the answer is a 1xx: another one follows it.
func (a *Answer) interim() bool {
	return len(a.Codes) > 0 && a.Codes[0] < 200
}
