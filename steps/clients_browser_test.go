package steps

import (
	"bytes"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example/wirebook/internal/wire"
	"example/wirebook/internal/wire/message"
)

// A witness is a tap between a browser and a server.
type witness struct {
	tap   *wire.Tap
	url   string
	conns map[int]*wire.Conn
}

// watch puts a tap in front of a server.
func watch(t *testing.T, server string) *witness {
	t.Helper()
	tap, err := wire.Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tap.Close() })
	tap.SetServer(server)
	port := strings.TrimPrefix(tap.Addr(), "localhost:")
	return &witness{tap, "http://127.0.0.1:" + port, map[int]*wire.Conn{}}
}

// until takes in what happens until enough has happened.
func (w *witness) until(t *testing.T, what string, enough func() bool) {
	t.Helper()
	limit := time.After(15 * time.Second)
	for !enough() {
		select {
		case events := <-w.tap.Events():
			for _, e := range events {
				if w.conns[e.Conn] == nil {
					w.conns[e.Conn] = &wire.Conn{}
				}
				w.conns[e.Conn].Add(e)
			}
		case <-limit:
			t.Fatalf("no %s; there was %q", what, w.requests())
		}
	}
}

// requests lists what was asked, in the order of the alphabet, and "!" where
// an answer is not complete.
func (w *witness) requests() []string {
	var list []string
	for _, c := range w.conns {
		for _, m := range c.Messages() {
			switch line, _, _ := strings.Cut(m.Start, " HTTP/"); {
			case m.Dir == message.ToServer:
				list = append(list, line)
			case !m.Complete:
				list = append(list, "!")
			}
		}
	}
	slices.Sort(list)
	return list
}

// sent reports whether the browser sent these bytes, among others.
func (w *witness) sent(text string) bool {
	return slices.ContainsFunc(slices.Collect(maps.Values(w.conns)),
		func(c *wire.Conn) bool { return bytes.Contains(c.Bytes(message.ToServer), []byte(text)) })
}

// TestChromium is one browser that visits all steps: it starts slowly.
func TestChromium(t *testing.T) {
	slowClients(t)
	t.Parallel()
	b := openBrowser(t)
	for _, step := range all {
		t.Run("page/"+step, func(t *testing.T) { visit(t, b, step) })
	}
	for _, step := range []string{"04-static", "05-cgi"} {
		t.Run("page/"+step+", HTTP/1.1", func(t *testing.T) {
			visit(t, b, step, "-protocol", "HTTP/1.1")
		})
	}
	for _, step := range []string{"02-post", "03-tcpserver"} {
		t.Run("form/"+step, func(t *testing.T) { fillIn(t, b, step) })
	}
	t.Run("listing", func(t *testing.T) { browse(t, b) })
	t.Run("upload", func(t *testing.T) { uploads(t, b) })
	t.Run("unescaped", func(t *testing.T) { fillInUnescaped(t, b) })
}

// visit: a page makes three requests, for itself, its picture, and the icon
// that nobody mentioned, and the picture is there to be seen.
func visit(t *testing.T, b *browser, step string, flags ...string) {
	w := watch(t, start(t, step, flags...).Addr())
	b.open(t, w.url)
	b.reads(t, "p", "Wow, Python Server")
	if width := pictureWidth(t, b); width == 0 {
		t.Error("the browser shows no picture")
	}
	want := []string{"GET /", "GET /favicon.ico", "GET /test.jpg"}
	w.until(t, "icon", func() bool { return slices.Equal(w.requests(), want) })
}

// pictureWidth is 0 where a picture's bytes are no picture.
func pictureWidth(t *testing.T, b *browser) (width int) {
	t.Helper()
	b.script(t, "return document.images[0].naturalWidth", &width)
	return width
}

// fillIn: what a person types comes back as it was typed, as text.
func fillIn(t *testing.T, b *browser, step string) {
	w := watch(t, start(t, step).Addr())
	submit := func(enctype string) {
		b.open(t, w.url)
		b.script(t, "document.forms[0].enctype = '"+enctype+"'", nil)
		b.find(t, "css selector", "input[name=firstname]").keys(t, awkward)
		b.find(t, "css selector", "input[type=submit]").click(t)
	}
	submit("application/x-www-form-urlencoded")
	b.reads(t, "p", awkward)
	w.until(t, "form", func() bool { return w.sent("\r\n\r\n" + awkwardSent) })
	for _, other := range []string{"multipart/form-data", "text/plain"} {
		submit(other)
		b.reads(t, "pre", "415 Unsupported Media Type")
	}
}

// browse: each link of a listing leads to its file, whatever its name is.
func browse(t *testing.T, b *browser) {
	url := "http://" + startIn(t, "04-static", oddFolder(t)).Addr()
	b.open(t, url)
	b.find(t, "link text", "list/").click(t)
	for i, name := range oddNames {
		b.find(t, "link text", name).click(t)
		b.reads(t, "pre", oddContent(i))
		b.back(t)
	}
	b.reads(t, "h1", "Directory listing for /list/")
}

// fillInUnescaped shows what the form's test would see of a server that puts
// a name into its page as it is: a part of it has become bold.
func fillInUnescaped(t *testing.T, b *browser) {
	naive := httptest.NewServer(http.HandlerFunc(
		func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			io.WriteString(w, `<form method="post"><input name="firstname">`+
				`<input type="submit"></form><p>`+r.FormValue("firstname"))
		}))
	defer naive.Close()
	b.open(t, naive.URL)
	b.find(t, "css selector", "input[name=firstname]").keys(t, awkward)
	b.find(t, "css selector", "input[type=submit]").click(t)
	b.reads(t, "p", "a&b=c +éx")
}

// TestChromiumAlone has no driver: a page of its own sends the form, and the
// browser prints what has become of the page.
func TestChromiumAlone(t *testing.T) {
	slowClients(t)
	url := "http://" + start(t, "02-post").Addr() + "/"
	page := filepath.Join(t.TempDir(), "form.html")
	write(t, page, `<!DOCTYPE html><meta charset="utf-8">
<form method="post" action="`+url+`"><input name="firstname"></form>
<script>
document.forms[0].firstname.value = "`+awkward+`"
document.forms[0].submit()
</script>`)
	files := profile(t)
	t.Setenv("TMPDIR", files)
	got := command(t, find(t, "chromium"), append(chromiumFlags(files),
		"--dump-dom", "file://"+filepath.ToSlash(page))...)
	if got.exit != 0 || !strings.Contains(got.stdout, awkwardShown) {
		t.Errorf("exit status %d, no %q in\n%s", got.exit, awkwardShown, got.stdout)
	}
}
