package httpserver

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"
)

func speak11(s *HTTPServer) { s.Protocol = "HTTP/1.1" }

// TestKeepAlive sends a request, then one for the file /next on the same
// connection, and counts the answers.
func TestKeepAlive(t *testing.T) {
	dir := helloDir(t)
	must(t, os.WriteFile(dir+"/next", []byte("next\n"), 0o644))
	addr := siteServer(t, fileHandler(t, dir), speak11)
	const get = "GET /hello.txt HTTP/1.1\r\n"
	most := strings.Repeat("x", 256<<10)
	for _, c := range []struct {
		name, first string
		kept        bool
	}{
		{"HTTP/1.1", get + "\r\n", true},
		{"HTTP/1.2", "GET /hello.txt HTTP/1.2\r\n\r\n", true},
		{"HTTP/1.0", "GET /hello.txt HTTP/1.0\r\n\r\n", false},
		{"HTTP/0.9", "GET /hello.txt\r\nConnection: keep-alive\r\n\r\n", false},
		{"close", get + "Connection: close\r\n\r\n", false},
		{"Close", get + "connection: Close\r\n\r\n", false},
		{"HTTP/1.0, keep-alive", "GET /hello.txt HTTP/1.0\r\n" +
			"Connection: Keep-Alive\r\n\r\n", true},
		{"HEAD", "HEAD /hello.txt HTTP/1.1\r\n\r\n", true},
		{"304", get + "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT" +
			"\r\n\r\n", true},
		{"an error", "GET /none HTTP/1.1\r\n\r\n", false},
		{"content", get + "Content-Length: 5\r\n\r\nwords", true},
		{"content that looks like a request", get +
			"Content-Length: 29\r\n\r\n" +
			"GET /next HTTP/1.1\r\nX: 12\r\n\r\n", true},
		{"much content", get + "Content-Length: 262144\r\n\r\n" + most, true},
		{"too much content", get + "Content-Length: 262145\r\n\r\nx" + most,
			false},
		{"two equal lengths", get + "Content-Length: 1\r\n" +
			"Content-Length: 1\r\n\r\nx", true},
		// Where two readers could disagree, nothing may follow.
		{"two lengths", get + "Content-Length: 1\r\n" +
			"Content-Length: 2\r\n\r\nxx", false},
		{"a list of lengths", get + "Content-Length: 1, 1\r\n\r\nx", false},
		{"a signed length", get + "Content-Length: +1\r\n\r\nx", false},
		{"a negative length", get + "Content-Length: -1\r\n\r\n", false},
		{"a length that is too large", get +
			"Content-Length: 99999999999999999999\r\n\r\n", false},
		{"an empty length", get + "Content-Length:\r\n\r\n", false},
		{"chunked", get + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", false},
		{"chunked and a length", get + "Transfer-Encoding: chunked\r\n" +
			"Content-Length: 5\r\n\r\n0\r\n\r\n", false},
		{"a line that is no field", get + "Bad line\r\n" +
			"Content-Length: 5\r\n\r\nwords", false},
		{"a space before the colon", get + "Content-Length : 5\r\n\r\n" +
			"words", false},
		{"a folded length", get + "Content-Length: 1\r\n 2\r\n\r\n" +
			"words", false},
		{"folded from nothing", get[:len(get)-2] + "\r\n" +
			" Content-Length: 5\r\n\r\nwords", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			nc := dial(t, addr)
			go io.WriteString(nc, c.first+
				"GET /next HTTP/1.1\r\nConnection: close\r\n\r\n")
			got, err := io.ReadAll(nc)
			if err != nil {
				t.Fatal(err)
			}
			answers := strings.Count(string(got), "Server: ")
			if strings.HasSuffix(string(got), "next\n") != c.kept ||
				c.kept && answers != 2 || !c.kept && answers > 1 {
				t.Errorf("%d answers, kept should be %v: %v",
					answers, c.kept, fold(got))
			}
		})
	}
}

// A client of HTTP/1.0 that asks to go on waits for the end of the connection
// unless it is told that it may.
func TestKeepAliveIsConfirmed(t *testing.T) {
	addr := siteServer(t, fileHandler(t, helloDir(t)), speak11)
	for _, c := range []struct {
		name, request string
		want          bool
	}{
		{"HTTP/1.0 asks", "GET /hello.txt HTTP/1.0\r\n" +
			"Connection: keep-alive\r\n\r\n", true},
		{"HTTP/1.0 does not", "GET /hello.txt HTTP/1.0\r\n\r\n", false},
		{"HTTP/1.1 need not", "GET /hello.txt HTTP/1.1\r\n\r\n", false},
		{"an error closes", "GET /none HTTP/1.0\r\n" +
			"Connection: keep-alive\r\n\r\n", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			nc := dial(t, addr)
			io.WriteString(nc, c.request)
			nc.CloseWrite()
			got, err := io.ReadAll(nc)
			if err != nil {
				t.Fatal(err)
			}
			told := strings.Contains(string(got), "Connection: keep-alive\r\n")
			if told != c.want {
				t.Errorf("told %v, want %v: %v", told, c.want, fold(got))
			}
		})
	}
}

// Content of unknown length ends with its connection.
func TestNoLength(t *testing.T) {
	addr := siteServer(t, handlerFunc(func(w *ResponseWriter, r *Request) {
		w.SendResponse(200, "")
		w.EndHeaders()
		w.WriteString("no length")
	}), speak11)
	answer := ask(t, addr, strings.Repeat("GET / HTTP/1.1\r\n\r\n", 2))
	if strings.Count(answer, "no length") != 1 {
		t.Errorf("got %q", answer)
	}
}

// A 204 has no content, and needs no length to be followed by another response.
func TestNoContent(t *testing.T) {
	addr := siteServer(t, handlerFunc(func(w *ResponseWriter, r *Request) {
		w.SendResponse(204, "")
		w.EndHeaders()
	}), speak11)
	answer := ask(t, addr, "GET / HTTP/1.1\r\n\r\n"+
		"GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
	if strings.Count(answer, "HTTP/1.1 204 No Content\r\n") != 2 {
		t.Errorf("got %q", answer)
	}
}

// A server of HTTP/1.0 closes, whatever the client would like.
func TestNoKeepAlive(t *testing.T) {
	addr := helloServer(t, nil)
	answer := ask(t, addr, "GET /hello.txt HTTP/1.1\r\n"+
		"Connection: keep-alive\r\n\r\n"+getHello)
	if strings.Count(answer, "Hello\n") != 1 {
		t.Errorf("got %q", answer)
	}
}

// A connection that is kept and not used is closed without a word.
func TestIdleConnection(t *testing.T) {
	addr := helloServer(t, func(s *HTTPServer) {
		s.Protocol = "HTTP/1.1"
		s.HeadTimeout = 200 * time.Millisecond
	})
	answer := ask(t, addr, "GET /hello.txt HTTP/1.1\r\n\r\n")
	if strings.Count(answer, "HTTP/1.1 ") != 1 {
		t.Errorf("got %q", answer)
	}
}

// Content arrives at the handler by its length, however it is cut.
func TestBody(t *testing.T) {
	got := make(chan string, 1)
	addr := siteServer(t, handlerFunc(func(w *ResponseWriter, r *Request) {
		content, err := io.ReadAll(r.Body)
		got <- fmt.Sprint(r.Length, " ", string(content), " ", err)
		w.SendResponse(204, "")
		w.EndHeaders()
	}), nil)
	for _, c := range []struct {
		parts []string
		due   string
	}{
		{[]string{"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nwords"},
			"5 words <nil>"},
		{[]string{"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\n", "wo", "rds"},
			"5 words <nil>"},
		{[]string{"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nwords, words"},
			"5 words <nil>"},
		{[]string{"POST / HTTP/1.1\r\n\r\nwords"}, "0  <nil>"},
		{[]string{"POST / HTTP/1.1\r\nContent-Length: five\r\n\r\nwords"},
			"-1  <nil>"},
	} {
		nc := dial(t, addr)
		for _, part := range c.parts {
			send(t, nc, part)
			time.Sleep(5 * time.Millisecond) // makes it an arrival of its own
		}
		if content := <-got; content != c.due {
			t.Errorf("%q: got %q, want %q", c.parts, content, c.due)
		}
		if line, _ := bufio.NewReader(nc).ReadString('\n'); line !=
			"HTTP/1.0 204 No Content\r\n" {
			t.Errorf("%q: got %q", c.parts, line)
		}
	}
	nc := dial(t, addr)
	send(t, nc, "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nwor")
	nc.CloseWrite()
	if content := <-got; content != "5 wor unexpected EOF" {
		t.Errorf("got %q", content)
	}
}

// Content that the handler leaves, and that does not come, ends the connection:
// what follows it is no request.
func TestUnreadBodyTimeout(t *testing.T) {
	addr := helloServer(t, func(s *HTTPServer) {
		s.Protocol, s.BodyTimeout = "HTTP/1.1", 50*time.Millisecond
	})
	answer := ask(t, addr, "GET /hello.txt HTTP/1.1\r\n"+
		"Content-Length: 5\r\n\r\nwor")
	if strings.Count(answer, "HTTP/1.1 ") != 1 {
		t.Errorf("got %q", answer)
	}
}

// A client of HTTP/1.1 that waits for a 100 gets it before it sends content;
// one of HTTP/1.0 gets none.
func TestContinue(t *testing.T) {
	addr := siteServer(t, handlerFunc(func(w *ResponseWriter, r *Request) {
		content, _ := io.ReadAll(r.Body)
		w.SendResponse(200, string(content))
		w.EndHeaders()
	}), speak11)
	for _, c := range []struct{ version, first string }{
		{"HTTP/1.1", "HTTP/1.1 100 Continue\r\n"},
		{"HTTP/1.0", "HTTP/1.1 200 words\r\n"},
	} {
		nc := dial(t, addr)
		in := bufio.NewReader(nc)
		send(t, nc, "POST / "+c.version+"\r\nContent-Length: 5\r\n"+
			"Expect: 100-Continue\r\n\r\n")
		if c.version == "HTTP/1.0" {
			send(t, nc, "words")
		}
		if line, err := in.ReadString('\n'); line != c.first {
			t.Errorf("%s: got %q, %v", c.version, line, err)
		}
		if c.version == "HTTP/1.1" {
			send(t, nc, "words")
			rest, err := io.ReadAll(in)
			if !strings.HasPrefix(string(rest),
				"\r\nHTTP/1.1 200 words\r\n") {
				t.Errorf("got %q, %v", rest, err)
			}
		}
	}
}

// Content that does not come is not waited for without end.
func TestBodyTimeout(t *testing.T) {
	failed := make(chan error, 1)
	addr := siteServer(t, handlerFunc(func(w *ResponseWriter, r *Request) {
		_, err := io.ReadAll(r.Body)
		failed <- err
	}), func(s *HTTPServer) { s.BodyTimeout = 50 * time.Millisecond })
	send(t, dial(t, addr), "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nwor")
	select {
	case err := <-failed:
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Error("the server still waits")
	}
}
