package steps

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// python runs a script. With -I neither the environment nor the folder that
// it starts in changes what it does.
func python(t *testing.T, script string, args ...string) (said string) {
	t.Helper()
	got := command(t, find(t, "python3"),
		append([]string{"-I", "-c", script}, args...)...)
	if got.exit != 0 {
		t.Fatalf("python3: exit status %d\n%s", got.exit, got.stderr)
	}
	return strings.ReplaceAll(got.stdout, "\r\n", "\n")
}

// urllibScript asks for one thing after another and prints for each the
// status, the length, and the content where that is short.
const urllibScript = `
import sys, urllib.error, urllib.parse, urllib.request

opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
url, awkward = sys.argv[1:]
form = urllib.parse.urlencode({"firstname": awkward}).encode()

def ask(method, path, data=None):
    request = urllib.request.Request(url + path, data, method=method)
    try:
        answer = opener.open(request, timeout=10)
    except urllib.error.HTTPError as e:
        answer = e
    with answer:
        content = answer.read()
    print(method, path, answer.status, len(content))
    return content

ask("GET", "/")
ask("HEAD", "/test.jpg")
ask("GET", "/test.jpg")
ask("GET", "/not-here")
page = ask("POST", "/", form).decode()
# What urllib sends is read by the server as what was meant.
print([line for line in page.splitlines() if line.startswith("<p>a")])
`

// TestUrllib: Python's own client is content with every step.
func TestUrllib(t *testing.T) {
	slowClients(t)
	t.Parallel()
	posts := map[string]string{"01-socket": "405", "02-post": "200",
		"03-tcpserver": "200", "04-static": "501", "05-cgi": "501"}
	for _, step := range all {
		t.Run(step, func(t *testing.T) {
			url := "http://" + start(t, step).Addr()
			said := python(t, urllibScript, url, awkward)
			page := read(t, filepath.Join(step, "www", "index.html"))
			for _, want := range []string{
				fmt.Sprintf("GET / 200 %d\n", len(page)),
				"HEAD /test.jpg 200 0\n",
				fmt.Sprintf("GET /test.jpg 200 %d\n", len(picture(t, step))),
				"GET /not-here 404 ",
				"POST / " + posts[step],
			} {
				if !strings.Contains(said, want) {
					t.Errorf("no %q in\n%s", want, said)
				}
			}
			shown := strings.HasSuffix(said, "['"+awkwardShown+"']\n")
			if shown != (posts[step] == "200") {
				t.Errorf("the name on the page: %v\n%s", shown, said)
			}
		})
	}
}

// twoWritesScript sends forms with http.client, and prints how many came back
// as they should. http.client writes the head and the body by two calls, so
// that they often arrive apart.
const twoWritesScript = `
import sys, http.client

right = 0
for i in range(int(sys.argv[2])):
    c = http.client.HTTPConnection(sys.argv[1], timeout=10)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    try:
        c.request("POST", "/", "firstname=number+%d" % i, kind)
        answer = c.getresponse()
        page = answer.read().decode()
        right += answer.status == 200 and "<p>number %d</p>" % i in page
    except (OSError, http.client.HTTPException):
        pass
    c.close()
print(right)
`

// TestTwoWrites: a form in two arrivals is a form, each time.
func TestTwoWrites(t *testing.T) {
	t.Parallel()
	for _, step := range []string{"02-post", "03-tcpserver"} {
		right := python(t, twoWritesScript, start(t, step).Addr(), "50")
		if right != "50\n" {
			t.Errorf("%s understood %s of 50 forms", step, right)
		}
	}
	right := python(t, twoWritesScript, notes(t, "02-post").Addr(), "5")
	if right != "0\n" {
		t.Errorf("the notes' server: %s of 5 forms, want 0: its answers "+
			"begin with an empty line", right)
	}
}

// largeScript sends three million bytes, five times, and prints the statuses of
// the answers. http.client looks for no answer before all of it has been sent.
const largeScript = `
import sys, http.client

for i in range(5):
    c = http.client.HTTPConnection(sys.argv[1], timeout=10)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    c.request("POST", "/", "x" * 3000000, kind)
    answer = c.getresponse()
    answer.read()
    print(answer.status)
    c.close()
`

// TestUnwanted: who sends what the server does not want learns so from an
// answer. It would be lost if the server were to close while more is coming.
func TestUnwanted(t *testing.T) {
	slowClients(t)
	t.Parallel()
	for step, status := range map[string]string{"01-socket": "405", "02-post": "413",
		"03-tcpserver": "413", "04-static": "501", "05-cgi": "501"} {
		said := python(t, largeScript, start(t, step).Addr())
		if want := strings.Repeat(status+"\n", 5); said != want {
			t.Errorf("%s: statuses %q, want %q", step, said, want)
		}
	}
}

// keepAliveScript sends requests on one connection and prints how many
// connections that took and the median of the times, in milliseconds.
const keepAliveScript = `
import sys, http.client, statistics, time

c = http.client.HTTPConnection(sys.argv[1], timeout=10)
sockets, times = set(), []
for i in range(int(sys.argv[2])):
    began = time.perf_counter()
    c.request("GET", "/test.jpg")
    sockets.add(c.sock)
    assert len(c.getresponse().read()) > 0
    times.append(time.perf_counter() - began)
print(len(sockets), statistics.median(times) * 1000)
`

// TestKeepAlive: a hundred requests on one connection, and none of them waits
// for an acknowledgement that comes 40 ms late. (It would, were an answer
// written in two parts and the second held back until the first is known to
// have arrived.)
func TestKeepAlive(t *testing.T) {
	const most = 20.0 // milliseconds
	measure := func(addr, n string) (connections int, median float64) {
		said := python(t, keepAliveScript, addr, n)
		if _, err := fmt.Sscan(said, &connections, &median); err != nil {
			t.Fatalf("python3 said %q: %v", said, err)
		}
		return connections, median
	}
	server := start(t, "04-static", "-protocol", "HTTP/1.1")
	connections, median := measure(server.Addr(), "100")
	if connections != 1 || median > most {
		t.Errorf("%d connections, %.1f ms a request, want 1, %.0f ms at most",
			connections, median, most)
	}
	t.Logf("%.2f ms a request", median)

	slow := httptest.NewServer(http.HandlerFunc(
		func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(40 * time.Millisecond)
			w.Header().Set("Connection", "close")
			fmt.Fprint(w, "late")
		}))
	defer slow.Close()
	connections, median = measure(slow.Listener.Addr().String(), "3")
	if connections != 3 || median < most {
		t.Errorf("a slow server that closes: %d connections, %.1f ms",
			connections, median)
	}
}
