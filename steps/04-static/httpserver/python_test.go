package httpserver

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example/wirebook/internal/steptest"
)

// A difference is a recorded exchange in which this server differs from
// Python's on purpose.
type difference struct {
	reason string
	begin  string // how its response begins instead
}

// differences are all of them. One that does not differ fails the test.
var differences = map[string]difference{
	"get-bz2": {fewTypes, "HTTP/1.0 200 OK"},
	"get-xz":  {fewTypes, "HTTP/1.0 200 OK"},
	"ims-numeric-zone": {"a date of HTTP ends in GMT; +0000 is mail's",
		"HTTP/1.0 200 OK"},
	"name-cafe-raw-utf8": {"a byte that is not encoded stands for itself, " +
		"not for a letter of Latin-1", "HTTP/1.0 200 OK"},
	"name-undecodable": {linksAreBytes, "HTTP/1.0 200 OK"},
	"name-undecodable-surrogate": {linksAreBytes,
		"HTTP/1.0 404 File not found"},
	"names-listing": {linksAreBytes, "HTTP/1.0 200 OK"},
	"nul-byte": {"a NUL names no file; Python fails inside open and closes " +
		"without a word", "HTTP/1.0 404 File not found"},
	"symlink-out-dir": {"a link that leads out of the root is not followed",
		"HTTP/1.0 404 File not found"},
	"tls-hello": {"what is not visible ASCII is escaped on an error page, " +
		"from 0x80 up as well", "<!DOCTYPE HTML>"},
}

const (
	fewTypes = "the table of types has what browsers show, and no others"

	linksAreBytes = "%XX is a byte of a file's name, also where the name is " +
		"no UTF-8; Python writes a code point for it"
)

// TestPython replays every recorded exchange and compares what a client can
// rely on: see essence.
func TestPython(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the recorded folder has names that other systems refuse")
	}
	site := fileHandler(t, recordedSite(t))
	for _, c := range []struct {
		step, protocol string
		recordings     int
	}{
		{"04-static", "HTTP/1.0", 104},
		{"04-static11", "HTTP/1.1", 10},
	} {
		addr := siteServer(t, site, func(s *HTTPServer) {
			s.Protocol = c.protocol
		})
		t.Run(c.step, func(t *testing.T) {
			for _, r := range steptest.Recordings(t, c.step, c.recordings) {
				t.Run(r.Name, func(t *testing.T) {
					t.Parallel()
					compareWithPython(t, addr, r)
				})
			}
		})
	}
}

func compareWithPython(t *testing.T, addr string, r steptest.Recording) {
	if r.Name == "dir-unreadable" && os.Geteuid() == 0 {
		t.Skip("recorded as nobody; root may read every directory")
	}
	answer, end := r.Replay(t, addr)
	got := essence(string(answer))
	due := essence(string(r.Response))
	if r.BodySHA != "" {
		head, body, _ := strings.Cut(got, "\n\n")
		sum := sha256.Sum256([]byte(body))
		got = head + "\n\n" + hex.EncodeToString(sum[:])
		due += r.BodySHA
	}
	difference, differs := differences[r.Name]
	switch {
	case end != r.End:
		t.Errorf("ends with %s, want %s", end, r.End)
	case differs && got == due:
		t.Errorf("does not differ any more: %s", difference.reason)
	case differs && !strings.HasPrefix(string(answer), difference.begin):
		t.Errorf("got %v, want %q: %s",
			fold(answer), difference.begin, difference.reason)
	case !differs && got != due:
		t.Errorf("got  %v\nwant %v", fold(got), fold(due))
	}
}

// essence is what a client can rely on in responses: status codes, fields in
// any order, bodies. Dates and the name of the server are left out.
func essence(responses string) string {
	var b strings.Builder
	for strings.HasPrefix(responses, "HTTP/") {
		head, rest, _ := strings.Cut(responses, "\r\n\r\n")
		lines := strings.Split(head, "\r\n")
		version, after, _ := strings.Cut(lines[0], " ")
		code, _, _ := strings.Cut(after, " ")
		for i, line := range lines[1:] {
			name, value, _ := strings.Cut(line, ": ")
			name = strings.ToLower(name)
			if name == "date" || name == "server" {
				value = "*"
			}
			lines[1+i] = name + ": " + value
		}
		slices.Sort(lines[1:])
		lines[0] = version + " " + code
		length, _ := strconv.Atoi(field(responses, "Content-Length"))
		length = min(length, len(rest)) // there is none after a HEAD
		fmt.Fprintf(&b, "%s\n\n%s", strings.Join(lines, "\n"), rest[:length])
		responses = rest[length:]
	}
	b.WriteString(responses) // of HTTP/0.9, or too much
	return b.String()
}

// TestEssence shows what is compared, and what is not.
func TestEssence(t *testing.T) {
	const recorded = "HTTP/1.0 200 OK\r\nServer: a\r\nDate: b\r\n" +
		"Content-type: text/plain\r\nContent-Length: 6\r\n\r\nHello\n"
	for _, c := range []struct {
		old, new string
		equal    bool
	}{
		{"OK", "Fine", true},
		{"Server: a", "Server: b", true},
		{"Date: b", "Date: c", true},
		{"Content-type", "Content-Type", true},
		{"Server: a\r\nDate: b", "Date: b\r\nServer: a", true},
		{"Server: a\r\n", "", false},
		{"HTTP/1.0", "HTTP/1.1", false},
		{"200", "206", false},
		{"plain", "html", false},
		{"Hello", "hello", false},
		{"\nHello\n", "\nHello\n\n", false},
		{"\nHello\n", "\nHello", false},
		{"\nHello\n", "\n", false},
	} {
		got := strings.Replace(recorded, c.old, c.new, 1)
		if equal := essence(got) == essence(recorded); equal != c.equal {
			t.Errorf("%q for %q: equal %v", c.new, c.old, equal)
		}
	}
}

// TestDifferences shows that each difference stands for a recording.
func TestDifferences(t *testing.T) {
	var names []string
	for _, r := range steptest.Recordings(t, "04-static", 104) {
		names = append(names, r.Name)
	}
	for name := range differences {
		if !slices.Contains(names, name) {
			t.Errorf("no recording %q", name)
		}
	}
}
