package main

import (
	"errors"
	"io"
	"log"
	"net"
	"os"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"

	"example/wirebook/internal/exchange"
	"example/wirebook/internal/judge"
	"example/wirebook/internal/steptest"
	"example/wirebook/steps/03-tcpserver/socketserver"
)

func TestMain(m *testing.M) {
	log.SetOutput(io.Discard) // clients that reset, for one: tests look elsewhere
	steptest.Main(m)
}

const step = "steps/03-tcpserver"

// The reference sends what the step's exchanges say, byte for byte.
func TestExchanges(t *testing.T) {
	t.Parallel()
	list := steptest.Exchanges(t, "03-tcpserver")
	if len(list) < 25 {
		t.Errorf("%d exchanges, want 25 or more", len(list))
	}
	server := steptest.Start(t, steptest.Build(t, step), "www")
	steptest.ReplayExact(t, server.Addr(), list)
}

// The exchanges tell right from wrong: the notes' server fails these.
func TestExchangesTellApart(t *testing.T) {
	program := steptest.Build(t, step+"/testdata/skeleton")
	server := steptest.Start(t, program, "www")
	flawed := []string{"page", "picture", "head", "form", "body-late", "plus",
		"ampersand", "equals", "same-name-twice", "script-tag", "no-length", "chunked",
		"multipart", "post-picture", "put", "not-found", "one-word", "expect"}
	for _, x := range steptest.Exchanges(t, "03-tcpserver") {
		if !slices.Contains(flawed, x.Name) {
			continue
		}
		flawed = slices.DeleteFunc(flawed, func(name string) bool {
			return name == x.Name
		})
		got, err := steptest.Player(server.Addr()).Play(t.Context(), x)
		if err != nil {
			t.Fatal(err)
		}
		if judge.Exact(x, got) == nil {
			t.Errorf("the notes' server passes %s", x.ID())
		}
	}
	if len(flawed) > 0 {
		t.Errorf("no such exchanges: %v", flawed)
	}
}

// SIGTERM ends the server, also while it serves a client, and it counts as success.
func TestStops(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no signal that asks a program to end")
	}
	server := steptest.Start(t, steptest.Build(t, step), "www")
	silent, err := net.Dial("tcp", server.Addr())
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	if err := fetch(server.Addr()); err != nil {
		t.Fatal(err)
	}
	process, err := os.FindProcess(server.Pid())
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case <-server.Done():
	case <-time.After(2 * readTimeout):
		t.Fatal("it goes on after SIGTERM")
	}
	if exit := server.Exit(); exit.Status != "exit 0" {
		t.Errorf("it ended with %s, want exit 0", exit)
	}
}

// leftBehind names the exchanges of earlier steps that no longer hold, and why.
var leftBehind = map[string]string{
	"01/post": "step 01 allows no POST",
}

// On its files, the server can do whatever an earlier step's can.
func TestEarlierStepsStillHold(t *testing.T) {
	t.Parallel()
	program := steptest.Build(t, step)
	for _, earlier := range []string{"01-socket", "02-post"} {
		list := steptest.Exchanges(t, earlier)
		list = slices.DeleteFunc(list, func(x *exchange.Exchange) bool {
			return leftBehind[x.ID()] != ""
		})
		server := steptest.Start(t, program, "../"+earlier+"/www")
		t.Run(earlier, func(t *testing.T) {
			steptest.ReplayExact(t, server.Addr(), list)
		})
	}
}

func TestNewHandler(t *testing.T) {
	for name, ok := range map[string]bool{
		"site": true, "test": true, "": false, "cgi": false,
	} {
		if _, err := newHandler(name, "www"); (err == nil) != ok {
			t.Errorf("newHandler(%q): %v", name, err)
		}
	}
	if _, err := newHandler("site", "no such folder"); err == nil {
		t.Error("a site was loaded from nowhere")
	}
}

// start runs a threading server in this process until the test ends.
func start(t *testing.T, h socketserver.Handler) (addr string) {
	t.Helper()
	s, err := socketserver.NewTCPServer("127.0.0.1:0", h)
	if err != nil {
		t.Fatal(err)
	}
	s.Threading = true
	done := make(chan error, 1)
	go func() { done <- s.ServeForever() }()
	t.Cleanup(func() {
		if err := errors.Join(s.Close(), <-done); err != nil {
			t.Error(err)
		}
	})
	return s.ServerAddress()
}

// With -plain one client is served at a time: the second waits for the first,
// and is answered when that has gone.
func TestPlain(t *testing.T) {
	server := steptest.Start(t, steptest.Build(t, step), "www", "-plain")
	var conns []net.Conn
	for range 2 {
		c, err := net.Dial("tcp", server.Addr())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		conns = append(conns, c)
	}
	io.WriteString(conns[1], ask)
	conns[1].SetReadDeadline(time.Now().Add(300 * time.Millisecond))
	if n, err := conns[1].Read(make([]byte, 1)); n > 0 || !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("beside the first client it got %d bytes, %v", n, err)
	}
	conns[0].Close()
	conns[1].SetReadDeadline(time.Now().Add(10 * time.Second))
	got, err := io.ReadAll(conns[1])
	if err != nil || len(got) == 0 {
		t.Errorf("after the first client it got %d bytes, %v", len(got), err)
	}
}
