package wire

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// realHarness is a tap in front of net/http's server.
func realHarness(t *testing.T) *harness {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/plain", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "hello") })
	mux.HandleFunc("/chunks", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Trailer", "X-Sum")
		for range 3 {
			io.WriteString(w, "chunk")
			w.(http.Flusher).Flush()
		}
		w.Header().Set("X-Sum", "15")
	})
	mux.HandleFunc("/echo", func(w http.ResponseWriter, r *http.Request) { io.Copy(w, r.Body) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	r := newHarness(t)
	r.tap.SetServer(server.Listener.Addr().String())
	return r
}

// A well-behaved client and a well-behaved server have no findings, and every
// message on their one connection is complete and in its exchange.
func TestNetHTTP(t *testing.T) {
	r := realHarness(t)
	transport := &http.Transport{ExpectContinueTimeout: limit, MaxConnsPerHost: 1}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport, Timeout: limit}
	for _, ask := range []struct{ method, path, body, expect string }{
		{"GET", "/plain", "", ""},
		{"HEAD", "/plain", "", ""},
		{"GET", "/chunks", "", ""},
		{"POST", "/echo", "content", ""},
		{"POST", "/echo", "content", "100-continue"},
		{"GET", "/nothing", "", ""},
	} {
		request, err := http.NewRequestWithContext(t.Context(), ask.method,
			"http://127.0.0.1:"+strings.TrimPrefix(r.tap.Addr(), "localhost:")+ask.path, strings.NewReader(ask.body))
		if err != nil {
			t.Fatal(err)
		}
		if ask.expect != "" {
			request.Header.Set("Expect", ask.expect)
		}
		answer, err := client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
	}
	transport.CloseIdleConnections()
	r.until(t, "done", isKind(Done))

	c := r.conns[1]
	var order []string
	for _, m := range c.Messages() {
		line, _, _ := strings.Cut(m.Start, " HTTP/")
		order = append(order, strings.TrimPrefix(line, "HTTP/1.1 "))
		if !m.Complete {
			t.Errorf("%s is not complete", m.Start)
		}
		for _, s := range m.Spans {
			if s.Finding != "" {
				t.Errorf("%s: %s %q: %s", m.Start, s.Kind, string(c.Bytes(m.Dir)[s.Off:s.Off+s.Len]), s.Finding)
			}
		}
	}
	want := "GET /plain, 200 OK, HEAD /plain, 200 OK, GET /chunks, 200 OK, POST /echo, 200 OK, " +
		"POST /echo, 100 Continue, 200 OK, GET /nothing, 404 Not Found"
	if got := strings.Join(order, ", "); got != want {
		t.Errorf("messages %s, want %s", got, want)
	}
	if s := c.Summary(); !strings.HasPrefix(s, "GET /plain  200  5 B  ") || !strings.HasSuffix(s, "  +5") {
		t.Errorf("summary %q", s)
	}
	if s := c.Who(); s != "Go-http-client/1.1" {
		t.Errorf("who %q", s)
	}
}

func TestCurl(t *testing.T) {
	curl, err := exec.LookPath("curl")
	if err != nil {
		t.Skip("curl is not installed: a real client is missing")
	}
	r := realHarness(t)
	out, err := exec.CommandContext(t.Context(), curl, "-s", "--noproxy", "*",
		"--max-time", "10", "http://"+r.tap.Addr()+"/plain").Output()
	if err != nil || string(out) != "hello" {
		t.Fatalf("curl: %q, %v", out, err)
	}
	e := r.until(t, "done", isKind(Done))
	c := r.conns[e.Conn]
	if !strings.HasPrefix(c.Who(), "curl/") || c.State(time.Hour) != "closed" {
		t.Errorf("%s: %s", c.Who(), c.State(time.Hour))
	}
	for _, m := range c.Messages() {
		for _, s := range m.Spans {
			if s.Finding != "" || !m.Complete {
				t.Errorf("%s: %s: %q, complete %v", m.Start, s.Kind, s.Finding, m.Complete)
			}
		}
	}
}
