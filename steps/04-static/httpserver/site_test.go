package httpserver

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// siteTime is the time stamp of everything in the recorded document root.
var siteTime = time.Date(2020, time.January, 2, 3, 4, 5, 0, time.UTC)

// recordedSite builds the document root of the recordings, and a folder
// "outside" beside it, which only the link "escape" leads to. It returns the
// root.
func recordedSite(t testing.TB) string {
	t.Helper()
	top := t.TempDir()
	site := filepath.Join(top, "site")
	put := func(name, data string) {
		t.Helper()
		name = filepath.Join(site, filepath.FromSlash(name))
		must(t, os.MkdirAll(filepath.Dir(name), 0o755))
		must(t, os.WriteFile(name, []byte(data), 0o644))
	}
	for name, data := range siteFiles {
		put(name, data)
	}
	put("test.jpg", testJPG(t))
	put("big.bin", string(bigBin()))
	put("../outside/secret.txt", "outside the root\n")
	for _, dir := range []string{"emptydir", "spam/index.html"} {
		must(t, os.MkdirAll(filepath.Join(site, dir), 0o755))
	}
	for link, target := range map[string]string{
		"list/link-file": "../hello.txt",
		"list/link-dir":  "C",
		"list/dangling":  "nowhere",
		"escape":         "../outside",
	} {
		symlink(t, target, filepath.Join(site, link))
	}
	must(t, filepath.WalkDir(top, func(
		name string, e fs.DirEntry, err error) error {
		if err != nil || e.Type()&fs.ModeSymlink != 0 {
			return err
		}
		return os.Chtimes(name, siteTime, siteTime)
	}))
	for _, name := range []string{"unreadable.txt", "unreadable-dir"} {
		name = filepath.Join(site, name)
		must(t, os.Chmod(name, 0))
		t.Cleanup(func() { os.Chmod(name, 0o755) })
	}
	return site
}

// symlink makes a link. It skips the test where that is not allowed: Windows
// asks for a right that few users have.
func symlink(t testing.TB, target, name string) {
	t.Helper()
	if err := os.Symlink(target, name); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// siteFiles are the short files of the recorded root, without those of its
// script folders, which no exchange of this step asks for.
var siteFiles = map[string]string{
	"index.html": sitePage,
	"hello.txt":  "Hello\n", "empty.txt": "", "noext": "no extension\n",
	"UPPER.TXT": "upper\n", "page.htm": "<p>htm</p>\n",
	"style.css": "p{}\n", "script.js": "1;\n", "data.json": "{}\n",
	"pic.png": "\x89PNG\r\n", "archive.tar.gz": "\x1f\x8b",
	"a.gz": "\x1f\x8b", "a.bz2": "BZ", "a.xz": "xz", "a.Z": "Z",
	"doc.pdf": "%PDF", "v.mp4": "mp4", "README.md": "# md\n",
	"x.svg": "<svg/>", "x.wasm": "\x00asm", "x.bin": "\x00",
	"x.unknownext": "u", ".hidden": "dotfile\n",
	"names/a file.txt": "space\n", "names/café.txt": "latin\n",
	"names/日本.txt": "cjk\n", "names/<b>&\"'.txt": "html\n",
	"names/100%.txt": "percent\n", "names/plus+sign.txt": "plus\n",
	"names/hash#mark.txt": "hash\n", "names/q?mark.txt": "qmark\n",
	"names/semi;colon.txt": "semi\n", "names/back\\slash.txt": "bs\n",
	"names/colon:name.txt": "colon\n", "names/~tilde.txt": "tilde\n",
	"names/new\nline.txt": "nl\n", "names/bad\xff.txt": "undecodable\n",
	"list/b.txt": "b\n", "list/A.txt": "A\n", "list/a.txt": "a\n",
	"list/C/inner.txt": "i\n", "list/_u.txt": "u\n", "list/.dot": "d\n",
	"list/10.txt": "10\n", "list/9.txt": "9\n",
	"htm/index.htm":    "<p>index.htm</p>\n",
	"both/index.html":  "<p>html wins</p>\n",
	"both/index.htm":   "<p>htm loses</p>\n",
	"unreadable.txt":   "no\n",
	"unreadable-dir/x": "x\n",
}

const sitePage = `<!DOCTYPE html>
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

// testJPG is the recorded picture, one grey pixel of 159 bytes.
func testJPG(t testing.TB) string {
	t.Helper()
	quantization := strings.Repeat("/", 86)
	data, err := base64.StdEncoding.DecodeString(
		"/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP" + quantization +
			"wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAA" +
			"AAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z")
	must(t, err)
	if len(data) != 159 {
		t.Fatalf("test.jpg has %d bytes, want 159", len(data))
	}
	return string(data)
}

// bigBin is 256 KiB of all byte values in turn.
func bigBin() []byte {
	var row []byte
	for c := range 256 {
		row = append(row, byte(c))
	}
	return bytes.Repeat(row, 1024)
}

// siteServer serves a handler on a free port until the test ends. The config
// function may set the server's fields before it starts.
func siteServer(t testing.TB, h Handler, config func(*HTTPServer)) string {
	t.Helper()
	s, err := NewHTTPServer("127.0.0.1:0", h)
	must(t, err)
	if config != nil {
		config(s)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.ServeForever() }()
	t.Cleanup(func() {
		if err := errors.Join(s.Close(), <-ended); err != nil {
			t.Error(err)
		}
	})
	return s.ServerAddress()
}

// fileHandler returns a handler for the files below dir.
func fileHandler(t testing.TB, dir string) *SimpleHTTPRequestHandler {
	t.Helper()
	h, err := NewSimpleHTTPRequestHandler(dir)
	must(t, err)
	t.Cleanup(func() { h.Close() })
	return h
}

// A fold shortens bytes for a message.
type fold string

func (f fold) String() string {
	if len(f) > 600 {
		return fmt.Sprintf("%q … (%d bytes)", string(f[:600]), len(f))
	}
	return fmt.Sprintf("%q", string(f))
}
