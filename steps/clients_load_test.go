package steps

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
)

// TestLoad lets two load generators ask for what each step has: not to see how
// fast it answers (benchmarks do), but that no answer is missing or wrong.
func TestLoad(t *testing.T) {
	slowClients(t)
	for _, step := range all {
		t.Run(step, func(t *testing.T) {
			t.Parallel()
			flood(t, step, "http://"+start(t, step).Addr())
		})
	}
	// -k asks for connections that last.
	t.Run("04-static, HTTP/1.1", func(t *testing.T) {
		t.Parallel()
		url := "http://" + start(t, "04-static", "-protocol", "HTTP/1.1").Addr()
		flood(t, "04-static", url, "-k")
	})
}

// flood lets both loose, and then sees whether the server is well.
func flood(t *testing.T, step, url string, flags ...string) {
	t.Helper()
	t.Run("ab", func(t *testing.T) {
		if faults := ab(t, url+"/test.jpg", "2000", "20", flags...); faults != "" {
			t.Error(faults)
		}
	})
	t.Run("wrk", func(t *testing.T) {
		if faults := wrk(t, url+"/test.jpg", "20"); faults != "" {
			t.Error(faults)
		}
	})
	if fetch(t, url+"/test.jpg") != picture(t, step) {
		t.Error("not the picture any more")
	}
}

// TestLoadTellsApart: an answer of another length, a status that is no
// success and a connection that is cut off are faults.
func TestLoadTellsApart(t *testing.T) {
	slowClients(t)
	for _, c := range []struct {
		name    string
		ab, wrk string
		fault   http.HandlerFunc
	}{
		{"length", "failed requests", "", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, "longer than all others")
		}},
		{"status", "non-2xx responses", "Non-2xx", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusServiceUnavailable)
		}},
		{"cut", "", "Socket errors", func(http.ResponseWriter, *http.Request) {
			panic(http.ErrAbortHandler)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var asked atomic.Int64
			server := httptest.NewServer(http.HandlerFunc(
				func(w http.ResponseWriter, r *http.Request) {
					if asked.Add(1)%100 == 0 {
						c.fault(w, r)
						return
					}
					fmt.Fprint(w, "short")
				}))
			defer server.Close()
			if got := ab(t, server.URL+"/", "2000", "20"); c.ab != "" && !strings.Contains(got, c.ab) {
				t.Errorf("ab finds %q, want %q", got, c.ab)
			}
			if got := wrk(t, server.URL+"/", "20"); !strings.Contains(got, c.wrk) {
				t.Errorf("wrk finds %q, want %q", got, c.wrk)
			}
		})
	}
}

// ab asks as many times as told, on so many connections at once, and returns
// what went wrong.
func ab(t *testing.T, url, requests, connections string, flags ...string) (faults string) {
	t.Helper()
	got := command(t, find(t, "ab"), append(append([]string{"-q", "-s", "5",
		"-n", requests, "-c", connections}, flags...), url)...)
	if got.exit != 0 {
		return fmt.Sprintf("exit status %d: %s", got.exit, got.stderr)
	}
	said := map[string]string{}
	for line := range strings.Lines(got.stdout) {
		name, value, _ := strings.Cut(line, ":")
		said[name] = strings.TrimSpace(value)
	}
	if n := said["Complete requests"]; n != requests {
		faults += n + " requests complete\n"
	}
	for _, name := range []string{"Failed requests", "Non-2xx responses"} {
		if n := said[name]; n != "" && n != "0" {
			faults += n + " " + strings.ToLower(name) + "\n"
		}
	}
	return faults
}

// wrkFault matches the lines in which wrk complains.
var wrkFault = regexp.MustCompile(`(?m)^ *(Socket errors|Non-2xx).*$`)

// wrk asks for a second, on as many connections as told, and returns what
// went wrong.
func wrk(t *testing.T, url, connections string) (faults string) {
	t.Helper()
	got := command(t, find(t, "wrk"), "-t1", "-c"+connections, "-d1s",
		"--timeout", "10s", url)
	if got.exit != 0 || !strings.Contains(got.stdout, "Requests/sec:") {
		return fmt.Sprintf("exit status %d: %s", got.exit, got.stderr)
	}
	return strings.Join(wrkFault.FindAllString(got.stdout, -1), "\n")
}
