package main

import "strings"

// A request is what the head of one says.
type request struct {
	method, target, version string
	fields                  map[string][]string // by name in lower case
}

// A statusError is why a request cannot be served: the status of the response
// that says so and, where that needs one, the reason.
type statusError struct {
	status string // code and phrase, "400 Bad Request"
	reason string
	method string // the request's, as far as known: HEAD gets no content
}

func (e *statusError) Error() string {
	if e.reason == "" {
		return e.status
	}
	return e.status + ": " + e.reason
}

func badRequest(method, reason string) error {
	return &statusError{"400 Bad Request", reason, method}
}

// parse takes a head apart. What it does not understand it refuses: a guess
// here is how two programs come to read one request in two ways.
func parse(head string) (*request, error) {
	lines := strings.Split(head, "\r\n")
	if lines[0] == "" && len(lines) > 1 {
		lines = lines[1:] // some clients send one line end too many
	}

	// split the request line
	words := strings.Split(lines[0], " ")
	if len(words) != 3 {
		return nil, badRequest("", "request line must have three parts")
	}
	method, target, version := words[0], words[1], words[2]
	if !isVersion(version) {
		return nil, badRequest(method, "bad version")
	}
	if version[len("HTTP/")] != '1' {
		return nil, &statusError{"505 HTTP Version Not Supported", "", method}
	}

	// split the fields
	fields := map[string][]string{}
	for _, line := range lines[1:] {
		name, value, found := strings.Cut(line, ":")
		if !found || !isToken(name) || strings.ContainsAny(value, "\x00\r\n") {
			return nil, badRequest(method, "bad field line")
		}
		name = strings.ToLower(name) // field names have no case
		fields[name] = append(fields[name], strings.Trim(value, " \t"))
	}
	// HTTP/1.0 has no Host; every later 1.x demands exactly one.
	hosts := len(fields["host"])
	if hosts > 1 || hosts == 0 && version != "HTTP/1.0" {
		return nil, badRequest(method, "HTTP/1.1 needs exactly one Host")
	}
	return &request{method, target, version, fields}, nil
}

// isVersion tells whether s is HTTP/, a digit, a dot, a digit.
func isVersion(s string) bool {
	numbers, found := strings.CutPrefix(s, "HTTP/")
	return found && len(numbers) == 3 && numbers[1] == '.' &&
		isDigit(numbers[0]) && isDigit(numbers[2])
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isToken tells whether s can be a field's name: letters, digits, and a few
// signs (RFC 9110, 5.6.2). A space before the colon is not among them.
func isToken(s string) bool {
	for _, c := range s {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		case strings.ContainsRune("!#$%&'*+-.^_`|~", c):
		default:
			return false
		}
	}
	return s != ""
}
