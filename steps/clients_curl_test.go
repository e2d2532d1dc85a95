package steps

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// A fetched is what curl's last transfer brought back, and what curl itself
// says of it.
type fetched struct {
	ran
	status   string // "200"
	connects string // how many connections it opened
	uploaded string // how many bytes of content it sent
	head     string // all heads, of redirects and of "100 Continue" too
	content  string
}

// curl fetches. With -q it reads no configuration of the machine's owner.
func curl(t *testing.T, args ...string) fetched {
	t.Helper()
	const mark = "\n--curl--\n"
	got := fetched{ran: command(t, find(t, "curl"), append([]string{
		"-q", "-sS", "-i", "--max-time", "10",
		"-w", mark + "%{http_code} %{num_connects} %{size_upload}\n"}, args...)...)}
	// Each transfer is what came, the mark, and a line of curl's.
	parts := strings.Split(got.stdout, mark)
	last := len(parts) - 1
	if _, err := fmt.Sscan(parts[last], &got.status, &got.connects, &got.uploaded); err != nil {
		t.Fatalf("curl %q: exit status %d, %s", args, got.exit, got.stderr)
	}
	rest := parts[last-1]
	if last > 1 {
		_, rest, _ = strings.Cut(rest, "\n")
	}
	for strings.HasPrefix(rest, "HTTP/") {
		head, content, found := strings.Cut(rest, "\r\n\r\n")
		if !found {
			break
		}
		got.head += head + "\r\n\r\n"
		rest = content
	}
	got.content = rest
	return got
}

// ok complains unless curl was content and the status is as wanted.
func (f fetched) ok(t *testing.T, status string) {
	t.Helper()
	if f.exit != 0 || f.status != status {
		t.Fatalf("curl: exit status %d, want 0; status %s, want %s\n%s\n%s",
			f.exit, f.status, status, f.stderr, f.head)
	}
}

// TestCurl asks every step for what all of them have.
func TestCurl(t *testing.T) {
	t.Parallel()
	for _, step := range all {
		t.Run(step, func(t *testing.T) {
			url := "http://" + start(t, step).Addr()
			for _, c := range []struct {
				name    string
				args    []string
				status  string
				content string
			}{
				{"page", []string{url}, "200",
					read(t, filepath.Join(step, "www", "index.html"))},
				{"picture", []string{url + "/test.jpg"}, "200",
					picture(t, step)},
				{"query", []string{url + "/test.jpg?v=1"}, "200",
					picture(t, step)},
				{"HTTP/1.0", []string{"--http1.0", url + "/test.jpg"}, "200",
					picture(t, step)},
				{"HEAD", []string{"-I", url + "/test.jpg"}, "200", ""},
			} {
				t.Run(c.name, func(t *testing.T) {
					got := curl(t, c.args...)
					got.ok(t, c.status)
					if got.content != c.content {
						t.Errorf("got  %q\nwant %q", got.content, c.content)
					}
					if !strings.Contains(got.head, "\r\nContent-Length: ") {
						t.Errorf("no Content-Length in %q", got.head)
					}
				})
			}
			curl(t, url+"/not-here").ok(t, "404")
			curl(t, "-X", "BREW", url).ok(t, "501")
			two := curl(t, url, url)
			two.ok(t, "200")
			if two.connects != "1" {
				t.Error("one connection for two requests, want one for each")
			}
		})
	}
}

// TestCurlTellsApart: to curl, what the notes' server answers is not HTTP. It
// begins with a line too many, and names a version that there is not.
func TestCurlTellsApart(t *testing.T) {
	t.Parallel()
	got := curl(t, "http://"+notes(t, "02-post").Addr()+"/")
	if got.exit == 0 {
		t.Errorf("curl is content with %q", got.stdout)
	}
}

// TestCurlKeepAlive: with HTTP/1.1 three requests need one connection.
func TestCurlKeepAlive(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ protocol, second string }{
		{"HTTP/1.0", "1"},
		{"HTTP/1.1", "0"},
	} {
		t.Run(c.protocol, func(t *testing.T) {
			url := "http://" + start(t, "04-static", "-protocol", c.protocol).Addr()
			for _, last := range []string{"/test.jpg", "/not-here", "/list", "/"} {
				got := curl(t, url+"/test.jpg", url+last)
				if got.exit != 0 || got.connects != c.second {
					t.Errorf("%s: exit status %d, %s connections, want %s",
						last, got.exit, got.connects, c.second)
				}
			}
		})
	}
}
