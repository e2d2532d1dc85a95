package steps

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestCurlForm sends forms to the steps that take them themselves.
func TestCurlForm(t *testing.T) {
	t.Parallel()
	for _, step := range []string{"02-post", "03-tcpserver"} {
		t.Run(step, func(t *testing.T) {
			url := "http://" + start(t, step).Addr()
			chunked := "Transfer-Encoding: chunked"
			for _, c := range []struct {
				name   string
				args   []string
				status string
				shows  string
			}{
				{"one", []string{"-d", "firstname=Ada"}, "200", "<p>Ada</p>"},
				{"two", []string{"-d", "firstname=Ada", "-d", "firstname=Bob"},
					"200", "<p>Ada</p>\n<p>Bob</p>"},
				{"awkward", []string{"--data-urlencode", "firstname=" + awkward},
					"200", awkwardShown},
				{"HTTP/1.0", []string{"--http1.0", "-d", "firstname=Ada"},
					"200", "<p>Ada</p>"},
				{"multipart", []string{"-F", "firstname=Ada"}, "415", ""},
				{"JSON", []string{"-d", "{}", "-H",
					"Content-Type: application/json"}, "415", ""},
				{"chunked", []string{"-d", "firstname=Ada", "-H", chunked},
					"501", ""},
				{"put", []string{"-X", "PUT", "-d", "firstname=Ada"}, "405", ""},
			} {
				t.Run(c.name, func(t *testing.T) {
					got := curl(t, append(c.args, url)...)
					got.ok(t, c.status)
					if !strings.Contains(got.content, c.shows) {
						t.Errorf("no %q in %q", c.shows, got.content)
					}
				})
			}
		})
	}
}

// form is a file with a form of n bytes, as curl's -d takes it.
func form(t *testing.T, n int) (arg string) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "form")
	value := strings.Repeat("x", n-len("firstname="))
	write(t, name, "firstname="+value)
	return "@" + name
}

// TestCurlLarge: whatever the size of what curl sends, and whether the server
// wants it or not, curl gets its answer. A server that closes while input is
// unread resets the connection, and curl ends with exit status 56.
func TestCurlLarge(t *testing.T) {
	t.Parallel()
	sizes := []int{2_000, 50_000, 3_000_000}
	statuses := map[string][]string{
		"01-socket":    {"405", "405", "405"},
		"02-post":      {"200", "200", "413"},
		"03-tcpserver": {"200", "200", "413"},
		"04-static":    {"501", "501", "501"},
		"05-cgi":       {"501", "501", "501"},
	}
	for _, step := range all {
		t.Run(step, func(t *testing.T) {
			url := "http://" + start(t, step).Addr()
			for i, n := range sizes {
				body := form(t, n)
				for range 3 {
					// "Expect:" takes away what curl sends with a large
					// body: it is not to ask, but to go ahead.
					got := curl(t, "-H", "Expect:", "-d", body, url)
					if got.exit != 0 || got.status != statuses[step][i] {
						t.Fatalf("%d bytes: exit status %d, want 0; "+
							"status %s, want %s: %s", n, got.exit,
							got.status, statuses[step][i], got.stderr)
					}
				}
			}
		})
	}
	t.Run("notes", func(t *testing.T) {
		if runtime.GOOS != "linux" {
			t.Skip("whether a reset hides the answer is the system's choice")
		}
		url := "http://" + notes(t, "02-post").Addr()
		if got := curl(t, "--http0.9", "-d", form(t, 2_000), url); got.exit != 56 {
			t.Errorf("exit status %d, want 56: a reset", got.exit)
		}
	})
}

// TestCurlExpect: curl asks before it sends more than a mebibyte. It is told
// to go on, or it is told no at once; it waits for neither in vain (a second)
// and sends nothing that nobody wants.
func TestCurlExpect(t *testing.T) {
	t.Parallel()
	expect := "Expect: 100-continue"
	for _, step := range []string{"02-post", "03-tcpserver"} {
		url := "http://" + start(t, step).Addr()
		for _, c := range []struct {
			size   int
			status string
			heads  int
			sent   string
		}{
			{900_000, "200", 2, "900000"},
			{2_000_000, "413", 1, "0"},
		} {
			t.Run(fmt.Sprint(step, "/", c.size), func(t *testing.T) {
				got := curl(t, "-H", expect, "-d", form(t, c.size),
					"--expect100-timeout", "9", url)
				got.ok(t, c.status)
				if n := strings.Count(got.head, "HTTP/1."); n != c.heads {
					t.Errorf("%d heads, want %d:\n%s", n, c.heads, got.head)
				}
				if got.uploaded != c.sent {
					t.Errorf("%s bytes sent, want %s", got.uploaded, c.sent)
				}
			})
		}
	}
}
