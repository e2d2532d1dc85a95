package cgi

import (
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/user"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"example/wirebook/internal/steptest"
	"example/wirebook/steps/04-static/httpserver"
)

// A difference is a recorded exchange that this server answers in its own way.
type difference struct {
	reason string
	change func(*response) // makes the recorded response the one that is due
}

// differences are all of them. One that does not differ fails the test.
var differences = map[string]difference{
	"head-hello": {"the response to HEAD has no content",
		func(r *response) { r.body = "" }},

	"cgi-crash":        {broken, printedNoHead},
	"cgi-empty":        {broken, printedNoHead},
	"cgi-env-python":   {broken, printedNoHead},
	"cgi-nph":          {broken, printedNoHead},
	"cgi-bad-shebang":  {broken, notStarted},
	"cgi-crlf-shebang": {broken, notStarted},
	"cgi-no-shebang":   {broken, notStarted},

	"cgi-status": {"Status is obeyed (RFC 3875, 6.3.3)",
		func(r *response) {
			r.status = "404 Nope"
			r.fields.Del("Status")
		}},
	"cgi-location": {"a Location with a path is answered from here " +
		"(RFC 3875, 6.2.2)", helloFile},
	"stdin-chunked": {"content with a transfer coding is refused; Python " +
		"gives the script none of it", errorResponse("411 Length Required")},
	"dotdot-above-encoded": {"as in step 04; Python's fails inside and " +
		"closes without a word", helloFile},

	"env-full":         {everyField, environment},
	"env-post":         {everyField, environment},
	"pathinfo":         {everyField, environment},
	"pathinfo-encoded": {everyField, environment},
	"pathinfo-slash":   {everyField, environment},
	"env-as-root":      {everyField, environment},

	"id-as-root": {"nobody is in nobody's group; Python leaves it in root's",
		func(r *response) {
			r.body = strings.Replace(r.body, "uid=65534(nobody) gid=0(root) "+
				"groups=0(root)", nobodysID(), 1)
		}},

	"form-get": {inOrder, func(r *response) {
		r.body = `{"x": ["42"], "y": ["10"]}` + "\n"
	}},
	"form-bad-pct": {inOrder, func(r *response) {
		r.body = `{"a": ["%zz"], "b": ["\ufffd"], "c": ["\u00e9"]}` + "\n"
	}},
}

const (
	broken = "a broken script is a 500; Python has sent a 200 before it knows"

	inOrder = "names come in the order in which they were sent; Python's " +
		"come in any"
	everyField = "each field that was sent is an HTTP_ variable, and no " +
		"other; two cookies are joined by a semicolon; nobody has looked at what " +
		"Authorization says"
)

var (
	printedNoHead = errorResponse("500 CGI script printed no head")
	notStarted    = errorResponse("500 CGI script could not be started")
)

// TestPython replays what was recorded of Python's server and compares what a
// client can rely on: status, fields with values, content, and how the
// connection ends. The date and the server's name are left out.
func TestPython(t *testing.T) {
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
		h *CGIHTTPRequestHandler) {
		s.ServerPort = 8000
		h.ScriptAlias = ownScripts(t, "crash.py", "crashlate.py", "form.py",
			"post.py")
	})
	recordings := steptest.Recordings(t, "05-cgi", 59)
	if os.Geteuid() == 0 {
		recordings = append(recordings,
			steptest.Recordings(t, "05-cgi-root", 4)...)
	} else {
		t.Log("4 exchanges were recorded as root and are not replayed")
	}
	for _, r := range recordings {
		t.Run(r.Name, func(t *testing.T) {
			answer, end := r.Replay(t, s.addr)
			method, _, _ := strings.Cut(string(r.Segments[0].Data), " ")
			got, err := parseResponse(string(answer), method, s.dir)
			must(t, err)
			// A broken recorded response is the zero value: see differences.
			due, err := parseResponse(string(r.Response), "GET", s.dir)
			difference, differs := differences[r.Name]
			if differs {
				recorded := due
				recorded.fields = due.fields.Clone()
				difference.change(&due)
				if err == nil && due.equal(recorded) {
					t.Errorf("does not differ: %s", difference.reason)
				}
			} else {
				must(t, err)
			}
			if !got.equal(due) {
				t.Errorf("got  %q\nwant %q", got, due)
			}
			if end != r.End {
				t.Errorf("ended with %s, want %s", end, r.End)
			}
		})
	}
}

// TestDifferences shows that each difference stands for a recording.
func TestDifferences(t *testing.T) {
	var names []string
	for _, r := range slices.Concat(steptest.Recordings(t, "05-cgi", 59),
		steptest.Recordings(t, "05-cgi-root", 4)) {
		names = append(names, r.Name)
	}
	for name := range differences {
		if !slices.Contains(names, name) {
			t.Errorf("no recording %q", name)
		}
	}
}

// A response is what a client can rely on, as net/http reads it.
type response struct {
	proto, status string // "HTTP/1.0", "200 OK"
	fields        http.Header
	body          string // errorPage stands for any
}

// errorPage is the body of an error. The exchanges hold it byte for byte.
const errorPage = "an error page"

// parseResponse reads the answer to a request of that method. In the content,
// {dir} stands for the served folder; what a shell adds to its environment,
// and the server's name, are left out.
func parseResponse(answer, method, dir string) (response, error) {
	r, err := http.ReadResponse(bufio.NewReader(strings.NewReader(answer)),
		&http.Request{Method: method})
	if err != nil {
		return response{}, err
	}
	content, err := io.ReadAll(r.Body)
	if err != nil {
		return response{}, err
	}
	r.Header.Del("Date")
	r.Header.Del("Server")
	var body strings.Builder
	for line := range strings.Lines(string(content)) {
		switch name, _, _ := strings.Cut(line, "="); name {
		case "SHLVL", "OLDPWD", "_", "SERVER_SOFTWARE":
			continue
		}
		body.WriteString(strings.ReplaceAll(line, "{dir}", dir))
	}
	if strings.HasPrefix(body.String(), "<!DOCTYPE HTML>\n<html lang=\"en\">") {
		body.Reset()
		body.WriteString(errorPage)
		r.Header.Del("Content-Length") // of the page
	}
	return response{r.Proto, r.Status, r.Header, body.String()}, nil
}

func (r response) equal(other response) bool {
	return reflect.DeepEqual(r, other)
}

// TestResponseEqual shows what is compared, and what is not.
func TestResponseEqual(t *testing.T) {
	const recorded = "HTTP/1.0 200 Script output follows\r\n" +
		"Server: SimpleHTTP/0.6 Python/3.11.7\r\n" +
		"Date: Thu, 02 Jan 2020 03:04:05 GMT\r\n" +
		"Content-Type: text/plain\n\nSERVER_PORT=8000\n"
	for _, c := range []struct {
		old, new string
		equal    bool
	}{
		{"03:04:05", "03:04:06", true},
		{"Python/3.11.7", "Wirebook", true},
		{"Content-Type", "Content-type", true},
		{"plain\n\n", "plain\r\n\r\n", true},
		{"1.0", "1.1", false},
		{"200", "201", false},
		{"output", "Output", false},
		{"text/plain", "text/html", false},
		{"\n\n", "\nX: y\n\n", false},
		{"Content-Type: text/plain\n", "", false},
		{"8000\n", "8000", false},
		{"8000", "8001", false},
	} {
		parse := func(answer string) response {
			r, err := parseResponse(answer, "GET", "")
			must(t, err)
			return r
		}
		got := parse(strings.Replace(recorded, c.old, c.new, 1))
		if equal := got.equal(parse(recorded)); equal != c.equal {
			t.Errorf("%q for %q: equal %v", c.new, c.old, equal)
		}
	}
}

// errorResponse is a change to an error of that status.
func errorResponse(status string) func(*response) {
	return func(r *response) {
		*r = response{"HTTP/1.0", status, http.Header{
			"Connection":   {"close"},
			"Content-Type": {"text/html;charset=utf-8"},
		}, errorPage}
	}
}

// helloFile is a change to the file hello.txt.
func helloFile(r *response) {
	*r = response{"HTTP/1.0", "200 OK", http.Header{
		"Content-Type":   {"text/plain"},
		"Content-Length": {"6"},
		"Last-Modified":  {siteTime.Format(http.TimeFormat)},
	}, "Hello\n"}
}

// environment makes the recorded list of variables ours.
func environment(r *response) {
	var list []string
	for line := range strings.Lines(r.body) {
		name, value, _ := strings.Cut(line, "=")
		switch {
		case name == "AUTH_TYPE", name == "REMOTE_USER",
			strings.HasPrefix(name, "HTTP_") && value == "\n":
			continue
		case name == "HTTP_COOKIE":
			line = "HTTP_COOKIE=a=1; b=2\n"
		}
		list = append(list, line)
	}
	list = append(list, "HTTP_HOST=127.0.0.1:8000\n")
	if strings.Contains(r.body, "HTTP_REFERER=http") { // the one of Firefox
		list = append(list, "HTTP_ACCEPT_LANGUAGE=en-us,en;q=0.5\n",
			"HTTP_ACCEPT_ENCODING=gzip, deflate\n",
			"HTTP_CONNECTION=keep-alive\n", "HTTP_X_CUSTOM=v\n")
	}
	slices.Sort(list)
	r.body = strings.Join(list, "")
}

// nobodysID is what id(1) says of the user nobody and its one group.
func nobodysID() string {
	account, err := user.Lookup("nobody")
	if err != nil {
		return err.Error()
	}
	group, err := user.LookupGroupId(account.Gid)
	if err != nil {
		return err.Error()
	}
	g := group.Gid + "(" + group.Name + ")"
	return fmt.Sprintf("uid=%s(nobody) gid=%s groups=%s", account.Uid, g, g)
}

// siteTime is the time stamp of everything in the recorded document root.
var siteTime = time.Date(2020, time.January, 2, 3, 4, 5, 0, time.UTC)

// recordedSite builds the document root of the recordings, as far as they ask
// for it. What was in Python there is this test binary: see ownScripts.
func recordedSite(t testing.TB) string {
	t.Helper()
	dir := openDir(t)
	put(t, dir, 0o755, recordedScripts)
	put(t, dir, 0o644, map[string]string{
		"index.html":         recordedPage,
		"hello.txt":          "Hello\n",
		"cgi-bin/data.txt":   "plain data inside cgi-bin\n",
		"cgi-bin/notexec.py": "#!/bin/sh\necho\n",
	})
	put(t, dir, 0, map[string]string{"unreadable.txt": "no\n"})
	must(t, filepath.WalkDir(dir, func(
		name string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chtimes(name, siteTime, siteTime)
	}))
	return dir
}

// recordedScripts print what the recorded ones printed.
var recordedScripts = map[string]string{
	"cgi-bin/hello.sh": "#!/bin/sh\n" +
		`printf 'Content-Type: text/plain\r\n\r\nHello from sh\n'` + "\n",
	"cgi-bin/lf.sh":     begin + "echo bare LF headers\n",
	"cgi-bin/env.sh":    begin + "env | sort\n",
	"cgi-bin/unread.sh": begin + "echo body not read\n",
	"cgi-bin/id.sh":     begin + "id\npwd\numask\n",
	"cgi-bin/args.sh": begin + "echo \"argc=$#\"\n" +
		"for a in \"$@\"; do echo \"arg=[$a]\"; done\n" +
		"echo \"QS=[$QUERY_STRING]\"\n",
	"cgi-bin/stdin.sh": begin + "echo \"METHOD=$REQUEST_METHOD " +
		"LEN=[$CONTENT_LENGTH] TYPE=[$CONTENT_TYPE]\"\n" +
		"head -c \"${CONTENT_LENGTH:-0}\" | od -An -c\n",
	"cgi-bin/status.sh": "#!/bin/sh\nprintf 'Status: 404 Nope\\n" +
		"Content-Type: text/plain\\n\\nscript said 404\\n'\n",
	"cgi-bin/location.sh": "#!/bin/sh\n" +
		`printf 'Location: /hello.txt\n\n'` + "\n",
	"cgi-bin/nph-raw.sh": "#!/bin/sh\nprintf 'HTTP/1.0 418 Teapot\\r\\n" +
		"Content-Type: text/plain\\r\\n\\r\\nnph\\n'\n",
	"cgi-bin/empty.sh":      "#!/bin/sh\nexit 0\n",
	"cgi-bin/badshebang.sh": "#!/nonexistent/interp\necho\n",
	"cgi-bin/crlf.sh":       "#!/bin/sh\r\necho\r\n",
	"cgi-bin/noshebang":     "echo\n",
	"cgi-bin/python.py":     "#!/usr/bin/env no-such-interpreter\n",
	"cgi-bin/sub/child.sh": begin + "echo \"child " +
		"SCRIPT_NAME=$SCRIPT_NAME PATH_INFO=$PATH_INFO\"\n",
	"cgi-bin/with space.sh": begin +
		"echo \"space SCRIPT_NAME=$SCRIPT_NAME\"\n",
	"htbin/hello.sh":  begin + "echo htbin runs\n",
	"ht-bin/hello.sh": begin + "echo ht-bin does not run\n",
	"sub/cgi-bin/hello.sh": "#!/bin/sh\nprintf \"Content-Type: text/plain" +
		"\\n\\nnested cgi-bin\\n\"\n",
}

const recordedPage = `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<title>WOW</title>
</head>
<body>
<p>Wow, Python Server</p>
<img src="test.jpg" alt="test">
<form name="input" action="cgi-bin/post.py" method="post">
First name:<input type="text" name="firstname"><br>
<input type="submit" value="Submit">
</form>
</body>
</html>
`
