package httpserver

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example/wirebook/steps/03-tcpserver/socketserver"
)

// Shutdown lets an answer under way end, and takes no new client.
func TestShutdown(t *testing.T) {
	begun, goOn := make(chan bool), make(chan bool)
	s, err := NewHTTPServer("127.0.0.1:0", handlerFunc(
		func(w *ResponseWriter, r *Request) {
			close(begun)
			<-goOn
			w.SendResponse(200, "")
			w.EndHeaders()
			w.WriteString("all of it")
		}))
	must(t, err)
	ended := make(chan error, 1)
	go func() { ended <- s.ServeForever() }()
	nc := dial(t, s.ServerAddress())
	send(t, nc, getHello)
	<-begun

	// While somebody is served, it waits as long as it may.
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := s.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Shutdown: %v", err)
	}
	close(goOn)
	must(t, s.Shutdown(t.Context()))
	must(t, <-ended)
	if answer, err := io.ReadAll(nc); err != nil ||
		!strings.HasSuffix(string(answer), "all of it") {
		t.Errorf("got %q, %v", answer, err)
	}
}

// A new server has the limits that its documentation states.
func TestDefaults(t *testing.T) {
	s, err := NewHTTPServer("127.0.0.1:0", nil)
	must(t, err)
	defer s.Close()
	got := fmt.Sprintln(s.Protocol, s.Log, s.Threading, s.MaxConns,
		s.HeadTimeout, s.BodyTimeout, s.WriteTimeout)
	if got != "HTTP/1.0 <nil> true 1024 15s 30s 30s\n" {
		t.Errorf("got %q", got)
	}
}

func TestServerName(t *testing.T) {
	for _, c := range []struct {
		addr, name string
		port       int
	}{
		{"127.0.0.1:8000", "localhost", 8000},
		{"[::1]:80", "localhost", 80},
		{"0.0.0.0:8000", "0.0.0.0", 8000},
		{"192.0.2.1:1", "192.0.2.1", 1},
	} {
		if name, port := nameOf(c.addr); name != c.name || port != c.port {
			t.Errorf("%s: got %s, %d", c.addr, name, port)
		}
	}
}

// The files may change while the server runs.
func TestEditedFile(t *testing.T) {
	dir := helloDir(t)
	addr := siteServer(t, fileHandler(t, dir), nil)
	for _, text := range []string{"old\n", "new\n", ""} {
		must(t, os.WriteFile(dir+"/hello.txt", []byte(text), 0o644))
		answer := ask(t, addr, getHello)
		if !strings.HasSuffix(answer, "\r\n\r\n"+text) {
			t.Errorf("got %q, want %q", answer, text)
		}
	}
	must(t, os.Remove(dir+"/hello.txt"))
	if answer := ask(t, addr, getHello); status(answer) != "404" {
		t.Errorf("removed: got %q", answer)
	}
}

// A file's date is sent in seconds: a client that sends it back has the file,
// whatever parts of a second the file system knows.
func TestModifiedWithinASecond(t *testing.T) {
	dir := helloDir(t)
	modified := siteTime.Add(700 * time.Millisecond)
	must(t, os.Chtimes(dir+"/hello.txt", modified, modified))
	addr := siteServer(t, fileHandler(t, dir), nil)
	last := field(ask(t, addr, getHello), "Last-Modified")
	answer := ask(t, addr, "GET /hello.txt HTTP/1.0\r\n"+
		"If-Modified-Since: "+last+"\r\n\r\n")
	if status(answer) != "304" {
		t.Errorf("%s: got %q", last, answer)
	}
	// An entity tag decides alone, and this server has none.
	answer = ask(t, addr, "GET /hello.txt HTTP/1.0\r\n"+
		"If-None-Match: \"x\"\r\nIf-Modified-Since: "+last+"\r\n\r\n")
	if status(answer) != "200" {
		t.Errorf("with If-None-Match: got %q", answer)
	}
}

// Names are sorted without regard to case, and by their bytes where nothing
// else tells them apart: not in the order of the file system.
func TestListingOrder(t *testing.T) {
	dir := t.TempDir()
	names := strings.Fields("A1 a1 AA Aa aA aa B b BB Bb bB bb Z z")
	for _, name := range names {
		must(t, os.WriteFile(filepath.Join(dir, name), nil, 0o644))
	}
	if found, _ := os.ReadDir(dir); len(found) != len(names) {
		t.Skip("this file system does not tell A from a")
	}
	addr := siteServer(t, fileHandler(t, dir), nil)
	answer := ask(t, addr, "GET / HTTP/1.0\r\n\r\n")
	var got []string
	for _, link := range strings.Split(answer, `<a href="`)[1:] {
		name, _, _ := strings.Cut(link, `"`)
		got = append(got, name)
	}
	if !slices.Equal(got, names) {
		t.Errorf("got %q, want %q", got, names)
	}
}

// Writes beyond the buffer arrive whole and in order.
func TestLargeWrites(t *testing.T) {
	const buffer = 32 << 10
	sizes := []int{0, 1, buffer - 1, buffer, buffer + 1, 3 * buffer, 1, 100,
		buffer}
	addr := siteServer(t, handlerFunc(func(w *ResponseWriter, r *Request) {
		w.SendResponse(200, "")
		w.EndHeaders()
		for i, size := range sizes {
			p := strings.Repeat(string(rune('a'+i)), size)
			if n, err := w.Write([]byte(p)); n != size || err != nil {
				t.Errorf("wrote %d of %d: %v", n, size, err)
			}
		}
	}), nil)
	var due strings.Builder
	for i, size := range sizes {
		due.WriteString(strings.Repeat(string(rune('a'+i)), size))
	}
	_, body, _ := strings.Cut(ask(t, addr, getHello), "\r\n\r\n")
	if body != due.String() {
		t.Errorf("%d bytes, want %d", len(body), due.Len())
	}
}

// A small answer leaves in one write, whatever it is made of. In two, the
// second could wait for the client's TCP to confirm the first.
func TestOneWrite(t *testing.T) {
	dir := helloDir(t)
	must(t, os.Mkdir(dir+"/list", 0o755))
	h := fileHandler(t, dir)
	for _, target := range []string{"/hello.txt", "/list", "/list/", "/none"} {
		s := &HTTPServer{Protocol: "HTTP/1.0", handler: h}
		client := &fakeConn{in: *bytes.NewReader(
			[]byte("GET " + target + " HTTP/1.0\r\n\r\n"))}
		must(t, s.serveConn(&socketserver.Request{Conn: client}))
		if client.writes != 1 {
			t.Errorf("%s: %d writes", target, client.writes)
		}
	}
}

// A flushed part arrives before the handler has ended.
func TestFlush(t *testing.T) {
	goOn := make(chan bool)
	addr := siteServer(t, handlerFunc(func(w *ResponseWriter, r *Request) {
		w.SendResponse(200, "")
		w.EndHeaders()
		if err := w.Flush(); err != nil {
			t.Errorf("Flush: %v", err)
		}
		<-goOn
	}), nil)
	nc := dial(t, addr)
	send(t, nc, getHello)
	if n, err := nc.Read(make([]byte, 1)); n != 1 {
		t.Error(err)
	}
	close(goOn)
}

// SendError has the page of any code, and a page that no text can break.
func TestSendError(t *testing.T) {
	for _, c := range []struct {
		code             int
		message, explain string
		line, contains   string
	}{
		{404, "", "", "404 Not Found", "<p>Message: Not Found.</p>"},
		{404, "<b>", "&", "404 <b>", "Message: &lt;b&gt;.</p>"},
		{404, "<b>", "&", "404 <b>", "explanation: 404 - &amp;.</p>"},
		{404, "\xe9\x1b\r\n", "", `404 \xe9\x1b\r\n`,
			`Message: \xe9\x1b\r\n.</p>`},
		{404, `a\b"c"`, "", `404 a\\b"c"`, `Message: a\\b"c".</p>`},
		{499, "", "", "499 ???", "Message: ???.</p>"},
	} {
		addr := siteServer(t, handlerFunc(
			func(w *ResponseWriter, r *Request) {
				w.SendError(c.code, c.message, c.explain)
			}), nil)
		answer := ask(t, addr, getHello)
		_, body, _ := strings.Cut(answer, "\r\n\r\n")
		if !strings.HasPrefix(answer, "HTTP/1.0 "+c.line+"\r\n") ||
			!strings.Contains(body, c.contains) {
			t.Errorf("%d %q: got %q", c.code, c.message, answer)
		}
	}
}
