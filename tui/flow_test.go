package tui

import (
	"errors"
	"testing"
	"time"

	"example/wirebook/internal/check"
	"example/wirebook/internal/course"
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/play"
	"example/wirebook/internal/screentest"
	"example/wirebook/internal/session"
	"example/wirebook/tui/cells"
)

// A server that says nothing: "still waiting" at two seconds, the verdict at
// five.
func TestSilentServer(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, 80, 24, nil)
		d.session.slow = 5 * time.Second
		d.session.send = func(*exchange.Exchange) *play.Transcript {
			return &play.Transcript{Turns: []play.Turn{{End: play.Silent}}}
		}
		d.press("enter")
		d.wantNot("still waiting")
		d.after(2200 * time.Millisecond)
		d.wantScreen("still waiting for an answer: 2 s")
		d.press("enter")
		if len(d.session.sent) != 1 {
			t.Errorf("sent %v while one was under way", d.session.sent)
		}
		d.after(3 * time.Second)
		d.wantNot("still waiting")
		d.wantScreen("no answer in 5 s")
	})
}

// Enter before the server runs is not lost.
func TestSendWaitsForTheServer(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, 80, 24, func(o *Options) { o.Session.(*fakeSession).slow = time.Second })
		d.press("enter")
		d.wantScreen("as soon as the server runs")
		if len(d.session.sent) > 0 {
			t.Error("sent before there was a server")
		}
		d.after(2500 * time.Millisecond)
		if len(d.session.sent) != 1 {
			t.Errorf("sent %v", d.session.sent)
		}
	})
}

// Keys that come faster than servers start: one Start at a time, and the last
// wish wins.
func TestVersionsPressedFast(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, 120, 40, nil)
		d.session.slow = time.Second
		d.press("v", "v", "v", "v", "v")
		d.after(4 * time.Second)
		if got := d.session.Status().Server; got != course.Yours {
			t.Errorf("runs %v after five presses from notes, want yours", got)
		}
		if n := len(d.session.starts); n > 2 {
			t.Errorf("%d servers were started for one wish: %v", n-1, d.session.starts)
		}
		d.press("S")
		d.wantScreen("stopped")
		d.press("S")
		d.after(2 * time.Second)
		d.wantScreen("running")
	})
}

func TestServerProblems(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		for _, w := range []int{80, 120} {
			d := newDesk(t, w, 30, nil)
			d.session.end("the notes' server ended (exit 2): index out of range, main.go:41")
			d.settle()
			d.wantScreen("ended", "index out of range")
			d.session.start = func(course.Server) session.Phase { return session.Failed }
			d.press("v")
			d.wantScreen("not running", "does not compile")
		}
	})
}

func TestPrediction(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, 80, 24, nil)
		d.session.send = func(*exchange.Exchange) *play.Transcript {
			d.session.end("the notes' server ended (exit 2)")
			return &play.Transcript{Turns: []play.Turn{{End: play.Closed}}}
		}
		d.press("v") // a question about the notes is put to the notes
		d.press("n")
		if b := d.m.lesson.Focused(); b == nil || b.Question == nil {
			t.Fatalf("n leads to %+v", b)
		}
		d.press("down", "enter")
		if got := d.session.starts; got[len(got)-1] != course.Notes {
			t.Errorf("started %v, want notes at the end", got)
		}
		d.wantScreen("(•) nothing, and the program ends", "The response has 0")
		if got := d.m.progress.Of("01-socket"); got.Answers["half"] != 1 || got.Decided["half"] != 1 {
			t.Errorf("remembered %+v", got)
		}
		again := newDesk(t, 80, 24, func(o *Options) { o.StatePath = d.m.o.StatePath })
		again.press("g", "n", "n")
		again.wantScreen("(•) nothing, and the program ends")
	})
}

func TestCheckAndHints(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, 100, 30, nil)
		d.press("3", "h")
		d.wantNot("Look at byte 15")
		d.results = failing(d.step())
		d.press("c")
		d.wantScreen("✗ 1 end lines with CR LF", "✓ 2 survive", "ends in LF alone", "again go run . send 01/ends", "1 of 2 pass")
		d.press("h")
		d.wantScreen("hint: look", "Look at byte 15.")
		d.wantNot("Lines end in CR LF.")
		d.press("h", "h")
		d.wantScreen("hint: worked")
		d.press("r")
		d.wantScreen("What the reference answers", "Content-Length: 3␍␊")
		d.press("d")
		d.wantScreen("− HTTP/1.1 200 OK␍␊", "+ HTTP/1.1 200 OK␊")
		d.press("esc")
		d.wantScreen("ends in LF alone")
		d.press("n")
		d.wantScreen("✓ your server does it.")
		if got := d.m.progress.Of("01-socket").Passed; len(got) != 1 || got[0] != "survive" {
			t.Errorf("remembered as passed: %v", got)
		}
		d.press("1")
		d.results[0] = check.Result{Exercise: d.results[0].Exercise, Verdict: check.Pass}
		d.press("c")
		d.wantScreen("✓ all 2 pass: ] opens 02 next")
	})
}

func TestCheckThatCannotBeMade(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, 100, 30, nil)
		d.failed = errors.New("the server never listened")
		d.press("c")
		d.wantScreen("not checked: the server never listened", "(3 to look)")
		d.press("3")
		d.wantScreen("the server never listened")
	})
}

// An answer that comes late is about a program that is no more.
func TestLateAnswersAreDropped(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, 100, 30, nil)
		d.press("3", "c")
		old := d.m.check.id
		d.press("c")
		d.tell(exerciseJudged{id: old, result: failing(d.step())[0]})
		d.tell(checkEnded{id: old, err: errors.New("old")})
		d.tell(exchangeSent{id: -1, err: errors.New("old")})
		d.tell(serverStarted{id: -1, status: session.Status{Phase: session.Failed}})
		d.wantNot("✗", "old", "not running")
	})
}

func TestResetAsks(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, 100, 30, nil)
		d.press("3", "R")
		d.wantScreen("Yours is kept beside it.")
		d.press("y") // typed before the question could be read
		if d.resets != 0 {
			t.Error("a key typed ahead answered the question")
		}
		d.after(400 * time.Millisecond)
		d.press("n")
		if d.resets != 0 {
			t.Error("no was taken for yes")
		}
		d.press("R")
		d.after(400 * time.Millisecond)
		d.press("y")
		if d.resets != 1 {
			t.Errorf("%d resets", d.resets)
		}
		d.wantScreen("yours is main.go.bak-1")
	})
}

func TestQuit(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, 80, 24, nil)
		d.press("q")
		d.after(200 * time.Millisecond)
		if !d.quit {
			t.Error("q does not quit")
		}
	})
}

func TestCopy(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, 120, 40, nil)
		d.press("y")
		if d.clip != screentest.GetPage {
			t.Errorf("copied %q", d.clip)
		}
		d.wantScreen("copied the request: 40 bytes, 6 control bytes")
		d.traffic(1, "", screentest.GetPage, "HTTP/1.1 200 OK\r\n\r\n\x1b\xff\x00")
		d.press("2", "G", "y")
		if want := "HTTP/1.1 200 OK\r\n\r\n\x1b\xff\x00"; d.clip != want {
			t.Errorf("copied %q, want %q", d.clip, want)
		}
		d.wantScreen("copied the response: 22 bytes, 6 control bytes")
	})
}

func TestFind(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, 80, 12, nil)
		d.press("/")
		for _, c := range "NO MORE" {
			d.press(string(c))
		}
		d.wantScreen("There is no more after this line.", "/NO MORE")
		d.press("z")
		d.wantScreen("it stands nowhere")
		d.press("backspace")
		if n := marks(d.m.leftRows()); n != 1 {
			t.Errorf("%d places are marked, want 1", n)
		}
		d.press("esc")
		d.wantNot("/NO")
		if n := marks(d.m.leftRows()); n != 0 || d.m.search.typing {
			t.Errorf("after esc %d places are marked", n)
		}
		d.press("/", "l", "i")
		from := d.m.lesson.TopLine()
		d.press("pgup") // a key that moves leaves the search too
		if n := marks(d.m.leftRows()); n != 0 || d.m.search.typing || d.m.lesson.TopLine() >= from {
			t.Errorf("after a page up: %d marks, line %d", n, d.m.lesson.TopLine())
		}
	})
}

func marks(rows []cells.Row) (n int) {
	for _, r := range rows {
		for _, x := range r {
			if x.Tone&cells.Marked != 0 {
				n++
			}
		}
	}
	return n
}

func TestLessonsAndContents(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, 80, 24, nil)
		d.press("]")
		d.wantScreen("02 next", "It is short.")
		d.press("]")
		d.wantScreen("this is the last lesson")
		d.press("0", "up", "enter")
		d.wantScreen("01 socket")
		d.press("[")
		d.wantScreen("this is the first lesson")
	})
}
