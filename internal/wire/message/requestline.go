package message

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"example/wirebook/internal/visible"
)

// methods are those of RFC 9110 and 5789, and the one of the HTTP/2 preface.
var methods = []string{
	"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE",
	"PATCH", "PRI",
}

// requestLine takes "GET / HTTP/1.1" and its line end, and reports whether the
// line is over. Bytes that cannot be a request are left alone.
func (p *parser) requestLine(h *Head) bool {
	words := 0
	for !p.out() {
		switch end := p.run(isWord); {
		case p.atLineEnd():
			if h.lineOver = p.lineEnd(LineEnd, h.lineFinding(words)); h.lineOver {
				return true
			}
		case end == p.pos:
			p.spaces(words)
		case words == 0 && !maybeMethod(p.b[p.pos:end], end < len(p.b)):
			h.Foreign = true
			return false
		default:
			words = p.requestWord(h, words, end)
		}
	}
	return false
}

// lineFinding says what the request line lacks when it ends after so many
// words.
func (h *Head) lineFinding(words int) string {
	switch {
	case words == 0:
		return "The request line has no words (RFC 9112, 3)."
	case words == 1:
		return "The line ends after one word: target and version are missing (RFC 9112, 3)."
	case h.Version == "":
		return "The line ends without a version: that is an HTTP/0.9 request; servers of today often refuse it (RFC 9112, 3)."
	}
	return ""
}

// spaces takes white space between the words of a start line.
func (p *parser) spaces(words int) {
	end := p.run(isSpace)
	finding := ""
	switch {
	case words == 0:
		finding = "White space before the first word; a start line begins with it (RFC 9112, 3)."
	case end < len(p.b) && !isWord(p.b[end]):
		finding = "White space before the line end; nothing is due here (RFC 9112, 3)."
	case end-p.pos > 1:
		finding = "More than one space; one is due between two words (RFC 9112, 3)."
	case p.b[p.pos] != ' ':
		finding = "This is not a space; one space is due between two words (RFC 9112, 3)."
	}
	p.put(Space, end, finding)
}

// requestWord takes the word up to end and returns how many words there are
// now: 1 after the method, 2 after the target, 3 after the version.
func (p *parser) requestWord(h *Head, words, end int) int {
	word := string(p.b[p.pos:end])
	last := end == len(p.b) || !isSpace(p.b[end])
	version := len(word) >= 5 && strings.EqualFold(word[:5], "HTTP/")
	switch {
	case words == 0:
		h.Method = word
		p.putWord(Method, end, methodFinding(word))
		return 1
	case words == 1 && version:
		h.Version = word
		p.putWord(Version, end, "The target is missing: a request line is method, target, version (RFC 9112, 3).")
		return 3
	case words == 1:
		h.Target = word
		p.putWord(Target, end, targetFinding(h.Method, word))
		return 2
	case words == 2 && (version || last):
		h.Version = word
		finding := versionFinding(word)
		if h.Method == "PRI" { // HTTP/2 spells its version this way, once
			finding = ""
		}
		p.putWord(Version, end, finding)
		return 3
	case words == 2:
		h.Target += " " + word
		p.putWord(Target, end, "A fourth word: a space inside a target is written %20 (RFC 9112, 3.2).")
		return 2
	default:
		p.putWord(Surplus, end, "The line goes on after the version; it ends there (RFC 9112, 3).")
		return 3
	}
}

// maybeMethod tells whether a first word could be a method. Any token may be
// one, but text in lower case ("can you hear me?") is taken for what it is,
// unless it spells a well-known method.
func maybeMethod(word []byte, whole bool) bool {
	if !isToken(word[0]) {
		return false
	}
	for _, c := range word {
		if c < ' ' || c > '~' {
			return false
		}
	}
	if bytes.Equal(word, bytes.ToUpper(word)) {
		return true
	}
	upper := strings.ToUpper(string(word))
	return slices.ContainsFunc(methods, func(m string) bool {
		return m == upper || !whole && strings.HasPrefix(m, upper)
	})
}

func methodFinding(word string) string {
	if c, bad := notToken([]byte(word)); bad {
		return fmt.Sprintf("The character %s cannot stand in a method (RFC 9110, 9.1).", quote(c))
	}
	if upper := strings.ToUpper(word); upper != word {
		return fmt.Sprintf("Methods are case-sensitive: %s is not %s (RFC 9110, 9.1).", word, upper)
	}
	return ""
}

func targetFinding(method, word string) string {
	for i := range len(word) {
		if c := word[i]; c <= ' ' || c > '~' {
			return fmt.Sprintf("The byte %s cannot stand in a target; it is written %%%02X (RFC 3986, 2.1).", quote(c), c)
		}
	}
	if strings.Contains(word, "#") {
		return "A # and what follows stay in the browser; they are not part of a target (RFC 9110, 7.1)."
	}
	if word[0] != '/' && word != "*" && method != "CONNECT" && !strings.Contains(word, "://") &&
		!strings.HasPrefix("http://", word) && !strings.HasPrefix("https://", word) {
		return "A target begins with a slash, or it is a whole URL or * (RFC 9112, 3.2)."
	}
	return ""
}

// versionFinding looks at "HTTP/1.1" (RFC 9112, 2.3).
func versionFinding(word string) string {
	digits, ok := strings.CutPrefix(word, "HTTP/")
	switch {
	case !ok && len(word) >= 5 && strings.EqualFold(word[:5], "HTTP/"):
		return "HTTP stands in capital letters in a version (RFC 9112, 2.3)."
	case !ok:
		return "A version begins with HTTP/ (RFC 9112, 2.3)."
	case len(digits) != 3 || !isDigit(digits[0]) || digits[1] != '.' || !isDigit(digits[2]):
		return "There is no such version; HTTP/, a digit, a dot and a digit are due (RFC 9112, 2.3)."
	case digits != "1.1" && digits != "1.0":
		return "In this form only HTTP/1.0 and HTTP/1.1 exist (RFC 9112, 2.3)."
	}
	return ""
}

// quote shows one byte in a finding.
func quote(c byte) string {
	switch {
	case c == ' ':
		return "space"
	case c > ' ' && c <= '~':
		return string(rune(c))
	}
	return visible.Bytes([]byte{c})
}

// join puts two sentences together, either of which may be empty.
func join(a, b string) string { return strings.TrimSpace(a + " " + b) }
