package cgi

import (
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"

	"example/wirebook/internal/steptest"
	"example/wirebook/steps/04-static/httpserver"
)

// A difference is a recorded case that this server answers in its own way.
type difference struct {
	reason string
	due    func(recorded string) string // what is right instead
}

// differences are all cases in which this server does not answer as the
// recorded one did. A case that stands here and is equal fails the test.
var differences = map[string]difference{
	"head-hello": {"HEAD to a script has no body", noContent},

	"cgi-crash":        {broken, printedNoHead},
	"cgi-empty":        {broken, printedNoHead},
	"cgi-env-python":   {broken, printedNoHead},
	"cgi-bad-shebang":  {broken, notStarted},
	"cgi-crlf-shebang": {broken, notStarted},
	"cgi-no-shebang":   {broken, notStarted},
	"cgi-nph":          {broken, printedNoHead},

	"cgi-status": {"Status is obeyed", func(s string) string {
		s = strings.Replace(s, "200 Script output follows", "404 Nope", 1)
		return lineEnds(strings.Replace(s, "Status: 404 Nope\n", "", 1))
	}},
	"cgi-location": {"a Location with a path is answered from here",
		func(string) string { return theFile("Hello\n", "text/plain") }},

	"stdin-chunked": {"content of a transfer coding is refused; Python runs " +
		"the script without it", func(string) string {
		return errorPage(411, "Length Required",
			"Client must specify Content-Length")
	}},
	"dotdot-above-encoded": {"as the plain file handler has it; Python's " +
		"fails inside and closes without a word", func(string) string {
		return theFile("Hello\n", "text/plain")
	}},

	"env-full":         {everyField, environment},
	"env-post":         {everyField, environment},
	"pathinfo":         {everyField, environment},
	"pathinfo-encoded": {everyField, environment},
	"pathinfo-slash":   {everyField, environment},
	"env-as-root":      {everyField, environment},

	"id-as-root": {"nobody's groups, not root's", func(s string) string {
		return lineEnds(strings.Replace(s, "uid=65534(nobody) gid=0(root) "+
			"groups=0(root)", nobodysID(), 1))
	}},

	"form-get": {inOrder, inSentOrder(`{"x": ["42"], "y": ["10"]}`)},
	"form-bad-pct": {inOrder, inSentOrder(
		`{"a": ["%zz"], "b": ["\ufffd"], "c": ["\u00e9"]}`)},
}

const (
	broken = "a broken script is a 500, not an unfinished 200"
	bareLF = "a head that a script ends in LF goes out in CR LF"

	inOrder = "names come in the order in which they were sent; Python's, " +
		"a set, come in any"
	everyField = "each field that was sent is an HTTP_…, no other is; and " +
		"nobody has looked at what Authorization says"
)

// bareLFs print their heads in LF alone, and are equal otherwise.
var bareLFs = []string{"get-lf-headers", "post-py-two-segments",
	"post-py-multi", "form-kirk", "form-upload",
	"stdin", "stdin-no-length", "stdin-longer-than-length", "expect-100",
	"args-none", "args-pct", "args-equals", "cgi-with-space",
	"cgi-crash-late", "query-qmarks", "query-slashes", "fragment"}

func init() {
	for _, name := range bareLFs {
		differences[name] = difference{bareLF, lineEnds}
	}
}

// TestTruth replays every recorded exchange and compares the answers byte for
// byte, Date and the value of Server apart, and how they end.
func TestTruth(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the recorded scripts are of Linux")
	}
	// What the recorded server had.
	t.Setenv("PATH", "/usr/bin:/bin")
	t.Setenv("LANG", "C.UTF-8")
	for _, name := range []string{"LC_ALL", "TZ"} {
		t.Setenv(name, "") // restores it
		os.Unsetenv(name)
	}
	s := serve(t, recordedSite(t), func(s *httpserver.HTTPServer,
		_ *CGIHTTPRequestHandler) {
		s.ServerPort = 8000
	})
	equal := 0
	play := func(r steptest.Recording) {
		t.Run(r.Name, func(t *testing.T) {
			answer, end := r.Replay(t, s.addr)
			got := plain(string(answer), s.dir)
			recorded := plain(string(r.Response), s.dir)
			due, known := recorded, differences[r.Name]
			if known.due != nil {
				due = known.due(recorded)
			}
			switch {
			case got != due:
				t.Errorf("got  %q\nwant %q", got, due)
			case known.due != nil && due == recorded:
				t.Errorf("does not differ: %s", known.reason)
			case end != r.End:
				t.Errorf("ended with %s, want %s", end, r.End)
			}
			if known.due == nil || known.reason == bareLF {
				equal++
			}
		})
	}
	recordings := steptest.Recordings(t, "05-cgi", 59)
	for _, r := range recordings {
		play(r)
	}
	t.Logf("%d of %d recorded exchanges equal but for a script's LF",
		equal, len(recordings))
	for _, r := range steptest.Recordings(t, "05-cgi-root", 4) {
		if os.Geteuid() == 0 {
			play(r)
		}
	}
	if os.Geteuid() != 0 {
		t.Log("4 exchanges were recorded as root and are not replayed")
	}
}

// TestTruthNames shows that each difference stands for a recording.
func TestTruthNames(t *testing.T) {
	var names []string
	for _, r := range slices.Concat(steptest.Recordings(t, "05-cgi", 59),
		steptest.Recordings(t, "05-cgi-root", 4)) {
		names = append(names, r.Name)
	}
	for name := range maps.Keys(differences) {
		if !slices.Contains(names, name) {
			t.Errorf("no recording %q", name)
		}
	}
}

// TestTruthFails shows that the comparison would see a wrong byte, a missing
// one, and fields in another order; and not another date.
func TestTruthFails(t *testing.T) {
	const good = "HTTP/1.0 200 Script output follows\r\n" +
		"Server: SimpleHTTP/0.6 Python/3.11.7\r\n" +
		"Date: Thu, 02 Jan 2020 03:04:05 GMT\r\n" +
		"Content-Type: text/plain\n\nSERVER_PORT=8000\n"
	for _, c := range []struct {
		old, new string
		wrong    bool
	}{
		{"03:04:05", "03:04:06", false},
		{"Python/3.11.7", "Wirebook", false},
		{"output", "Output", true},
		{"8000\n", "8000", true},
		{"8000", "8001", true},
		{"Server", "server", true},
		{"Date: ", "X: ", true},
		{"Server: SimpleHTTP/0.6 Python/3.11.7\r\n", "", true},
	} {
		got := strings.Replace(good, c.old, c.new, 1)
		same := lineEnds(plain(got, "")) == lineEnds(plain(good, ""))
		if same == c.wrong {
			t.Errorf("%q for %q: equal %v", c.new, c.old, same)
		}
	}
}
