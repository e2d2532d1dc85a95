package main

import (
	"bufio"
	"io"
	"net"
	"slices"
	"testing"
	"time"

	"example/wirebook/internal/exchange"
	"example/wirebook/internal/steptest"
)

func TestMain(m *testing.M) { steptest.Main(m) }

const step = "steps/02-post"

// TestExchanges replays every exchange of the step, byte for byte, against the
// reference: a lesson shows nothing that this server does not send.
func TestExchanges(t *testing.T) {
	list := steptest.Exchanges(t, "02-post")
	if len(list) < 25 {
		t.Errorf("%d exchanges, want 25 or more", len(list))
	}
	server := steptest.Start(t, steptest.Build(t, step), "www")
	steptest.ReplayExact(t, server.Addr(), list)
}

// TestSlowClients: the head has five seconds, all of it together, and then the
// body has five of its own. A client that drips bytes without end is told when
// they are over; one that sends nothing is only hung up on.
func TestSlowClients(t *testing.T) {
	t.Parallel()
	const limit = 5 * time.Second
	const post = "POST / HTTP/1.1\r\nHost: h\r\n" +
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
	endless := slices.Repeat([]string{"x"}, 200)
	server := steptest.Start(t, steptest.Build(t, step), "www")
	for name, tc := range map[string]struct {
		every time.Duration
		parts []string
		line  string
		after time.Duration
	}{
		"head":    {limit / 50, endless, "HTTP/1.1 408 Request Timeout\r\n", limit},
		"body":    {limit / 50, append([]string{post + "1000\r\n\r\n"}, endless...), "HTTP/1.1 408 Request Timeout\r\n", limit},
		"nothing": {limit, nil, "", limit},
		"in time": {limit * 6 / 10, []string{post, "3\r\n\r\n", "a=b"}, "HTTP/1.1 200 OK\r\n", limit * 12 / 10},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn, err := net.Dial("tcp", server.Addr())
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			began := time.Now()
			go func() {
				tick := time.NewTicker(tc.every)
				defer tick.Stop()
				for _, part := range tc.parts {
					if _, err := io.WriteString(conn, part); err != nil {
						return
					}
					<-tick.C
				}
			}()
			conn.SetReadDeadline(began.Add(3 * limit))
			line, err := bufio.NewReader(conn).ReadString('\n')
			if line != tc.line || line == "" && err != io.EOF {
				t.Errorf("got %q, %v", line, err)
			}
			if took := time.Since(began); took < tc.after-time.Second || took > 2*limit {
				t.Errorf("answered after %v, want about %v", took, tc.after)
			}
		})
	}
}

// TestExpectWithBody: a client that sends its body along with the head does not
// wait for a 100 Continue, and gets none.
func TestExpectWithBody(t *testing.T) {
	server := steptest.Start(t, steptest.Build(t, step), "www")
	conn, err := net.Dial("tcp", server.Addr())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(10 * time.Second))
	io.WriteString(conn, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\n"+
		"Expect: 100-continue\r\n\r\na=b")
	line, err := bufio.NewReader(conn).ReadString('\n')
	if line != "HTTP/1.1 200 OK\r\n" {
		t.Errorf("got %q, %v", line, err)
	}
}

// leftBehind names the exchanges of step 01 that no longer hold, and why.
var leftBehind = map[string]string{
	"post": "step 01 allows no POST",
}

// TestStep01StillHolds replays step 01's exchanges on step 01's files: this
// server can do more, and must not do less.
func TestStep01StillHolds(t *testing.T) {
	server := steptest.Start(t, steptest.Build(t, step), "../01-socket/www")
	list := steptest.Exchanges(t, "01-socket")
	list = slices.DeleteFunc(list, func(x *exchange.Exchange) bool { return leftBehind[x.Name] != "" })
	steptest.ReplayExact(t, server.Addr(), list)
}
