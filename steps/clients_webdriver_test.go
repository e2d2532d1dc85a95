package steps

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"testing"
	"time"

	"example/wirebook/internal/runner"
)

// chromiumFlags start a browser that nobody sees and that talks to nobody but
// this machine. The sandbox needs rights that a container often lacks; the
// pages are our own.
func chromiumFlags(profile string) []string {
	return []string{"--headless", "--no-sandbox", "--disable-gpu",
		"--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update",
		"--disable-sync", "--no-proxy-server",
		"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
		"--user-data-dir=" + profile}
}

// profile is a folder for a browser's own files. The browser's last processes
// may still write there when the test is over, so that the folder cannot be
// the test's TempDir, which must be gone at the first attempt.
func profile(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "wirebook-browser-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for end := time.Now().Add(5 * time.Second); time.Now().Before(end); {
			if os.RemoveAll(dir) == nil {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
		t.Logf("left behind: %s", dir)
	})
	return dir
}

// A browser is a session of chromedriver, which does in a Chromium what a
// person would do: WebDriver, a protocol of JSON over HTTP
// (https://www.w3.org/TR/webdriver2/).
type browser struct {
	url    string // of the session, or of the driver while there is none
	client http.Client
}

// openBrowser starts a browser, and ends it when the test ends.
func openBrowser(t *testing.T) *browser {
	t.Helper()
	chromium, driver := find(t, "chromium"), find(t, "chromedriver")
	files := profile(t)
	p, err := runner.Start(t.Context(), runner.Command{
		Name: "chromedriver",
		Args: []string{driver, "--port={port}"},
		Dir:  files,
		Env:  []string{"TMPDIR=" + files},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Stop() })

	b := &browser{url: "http://" + p.Addr() + "/session"}
	b.client.Timeout = clientLimit
	var session struct{ SessionID string }
	b.do(t, "POST", "", map[string]any{"capabilities": map[string]any{
		"alwaysMatch": map[string]any{
			"goog:chromeOptions": map[string]any{
				"binary": chromium, "args": chromiumFlags(files),
			},
			// find waits this long for what is not there yet, and open for
			// a page (milliseconds).
			"timeouts": map[string]any{"implicit": 10000, "pageLoad": 15000},
		}}}, &session)
	b.url += "/" + session.SessionID
	t.Cleanup(func() {
		b.do(t, "DELETE", "", nil, nil)
		b.client.CloseIdleConnections()
	})
	return b
}

// do sends one command and stores its result.
func (b *browser) do(t *testing.T, method, path string, in, out any) {
	t.Helper()
	var content bytes.Buffer
	if in != nil {
		if err := json.NewEncoder(&content).Encode(in); err != nil {
			t.Fatal(err)
		}
	}
	// Not the test's context: the last command comes when that has ended.
	request, err := http.NewRequest(method, b.url+path, &content)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := b.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %s", method, path, data)
	}
	if out == nil {
		return
	}
	if err := json.Unmarshal(data, &struct{ Value any }{out}); err != nil {
		t.Fatalf("%s: %v", data, err)
	}
}

// open goes to a page, and returns when its pictures have been loaded too.
func (b *browser) open(t *testing.T, url string) {
	t.Helper()
	b.do(t, "POST", "/url", map[string]any{"url": url}, nil)
}

// script runs JavaScript in the page and stores what it returns.
func (b *browser) script(t *testing.T, script string, out any) {
	t.Helper()
	b.do(t, "POST", "/execute/sync",
		map[string]any{"script": script, "args": []any{}}, out)
}

// An element of the page.
type element struct {
	b    *browser
	path string
}

// find waits for an element. The ways to look are "css selector", "xpath" and
// "link text".
func (b *browser) find(t *testing.T, using, value string) element {
	t.Helper()
	var found map[string]string
	b.do(t, "POST", "/element",
		map[string]any{"using": using, "value": value}, &found)
	for _, id := range found {
		return element{b, "/element/" + id}
	}
	t.Fatalf("no element with %s %q", using, value)
	return element{}
}

func (e element) keys(t *testing.T, text string) {
	t.Helper()
	e.b.do(t, "POST", e.path+"/value", map[string]any{"text": text}, nil)
}

// click clicks, and waits for a page that comes of it.
func (e element) click(t *testing.T) {
	t.Helper()
	e.b.do(t, "POST", e.path+"/click", struct{}{}, nil)
}

// reads waits for an element with just this text, which has no quotes. (To
// find an element and then ask for its text is to ask an element of a page
// that may be gone by then.)
func (b *browser) reads(t *testing.T, tag, text string) {
	t.Helper()
	b.find(t, "xpath", "//"+tag+`[normalize-space()="`+text+`"]`)
}

// back returns to the page before.
func (b *browser) back(t *testing.T) {
	t.Helper()
	b.do(t, "POST", "/back", struct{}{}, nil)
}
