package tui

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"example/wirebook/internal/course"
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/play"
	"example/wirebook/internal/session"
	"example/wirebook/internal/wire"
	"example/wirebook/lessons"
)

// A fakeSession is a server that needs no time, unless it is told to.
type fakeSession struct {
	mu      sync.Mutex
	status  session.Status
	changed chan struct{}
	starts  []course.Server
	sent    []string
	start   func(v course.Server) session.Phase // nil: it runs
	send    func(x *exchange.Exchange) *play.Transcript
	slow    time.Duration // that Start and Send take
	lacks   []course.Server
}

func newFakeSession() *fakeSession {
	return &fakeSession{changed: make(chan struct{}, 1), status: session.Status{Addr: "localhost:8000"}}
}

func (f *fakeSession) Start(ctx context.Context, step string, v course.Server) error {
	f.set(func(s *session.Status) {
		*s = session.Status{Step: step, Server: v, Phase: session.Building, Addr: s.Addr}
	})
	select {
	case <-time.After(f.slow):
	case <-ctx.Done():
		f.set(func(s *session.Status) { s.Phase = session.Stopped })
		return ctx.Err()
	}
	if slices.Contains(f.lacks, v) {
		err := &course.Unavailable{Problem: "there is no Python 3 here", Advice: "install it"}
		f.set(func(s *session.Status) { s.Phase, s.Problem = session.Failed, err.Problem })
		return err
	}
	phase := session.Running
	if f.start != nil {
		phase = f.start(v)
	}
	f.starts = append(f.starts, v)
	f.set(func(s *session.Status) {
		s.Phase = phase
		if phase == session.Failed {
			s.Problem = "it does not compile: main.go:7:2: undefined: x"
			s.Advice = "repair the line that the compiler names; it is built again when you save"
		}
	})
	return nil
}

func (f *fakeSession) Stop() error {
	f.set(func(s *session.Status) { s.Phase = session.Stopped })
	return nil
}

// end is the server ending by itself.
func (f *fakeSession) end(problem string) {
	f.set(func(s *session.Status) {
		s.Phase, s.Problem, s.Advice = session.Ended, problem, "start it again; sending an exchange does that too"
	})
}

func (f *fakeSession) Status() session.Status {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.status
}

func (f *fakeSession) Changed() <-chan struct{} { return f.changed }

func (f *fakeSession) set(change func(*session.Status)) {
	f.mu.Lock()
	change(&f.status)
	f.mu.Unlock()
	select {
	case f.changed <- struct{}{}:
	default:
	}
}

func (f *fakeSession) Send(ctx context.Context, x *exchange.Exchange) (*play.Transcript, error) {
	f.sent = append(f.sent, x.Name)
	select {
	case <-time.After(f.slow):
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if f.send != nil {
		return f.send(x), nil
	}
	return &play.Transcript{}, nil
}

// A fakeTap says what the test puts in.
type fakeTap struct {
	events chan []wire.Event
	lost   int64
}

func (f *fakeTap) Events() <-chan []wire.Event { return f.events }
func (f *fakeTap) Dropped() int64              { return f.lost }

const lessonText = `<!-- minutes: 5 -->
# A small lesson

Press a key and see the bytes.

` + "```exchange page request\n```" + `

## A request in two parts

A read returns what has come so far. That may be half a word, and a server that
does not know it fails here.

` + "```predict half\nexchange: half\nserver: notes\nask: What does the client get?\n" +
	"- the page, since a read waits for all of it :: Look at the response: it has no bytes.\n  when: status 200\n" +
	"- nothing, and the program ends :: The response has 0 bytes.\n  when: no bytes\n```" + `

Then there is more to read.

` + "```exercise line-ends\n```" + `

## The end

There is no more after this line.
`

const nextText = `<!-- minutes: 3 -->
# Another one

It is short.
`

var stepFiles = fstest.MapFS{
	"01-socket/main.go":               {Data: []byte("package main\n\nfunc main() {}\n")},
	"01-socket/www/index.html":        {Data: []byte("hello\n")},
	"01-socket/exchanges/page.txtar":  {Data: []byte("title: the page\nwhy: A browser asks with a request line, fields and an empty line.\n-- request --\nGET / HTTP/1.1\nHost: localhost:8000\n\n-- response --\nHTTP/1.1 200 OK\nContent-Length: 3\n\nYes^D\n-- close --\n")},
	"01-socket/exchanges/half.txtar":  {Data: []byte("title: half of it\nwhy: A read returns what has come so far.\n-- request.raw --\nGE^D\n-- pause 50ms --\n-- request.raw --\nT / HTTP/1.1^M\n^M\n-- response --\nHTTP/1.1 400 *\n\nbody: *\n-- close --\n")},
	"01-socket/exchanges/ends.txtar":  {Data: []byte("title: lines that end right\nwhy: Each line of a head ends in CR LF.\nexercise: line-ends\njudges: line-ends\nrule: lines of the head end in CR LF (RFC 9112, 2.2)\n-- request --\nGET / HTTP/1.1\nHost: localhost:8000\n\n-- response --\nHTTP/1.1 200 OK\nContent-Length: 3\n\nYes^D\n-- close --\n")},
	"01-socket/exchanges/alive.txtar": {Data: []byte("title: still there\nwhy: A server outlives its clients.\nexercise: survive\njudges: alive\nrule: a server answers the next client\n-- request.raw --\nG^D\n-- close --\n")},
	"01-socket/exercises.txtar": {Data: []byte("-- line-ends --\ntitle: end lines with CR LF\ntask: Each line of the head ends in one byte. HTTP ends it in two.\nlook: write the head\nnotes: E3\nminutes: 5\nhint1: Look at byte 15.\nhint2: Lines end in CR LF.\nhint3: Write \\r\\n.\n" +
		"-- survive --\ntitle: survive a client that says little\ntask: A client that sends one byte ends your server.\nlook: take the request apart\nnotes: E1\nminutes: 5\nhint1: One.\nhint2: Two.\nhint3: Three.\n")},
}

// book loads the two small lessons.
func book(t testing.TB) ([]*lessons.Lesson, map[string]*course.Step) {
	t.Helper()
	text := fstest.MapFS{"01-socket.md": {Data: []byte(lessonText)}, "02-next.md": {Data: []byte(nextText)}}
	all, err := lessons.Load(text, stepFiles)
	if err != nil {
		t.Fatal(err)
	}
	step, err := course.Load(stepFiles, "01-socket")
	if err != nil {
		t.Fatal(err)
	}
	return all, map[string]*course.Step{"01-socket": step}
}
