package plain

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example/wirebook/internal/check"
	"example/wirebook/internal/course"
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/judge"
	"example/wirebook/internal/play"
	"example/wirebook/internal/progress"
	"example/wirebook/internal/session"
	"example/wirebook/internal/wire"
	"example/wirebook/internal/wire/message"
	"example/wirebook/lessons"
	"example/wirebook/steps"
)

// A fake is a session whose servers answer each exchange with one line.
type fake struct {
	status  session.Status
	starts  []string
	sent    []string
	dies    bool
	refuses error
	got     string // what the servers answer; "" is a page of one line
}

func (f *fake) Start(_ context.Context, step string, s course.Server) error {
	f.starts = append(f.starts, step+" "+s.String())
	f.status.Step, f.status.Server, f.status.Phase = step, s, session.Running
	return f.refuses
}

func (f *fake) Status() session.Status { return f.status }

func (f *fake) Send(_ context.Context, x *exchange.Exchange) (*play.Transcript, error) {
	f.sent = append(f.sent, x.ID()+" to "+f.status.Server.String())
	turn := play.Turn{Sent: []byte("GET / HTTP/1.1\r\n\r\n"), Got: []byte("HTTP/1.1 200 OK\r\n\r\nhi\x1b[31m\n"), End: play.Closed, Took: time.Millisecond}
	if f.got != "" {
		turn.Got = []byte(f.got)
	}
	if f.dies {
		turn.Got = nil
		f.status.Phase, f.status.Problem = session.Ended, "the notes' server ended (exit 2)"
	}
	return &play.Transcript{Turns: []play.Turn{turn}}, nil
}

// A harness types lines into a workbook and keeps what it prints.
type harness struct {
	*fake
	t      *testing.T
	o      Options
	out    strings.Builder
	events chan []wire.Event
}

func newHarness(t *testing.T) *harness {
	t.Helper()
	all, err := lessons.Load(lessons.FS, steps.FS)
	if err != nil {
		t.Fatal(err)
	}
	h := &harness{t: t, fake: &fake{}, events: make(chan []wire.Event)}
	h.status.Addr = "localhost:8002"
	h.o = Options{
		Lessons: all, Start: "01-socket", Root: t.TempDir(), Command: "go run .",
		Session: h.fake, Events: h.events,
		Store: progress.NewStore(filepath.Join(t.TempDir(), "progress.json")),
		Step: func(name string) *course.Step {
			s, err := course.Load(steps.FS, name)
			if err != nil {
				return nil
			}
			return s
		},
		Check:  func(context.Context, string) ([]check.Result, error) { return nil, errors.New("no check") },
		Advise: func(err error) string { return "It went wrong: " + err.Error() + "." },
		Out:    &h.out,
	}
	t.Cleanup(func() { close(h.events) })
	return h
}

// types runs a workbook that is given these lines, and returns what it printed
// after the last of them.
func (h *harness) types(lines ...string) string {
	h.t.Helper()
	h.out.Reset()
	last := 0
	h.o.Ask = func(prompt string) (string, bool) {
		fmt.Fprint(&h.out, prompt)
		if len(lines) == 0 {
			return "", false
		}
		line := lines[0]
		lines = lines[1:]
		last = h.out.Len()
		fmt.Fprintln(&h.out, line)
		return line, true
	}
	h.o.Store = progress.NewStore(h.o.Store.Path()) // each run is a new program
	Run(h.t.Context(), h.o)
	if i := strings.IndexFunc(h.out.String(), func(r rune) bool { return r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 }); i >= 0 {
		h.t.Errorf("a control character at %q", h.out.String()[max(i-40, 0):i+1])
	}
	return h.out.String()[last:]
}

func (h *harness) want(got string, parts ...string) {
	h.t.Helper()
	for _, part := range parts {
		if !strings.Contains(strings.Join(strings.Fields(got), " "), part) {
			h.t.Errorf("no %q in\n%s", part, got)
		}
	}
}

// question is the first question of a lesson: what must be typed to come there.
func (h *harness) question(step string) (block int, q *lessons.Question) {
	for _, l := range h.o.Lessons {
		for i, b := range l.Blocks {
			if l.Step == step && b.Question != nil {
				return i, b.Question
			}
		}
	}
	h.t.Fatal("no question")
	return 0, nil
}

// at opens the lesson at a block.
func (h *harness) at(step string, block int) {
	store := progress.NewStore(h.o.Store.Path())
	p, _, _ := store.Load()
	p.Of(step).Block = block
	if err := store.Save(1, p); err != nil {
		h.t.Fatal(err)
	}
}

// The address is the real one, the first exchange is sent by enter, and what
// came is shown as text.
func TestSend(t *testing.T) {
	h := newHarness(t)
	got := h.types("")
	h.want(h.out.String(), "http://localhost:8002", "Enter sends it to the", "Exchange \"")
	h.want(got, "18 bytes sent. 27 bytes came back in 1.0 ms; closed: HTTP/1.1 200 OK␍␊ ␍␊ hi␛[31m␊")
	if len(h.sent) != 1 || h.sent[0] != "01/page to reference" && h.sent[0] != "01/page to notes" {
		t.Errorf("sent %q", h.sent)
	}
	if strings.Contains(strings.ReplaceAll(h.out.String(), "Host: localhost:8000", ""), "localhost:8000") {
		t.Error("the written address is shown")
	}
	// The same exchange is not sent by enter again; send does it.
	if h.types(""); len(h.sent) != 1 {
		t.Errorf("sent again: %q", h.sent)
	}
	h.at("01-socket", 2)
	h.types("send reference", "quit", "send")
	if n := len(h.sent); n != 2 || h.sent[1] != "01/page to reference" {
		t.Errorf("sent %q", h.sent)
	}
}

// A question is asked before anything is sent, its answer sends, and the wire
// decides; the answer is remembered.
func TestAnswer(t *testing.T) {
	h := newHarness(t)
	block, q := h.question("01-socket")
	h.at("01-socket", block)
	got := h.types("9")
	h.want(h.out.String(), "Question: "+q.Ask, "Type the number of your answer, or enter to read on without one:")
	h.want(got, "The answers are 1 to")
	h.want(h.types("send"), "Answer first")
	if len(h.sent) > 0 {
		t.Fatalf("sent before the answer: %q", h.sent)
	}
	got = h.types("1")
	h.want(got, "You said: "+q.Options[0].Text+".", "The wire ")
	if len(h.sent) != 1 {
		t.Errorf("sent %q", h.sent)
	}
	h.want(h.types("2"), "You have answered")
	p, _, _ := h.o.Store.Load()
	if l := p.Of("01-socket"); l.Answers[q.Name] != 0 || !l.Sent[q.Exchange.ID()] || len(l.Decided) != 1 {
		t.Errorf("remembered %+v", l)
	}
}

// Reading on without an answer shows what was hidden, and is remembered.
func TestPassOver(t *testing.T) {
	h := newHarness(t)
	block, q := h.question("01-socket")
	h.at("01-socket", block)
	h.types("")
	p, _, _ := h.o.Store.Load()
	if l := p.Of("01-socket"); !l.ReadOn[q.Name] || len(l.Answers) > 0 || l.Block <= block {
		t.Errorf("remembered %+v", l)
	}
	h.types("on")
	h.o.Store = progress.NewStore(filepath.Join(h.t.TempDir(), "another.json"))
	h.at("01-socket", block)
	h.types("on")
	p, _, _ = h.o.Store.Load()
	if l := p.Of("01-socket"); !l.ReadOn[q.Name] || l.Block <= block {
		t.Errorf("on: remembered %+v", l)
	}
	if len(h.sent) > 0 {
		t.Errorf("sent %q", h.sent)
	}
}

// Your server is built again for each exchange, and what it answers decides no
// question about another one. A long answer is cut.
func TestSendToYours(t *testing.T) {
	h := newHarness(t)
	h.got = "HTTP/1.1 200 OK\r\n\r\n" + strings.Repeat("line\n", 30)
	block, _ := h.question("01-socket")
	h.at("01-socket", block)
	got := h.types("send yours")
	h.want(got, "line␊ … and 8 lines more")
	if strings.Contains(got, "The wire") || strings.Contains(got, "none of the answers") {
		t.Errorf("yours decides:\n%s", got)
	}
	if h.types("send yours"); len(h.starts) != 2 {
		t.Errorf("started %q", h.starts)
	}
}

// A place that a lesson no longer has is its end.
func TestPlacePastTheEnd(t *testing.T) {
	h := newHarness(t)
	h.at("01-socket", 9999)
	h.types("help")
	h.want(h.out.String(), "That was the end of this lesson.")
}

// A server that ends is said to have ended.
func TestServerEnds(t *testing.T) {
	h := newHarness(t)
	h.dies = true
	h.want(h.types(""), "Nothing came back in 1.0 ms; closed.", "The notes' server ended (exit 2).")
	// Sending starts that server again: there is no need to start it first.
	before := len(h.starts)
	if h.types("send"); len(h.starts) != before {
		t.Errorf("started %q", h.starts)
	}
	h.refuses = errors.New("no Go here")
	h.status.Phase = session.Failed
	h.want(h.types("send"), "It went wrong: no Go here.")
}

// results are a check's: the first n exercises pass, the next one fails.
func results(s *course.Step, n int) []check.Result {
	var all []check.Result
	for i := range s.Exercises {
		r := check.Result{Exercise: &s.Exercises[i]}
		switch {
		case i < n:
			r.Verdict = check.Pass
		case i == n:
			r.Verdict = check.Fail
			r.Failure = &judge.Failure{Exchange: "01/page", Saw: "it saw this", Sent: []byte("GET"), At: -1, Rule: "the rule", Look: "write the head"}
		}
		all = append(all, r)
	}
	return all
}

// At an exercise enter checks; a failure is told with its bytes, a hint opens
// after it, a pass says why it is right and enter goes on.
func TestExercise(t *testing.T) {
	h := newHarness(t)
	step := h.o.Step("01-socket")
	passed := 0
	h.o.Check = func(context.Context, string) ([]check.Result, error) { return results(step, passed), nil }
	first := step.Exercises[0]
	h.want(h.types("exercise", "hint"), "Try first")
	h.want(h.out.String(), "Exercise 1 of", first.Title, "Enter checks your server")
	got := h.types("exercise", "", "hint")
	h.want(h.out.String(), fmt.Sprintf("0 of %d exercises pass.", len(step.Exercises)), "Exercise "+first.Name+" fails.", "it saw this", "rule the rule", "look write the head", "again go run . send 01/page")
	h.want(got, "Hint")
	h.want(h.types("exercise", "", "hint", "hint", "hint", "hint"), "That was the last hint.")
	passed = 1
	h.want(h.types("exercise", "check"), "Exercise "+first.Name+" passes.", first.Exchanges[0].Why)
	p, _, _ := h.o.Store.Load()
	if got := p.Of("01-socket").Passed; !slices.Equal(got, []string{first.Name}) {
		t.Errorf("remembered %q", got)
	}
	h.want(h.types("contents"), "Exercise "+first.Name+": done.", "Exercise "+step.Exercises[1].Name+": to do.", "(you are here)", "Lesson 02")
	passed = 0 // broken again
	h.types("check")
	if p, _, _ = h.o.Store.Load(); len(p.Of("01-socket").Passed) > 0 {
		t.Errorf("remembered %q", p.Of("01-socket").Passed)
	}
	h.o.Check = func(context.Context, string) ([]check.Result, error) { return nil, errors.New("it does not compile") }
	h.want(h.types("check"), "It went wrong: it does not compile.")
}

// The file is named in full, with the lines that the exercise is about.
func TestFile(t *testing.T) {
	h := newHarness(t)
	h.want(h.types("exercise", "file"), "so that there is no file of yours")
	for _, folder := range []string{"exercise", "testdata/skeleton"} {
		dir := filepath.Join(h.o.Root, "steps", "01-socket", filepath.FromSlash(folder))
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		source := "package main\n\nfunc main() {\n\t// Write the head.\n\tprintln(\"\x1b\")\n}\n" + strings.Repeat("//\n", 9) + "// too far\n"
		if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(source), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	path := course.Workfile(h.o.Root, "01-socket")
	h.want(strings.ReplaceAll(h.types("exercise version", "file"), "\n", ""), path)
	h.want(h.out.String(), "From line 4 on:", "println(\"␛\")")
	if strings.Contains(h.out.String(), "too far") {
		t.Error("more than twelve lines are read")
	}
}

// Leaving a lesson with exercises left is warned of once; the last lesson has
// no next one.
func TestLeave(t *testing.T) {
	h := newHarness(t)
	last := len(h.o.Lessons[1].Blocks) - 1
	h.at("01-socket", last)
	h.types("")
	h.want(h.out.String(), "Enter opens the next one, "+h.o.Lessons[2].Title, "Exercises that are left in this lesson: version")
	h.at("01-socket", last)
	h.want(h.types("", ""), h.o.Lessons[2].Title)
	if p, _, _ := h.o.Store.Load(); p.Lesson != h.o.Lessons[2].Step {
		t.Errorf("lesson %q", p.Lesson)
	}
	end := h.o.Lessons[len(h.o.Lessons)-1]
	h.o.Start = end.Step
	h.at(end.Step, len(end.Blocks)-1)
	h.want(h.types("on"), "There is no lesson after this one.")
}

// Every command is in help, and every beginning of one is understood.
func TestCommands(t *testing.T) {
	h := newHarness(t)
	got := h.types("help")
	for _, c := range commands() {
		h.want(got, strings.TrimSpace(c.word+" "+c.args)+": "+c.does)
	}
	h.want(h.types("dance"), `There is no command "dance".`)
	h.want(h.types("go 3"), "Section 3 of")
	h.want(h.types("go 0"), "Type go and the number of a section, from 1 to")
	h.want(h.types("go 99"), "Type go and the number of a section, from 1 to")
	h.want(h.types("lesson 2"), "Step 02")
	h.want(h.types("lesson x"), "Type lesson and a number, from 00 to")
	h.want(h.types("exercise nowhere"), `no exercise "nowhere"`)
	h.want(h.types("addr"), "http://localhost:8002")
	h.want(h.types("server reference"), "The reference is running at http://localhost:8002.")
	h.want(h.types("server"), "the reference: running")
	h.want(h.types("server apache"), "notes, reference and yours")
	h.want(h.types("again"), "Exchange \"the page\".")
}

// Clients from outside are told of at the next prompt, once, and can be read.
func TestWire(t *testing.T) {
	h := newHarness(t)
	var log wireLog
	say := func(conn int, kind wire.Kind, dir message.Dir, data string) {
		log.add([]wire.Event{{Conn: conn, Kind: kind, Dir: dir, Data: []byte(data), At: time.Duration(conn) * time.Millisecond}})
	}
	for conn := 1; conn <= 7; conn++ {
		say(conn, wire.Opened, message.ToServer, "")
		say(conn, wire.Connected, message.ToServer, "")
		say(conn, wire.Arrived, message.ToServer, "GET /time HTTP/1.1\r\nHost: x\r\nUser-Agent: curl/8\r\n\r\n")
		say(conn, wire.Arrived, message.ToClient, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
		say(conn, wire.Done, message.ToServer, "")
	}
	say(8, wire.Opened, message.ToServer, "") // still open
	news := log.news()
	if len(news) != 6 || !strings.HasPrefix(news[0], "On the wire, connection 1, curl/8: GET /time 200 ") || news[5] != "And 2 connections more; type wire for a list." {
		t.Errorf("got %q", news)
	}
	if again := log.news(); len(again) > 0 {
		t.Errorf("told again: %q", again)
	}
	w := &Workbook{Options: h.o, wire: &log}
	for _, tc := range []struct {
		run  func([]string)
		args []string
		want []string
	}{
		{w.readWire, nil, []string{"Connection 7, curl/8: GET /time 200", "Connection 8"}},
		{w.readWire, []string{"3"}, []string{"Request, 51 bytes:\n    GET /time HTTP/1.1␍␊", "Response, 40 bytes:\n    HTTP/1.1 200 OK␍␊", "Now: "}},
		{w.readWire, []string{"99"}, []string{`no connection "99"`}},
		{w.readParts, []string{"3"}, []string{"GET: ", "200: ", "hi: "}},
		{w.readParts, nil, []string{"Nothing was sent on this connection."}},
	} {
		h.out.Reset()
		tc.run(tc.args)
		for _, want := range tc.want {
			if !strings.Contains(h.out.String(), want) {
				t.Errorf("%q: no %q in\n%s", tc.args, want, h.out.String())
			}
		}
	}
	// An answer that left before the rest of its request stands before it; so
	// does the end of the server that did so.
	say(8, wire.Arrived, message.ToServer, "GET / HT")
	say(8, wire.Arrived, message.ToClient, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
	say(8, wire.HalfClosed, message.ToClient, "")
	log.add([]wire.Event{{At: 9 * time.Millisecond, Dir: message.ToClient, Kind: wire.ServerEnded, Text: "your server ended (exit 2)"}})
	say(8, wire.Arrived, message.ToServer, "TP/1.1\r\n\r\n")
	due := `Request, 8 of 18 bytes:
    GET / HT
Response, 47 bytes:
    HTTP/1.1 400 Bad Request␍␊
    Content-Length: 0␍␊
    ␍␊
The server ended its side (FIN).
Your server ended (exit 2).
Request, continued, 10 bytes:
    TP/1.1␍␊
    ␍␊
Note: The head ends without a Host field; an HTTP/1.1 request has one (RFC 9112, 3.2).
`
	if got := log.read(log.find(8)); !strings.Contains(got, due) {
		t.Errorf("got\n%s\ndue\n%s", got, due)
	}
	for conn := 9; conn < 59; conn++ {
		say(conn, wire.Opened, message.ToServer, "")
	}
	if len(log.conns) != 50 || log.find(1) != nil {
		t.Errorf("%d connections kept, want 50", len(log.conns))
	}
	h.out.Reset()
	if w.readWire(nil); strings.Count(h.out.String(), "Connection ") != 10 {
		t.Errorf("not the last ten:\n%s", h.out.String())
	}
	// What the workbook itself has sent is no news.
	log.news()
	log.add([]wire.Event{{Conn: 90, Kind: wire.Opened, Sender: wire.Sender{Name: "lesson"}}, {Conn: 90, Kind: wire.Done}})
	if news := log.news(); len(news) > 0 {
		t.Errorf("its own connection is told: %q", news)
	}
}

// Where nothing can be kept, the reader is told at once and at the end.
func TestNotKept(t *testing.T) {
	h := newHarness(t)
	h.o.Store = progress.NewStore(h.o.Root) // a folder
	h.types("help")
	h.want(h.out.String(), "Your progress is not kept", "What you did was not kept. It would have gone to "+h.o.Root)
}

// What could not be kept at first and is kept in the end is not complained of.
func TestKeptAfterAll(t *testing.T) {
	h := newHarness(t)
	path := filepath.Join(t.TempDir(), "progress.json")
	if err := os.Mkdir(path, 0o755); err != nil {
		t.Fatal(err)
	}
	h.o.Store = progress.NewStore(path)
	n := 0
	h.o.Ask = func(string) (string, bool) {
		os.Remove(path) // the folder in its place
		n++
		return "help", n == 1
	}
	Run(t.Context(), h.o)
	h.want(h.out.String(), "Your progress is not kept")
	if strings.Contains(h.out.String(), "What you did was not kept") {
		t.Error("it was kept")
	}
}
