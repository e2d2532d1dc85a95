package steps

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCurlFiles asks step 04 for what only a server of files can do.
func TestCurlFiles(t *testing.T) {
	t.Parallel()
	url := "http://" + start(t, "04-static").Addr()
	file := filepath.Join("04-static", "www", "test.jpg")

	got := curl(t, "-L", url+"/list")
	got.ok(t, "200")
	if !strings.Contains(got.head, " 301 ") ||
		!strings.Contains(got.content, `<a href="two%20words.txt">`) {
		t.Errorf("redirected to %q, %q", got.head, got.content)
	}

	// -z sends the time of a file, or a time, as If-Modified-Since.
	got = curl(t, "-z", file, url+"/test.jpg")
	got.ok(t, "304")
	if got.content != "" {
		t.Errorf("a 304 with content %q", got.content)
	}
	got = curl(t, "-z", "1 Jan 1990", url+"/test.jpg")
	got.ok(t, "200")
	if got.content != picture(t, "04-static") {
		t.Error("another picture")
	}
}

// TestCurlOdd follows every link of a listing.
func TestCurlOdd(t *testing.T) {
	t.Parallel()
	url := "http://" + startIn(t, "04-static", oddFolder(t)).Addr() + "/list/"
	listing := curl(t, url)
	listing.ok(t, "200")
	links := strings.Split(listing.content, `<a href="`)[1:]
	if len(links) != len(oddNames) {
		t.Fatalf("%d links, want %d: %q", len(links), len(oddNames), links)
	}
	got := map[string]bool{}
	for _, link := range links {
		link, _, _ := strings.Cut(link, `"`)
		content := curl(t, url+link)
		content.ok(t, "200")
		got[strings.TrimSuffix(content.content, "\n")] = true
	}
	for i, name := range oddNames {
		if !got[oddContent(i)] {
			t.Errorf("no link leads to %q", name)
		}
	}
}

// climbs are ways out of the folder that a server serves.
var climbs = []string{"/../secret", "/%2e%2e/secret", "/..%2fsecret",
	"/%2e%2e%2fsecret", "/list/../../secret", "/list/%2e./%2E./secret",
	"/%252e%252e/secret", `/..\secret`, "/..%5csecret", "//../secret",
	"/./../secret", "/out/secret", "/secret.txt", "/..%00/secret"}

// TestCurlClimbs: --path-as-is keeps curl from taking the dots away itself.
func TestCurlClimbs(t *testing.T) {
	t.Parallel()
	const secret = "nobody may read this\n"
	above := t.TempDir()
	site := filepath.Join(above, "site")
	write(t, filepath.Join(above, "secret"), secret)
	write(t, filepath.Join(site, "list", "file"), "anybody may read this\n")
	for link, to := range map[string]string{
		"out": above, "secret.txt": filepath.Join(above, "secret"),
	} {
		if err := os.Symlink(to, filepath.Join(site, link)); err != nil {
			t.Logf("no link in the site: %v", err)
		}
	}
	// This one trusts its clients: the dots do leave curl.
	naive := httptest.NewServer(http.HandlerFunc(
		func(w http.ResponseWriter, r *http.Request) {
			content, _ := os.ReadFile(site + r.URL.Path)
			w.Write(content)
		}))
	defer naive.Close()
	got := curl(t, "--path-as-is", naive.URL+climbs[0])
	if got.content != secret {
		t.Errorf("a naive server sends %q, want the secret", got.content)
	}

	for _, step := range []string{"04-static", "05-cgi"} {
		t.Run(step, func(t *testing.T) {
			url := "http://" + startIn(t, step, site).Addr()
			curl(t, "--path-as-is", url+"/list/../list/file").ok(t, "200")
			for _, climb := range climbs {
				got := curl(t, "--path-as-is", url+climb)
				if got.exit != 0 || got.status != "404" && got.status != "400" {
					t.Errorf("%s: exit status %d, status %s, want 404 or 400",
						climb, got.exit, got.status)
				}
				if strings.Contains(got.content, secret) {
					t.Errorf("%s leads out of the folder", climb)
				}
			}
		})
	}
}
