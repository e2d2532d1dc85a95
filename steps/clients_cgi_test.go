package steps

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// formScript is the script of step 05 that runs on every system: it says what
// it has been sent.
const formScript = "/cgi-bin/form"

// large makes a file of n bytes.
func large(t *testing.T, n int) (name string) {
	t.Helper()
	name = filepath.Join(t.TempDir(), "large.bin")
	write(t, name, strings.Repeat("x", n))
	return name
}

// TestCurlScript: a script gets what curl sends, in each of the ways in which
// curl sends a form.
func TestCurlScript(t *testing.T) {
	t.Parallel()
	url := "http://" + start(t, "05-cgi").Addr() + formScript
	file := "@" + filepath.Join("05-cgi", "www", "test.jpg")
	const ada = "<dt>firstname</dt><dd>Ada</dd>"
	const shown = "<dt>firstname</dt><dd>a&amp;b=c +é&lt;b&gt;x&lt;/b&gt;</dd>"
	for _, c := range []struct {
		name   string
		args   []string
		status string
		shows  string
	}{
		{"form", []string{"-d", "firstname=Ada"}, "200", ada},
		{"awkward", []string{"--data-urlencode", "firstname=" + awkward},
			"200", shown},
		{"query", []string{"-G", "--data-urlencode", "firstname=" + awkward},
			"200", shown},
		{"HTTP/1.0", []string{"--http1.0", "-d", "firstname=Ada"}, "200", ada},
		{"multipart", []string{"-F", "firstname=" + awkward}, "200", shown},
		{"upload", []string{"-F", "firstname=Ada", "-F",
			"picture=" + file + ";type=image/jpeg"}, "200",
			ada + "\n<dt>picture</dt><dd>the file test.jpg, 5704 bytes of image/jpeg</dd>"},
		{"named by somebody", []string{"-F", "f=" + file + ";filename=日本 b.jpg"},
			"200", "<dd>the file 日本 b.jpg, 5704 bytes"},
		{"large upload", []string{"-H", "Expect:", "-F", "f=@" + large(t, 3_000_000)}, "200",
			"the file large.bin, 3000000 bytes"},
		{"too large", []string{"-F", "f=@" + large(t, 20_000_000)}, "413", ""},
		{"no boundary", []string{"-d", "x", "-H",
			"Content-Type: multipart/form-data"}, "400", ""},
		{"HEAD", []string{"-I"}, "200", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := curl(t, append(c.args, url)...)
			got.ok(t, c.status)
			if !strings.Contains(got.content, c.shows) {
				t.Errorf("no %q in %q", c.shows, got.content)
			}
			if c.name == "HEAD" && got.content != "" {
				t.Errorf("content %q", got.content)
			}
		})
	}
}

// TestPythonScript: http.client's two writes reach a script as one content.
func TestPythonScript(t *testing.T) {
	t.Parallel()
	server := start(t, "05-cgi")
	said := python(t, `
import sys, http.client

right = 0
for i in range(20):
    c = http.client.HTTPConnection(sys.argv[1], timeout=10)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    c.request("POST", sys.argv[2], "firstname=number+%d" % i, kind)
    page = c.getresponse().read().decode()
    right += "<dd>number %d</dd>" % i in page
    c.close()
print(right)
`, server.Addr(), formScript)
	if said != "20\n" {
		t.Errorf("%s of 20 forms were understood", said)
	}
}

// TestLoadScript starts a process for each request, four at once. The script
// says how long its content is: to wrk, content that ends with its connection
// is an error.
func TestLoadScript(t *testing.T) {
	slowClients(t)
	t.Parallel()
	const script = "/cgi-bin/hello.sh"
	url := "http://" + startIn(t, "05-cgi", helloScript(t, script)).Addr() + script
	if faults := ab(t, url, "200", "4"); faults != "" {
		t.Errorf("ab: %s", faults)
	}
	if faults := wrk(t, url, "4"); faults != "" {
		t.Errorf("wrk: %s", faults)
	}
	if got := fetch(t, url); got != "Hello\n" {
		t.Errorf("the script says %q", got)
	}
}

// helloScript is a folder with a script in it. When root starts the server,
// nobody must get through to the script, and nobody cannot enter TempDir.
func helloScript(t *testing.T, script string) (dir string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("Windows runs no shell script by itself")
	}
	dir, err := os.MkdirTemp("", "wirebook-site-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	name := filepath.Join(dir, script)
	write(t, name, `#!/bin/sh
printf 'Content-Type: text/plain\nContent-Length: 6\n\nHello\n'
`)
	for _, name := range []string{dir, filepath.Dir(name), name} {
		if err := os.Chmod(name, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// uploads: the notes' form and a file, sent to a script by a browser.
func uploads(t *testing.T, b *browser) {
	w := watch(t, start(t, "05-cgi").Addr())
	page := filepath.Join(t.TempDir(), "upload.html")
	write(t, page, fmt.Sprintf(`<!DOCTYPE html><meta charset="utf-8">
<form method="post" action="%s%s">
<input type="text" name="firstname">
<input type="file" name="picture">
<input type="submit">
</form>`, w.url, formScript))
	picture, err := filepath.Abs(filepath.Join("05-cgi", "www", "test.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ enctype, shows string }{
		{"application/x-www-form-urlencoded", "test.jpg"},
		{"multipart/form-data", "the file test.jpg, 5704 bytes of image/jpeg"},
	} {
		b.open(t, "file://"+filepath.ToSlash(page))
		b.script(t, "document.forms[0].enctype = '"+c.enctype+"'", nil)
		b.find(t, "css selector", "input[name=firstname]").keys(t, awkward)
		b.find(t, "css selector", "input[name=picture]").keys(t, picture)
		b.find(t, "css selector", "input[type=submit]").click(t)
		b.reads(t, "dd", awkward)
		b.reads(t, "dd", c.shows)
	}
	bytes := read(t, picture)
	w.until(t, "picture", func() bool { return w.sent(bytes) })
}
