package tui

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"example/wirebook/internal/check"
	"example/wirebook/internal/course"
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/play"
	"example/wirebook/internal/screentest"
	"example/wirebook/internal/session"
	"example/wirebook/lessons"
	"example/wirebook/tui/cells"
)

// A server that says nothing: "still waiting" at two seconds, the verdict at
// five.
func TestSilentServer(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 80, 24, nil)
		h.session.slow = 5 * time.Second
		h.session.send = func(*exchange.Exchange) *play.Transcript {
			return &play.Transcript{Turns: []play.Turn{{End: play.Silent}}}
		}
		h.press("enter")
		h.wantNot("still waiting")
		h.after(2200 * time.Millisecond)
		h.wantScreen("still waiting for an answer: 2 s")
		h.press("enter")
		if len(h.session.sent) != 1 {
			t.Errorf("sent %v while one was under way", h.session.sent)
		}
		h.after(3 * time.Second)
		h.wantNot("still waiting")
		h.wantScreen("no answer in 5 s")
	})
}

// Enter before the server runs is not lost.
func TestSendWaitsForTheServer(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 80, 24, func(o *Options) { o.Session.(*fakeSession).slow = time.Second })
		h.press("enter")
		h.wantScreen("as soon as the server runs")
		if len(h.session.sent) > 0 {
			t.Error("sent before there was a server")
		}
		h.after(2500 * time.Millisecond)
		if len(h.session.sent) != 1 {
			t.Errorf("sent %v", h.session.sent)
		}
	})
}

// Keys that come faster than servers start: one Start at a time, and the last
// wish wins.
func TestServersPressedFast(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 120, 40, nil)
		h.session.slow = time.Second
		h.press("v", "v", "v", "v", "v")
		h.after(4 * time.Second)
		if got := h.session.Status().Server; got != course.Yours {
			t.Errorf("runs %v after five presses from notes, want yours", got)
		}
		if n := len(h.session.starts); n > 2 {
			t.Errorf("%d servers were started for one wish: %v", n-1, h.session.starts)
		}
		h.press("S")
		h.wantScreen("stopped")
		h.press("S")
		h.after(2 * time.Second)
		h.wantScreen("running")
	})
}

func TestServerProblems(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		for _, w := range []int{80, 120} {
			h := newHarness(t, w, 30, nil)
			h.session.end("the notes' server ended (exit 2): index out of range, main.go:41")
			h.settle()
			h.wantScreen("ended", "index out of range")
			h.session.start = func(course.Server) session.Phase { return session.Failed }
			h.press("v")
			h.wantScreen("not running", "does not compile")
		}
	})
}

func TestPrediction(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 80, 24, nil)
		h.session.send = func(*exchange.Exchange) *play.Transcript {
			h.session.end("the notes' server ended (exit 2)")
			return &play.Transcript{Turns: []play.Turn{{End: play.Closed}}}
		}
		h.press("v") // a question about the notes is put to the notes
		h.goTo("half")
		if b := h.m.lesson.Front(); b == nil || b.Question == nil {
			t.Fatalf("n leads to %+v", b)
		}
		h.press("down", "enter")
		if got := h.session.starts; got[len(got)-1] != course.Notes {
			t.Errorf("started %v, want notes at the end", got)
		}
		h.wantScreen("(•) nothing, and the program ends", "The response has 0")
		if got := h.m.progress.Of("01-socket"); got.Answers["half"] != 1 || got.Decided["half"] != 1 {
			t.Errorf("remembered %+v", got)
		}
		again := newHarness(t, 80, 24, func(o *Options) { o.StatePath = h.m.o.StatePath })
		again.goTo("half")
		again.wantScreen("(•) nothing, and the program ends")
	})
}

func TestCheckAndHints(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 100, 34, nil)
		h.press("3", "h")
		h.wantNot("Look at byte 15")
		h.results = failing(h.step())
		h.press("c")
		h.wantScreen("✗ 1 end lines with CR LF", "✓ 2 survive", "ends in LF alone", "again go run . send 01/ends", "1 of 2 pass")
		h.press("h")
		h.wantScreen("hint: look", "Look at byte 15.")
		h.wantNot("Lines end in CR LF.")
		h.press("h", "h")
		h.wantScreen("hint: worked")
		h.press("r")
		h.wantScreen("What the reference answers", "Content-Length: 3␍␊")
		h.press("d")
		h.wantScreen("− HTTP/1.1 200 OK␍␊", "+ HTTP/1.1 200 OK␊")
		h.press("esc")
		h.wantScreen("ends in LF alone")
		h.press("n")
		h.wantScreen("✓ your server does it.")
		if got := h.m.progress.Of("01-socket").Passed; len(got) != 1 || got[0] != "survive" {
			t.Errorf("remembered as passed: %v", got)
		}
		h.press("1")
		h.results[0] = check.Result{Exercise: h.results[0].Exercise, Verdict: check.Pass}
		h.press("c")
		h.wantScreen("✓ all 2 pass: ] opens 02 next")
	})
}

func TestCheckThatCannotBeMade(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 100, 30, nil)
		h.failed = errors.New("the server never listened")
		h.press("c")
		h.wantScreen("not checked: the server never listened", "(3 to look)")
		h.press("3")
		h.wantScreen("the server never listened")
	})
}

// An answer that comes late is about a program that is no more.
func TestLateAnswersAreDropped(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 100, 30, nil)
		h.press("3", "c")
		old := h.m.check.id
		h.press("c")
		h.tell(exerciseJudged{id: old, result: failing(h.step())[0]})
		h.tell(checkEnded{id: old, err: errors.New("old")})
		h.tell(exchangeSent{id: -1, err: errors.New("old")})
		h.tell(serverStarted{id: -1, status: session.Status{Phase: session.Failed}})
		h.wantNot("✗", "old", "not running")
	})
}

func TestResetAsks(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 100, 30, nil)
		h.press("3", "R")
		h.wantScreen("Yours is kept beside it.")
		h.press("y") // typed before the question could be read
		if h.resets != 0 {
			t.Error("a key typed ahead answered the question")
		}
		h.after(400 * time.Millisecond)
		h.press("n")
		if h.resets != 0 {
			t.Error("no was taken for yes")
		}
		h.press("R")
		h.after(400 * time.Millisecond)
		h.press("y")
		if h.resets != 1 {
			t.Errorf("%d resets", h.resets)
		}
		h.wantScreen("yours is main.go.bak-1")
	})
}

func TestQuit(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 80, 24, nil)
		h.press("q")
		h.after(200 * time.Millisecond)
		if !h.quit {
			t.Error("q does not quit")
		}
	})
}

func TestCopy(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 120, 40, nil)
		h.press("y")
		if h.clip != screentest.GetPage {
			t.Errorf("copied %q", h.clip)
		}
		h.wantScreen("copied the request: 40 bytes, 6 control bytes")
		h.traffic(1, "", screentest.GetPage, "HTTP/1.1 200 OK\r\n\r\n\x1b\xff\x00")
		h.press("2", "G", "y")
		if want := "HTTP/1.1 200 OK\r\n\r\n\x1b\xff\x00"; h.clip != want {
			t.Errorf("copied %q, want %q", h.clip, want)
		}
		h.wantScreen("copied the response: 22 bytes, 6 control bytes")
	})
}

func TestFind(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 80, 12, nil)
		h.press("/")
		for _, c := range "NO MORE" {
			h.press(string(c))
		}
		h.wantScreen("There is no more after this line.", "/NO MORE")
		h.press("z")
		h.wantScreen("it stands nowhere")
		h.press("backspace")
		if n := marks(h.m.leftRows()); n != 1 {
			t.Errorf("%d places are marked, want 1", n)
		}
		h.press("esc")
		h.wantNot("/NO")
		if n := marks(h.m.leftRows()); n != 0 || h.m.search.typing {
			t.Errorf("after esc %d places are marked", n)
		}
		h.press("/", "l", "i")
		from := h.m.lesson.TopLine()
		h.press("pgup") // a key that moves leaves the search too
		if n := marks(h.m.leftRows()); n != 0 || h.m.search.typing || h.m.lesson.TopLine() >= from {
			t.Errorf("after a page up: %d marks, line %d", n, h.m.lesson.TopLine())
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
		h := newHarness(t, 80, 24, nil)
		h.press("]")
		h.wantScreen("01 socket", "1 exercise of this lesson left")
		h.press("]")
		h.wantScreen("02 next", "It is short.")
		h.press("]")
		h.wantScreen("this is the last lesson")
		h.press("0", "up", "enter")
		h.wantScreen("01 socket")
		h.press("[")
		h.wantScreen("this is the first lesson")
	})
}

// A quit in the first moments waits for the terminal's answers to the start.
func TestQuitWaitsForTheTerminal(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 80, 24, nil)
		h.press("q")
		if h.after(100 * time.Millisecond); h.quit {
			t.Error("it has quit after 100 ms")
		}
		if h.after(100 * time.Millisecond); !h.quit {
			t.Error("it has not quit after 200 ms")
		}
	})
}

// One clock ticks while an exchange is under way, four times a second, and none
// where nothing is awaited.
func TestOneClock(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 80, 24, nil)
		if h.after(3 * time.Second); h.ticks > 0 {
			t.Errorf("%d ticks for nothing", h.ticks)
		}
		h.session.slow = 4 * time.Second
		h.press("enter", "down", "up", "down", "up")
		if h.after(4 * time.Second); h.ticks < 14 || h.ticks > 17 {
			t.Errorf("%d ticks in 4 s", h.ticks)
		}
	})
}

// A question is decided by the server that it is about, or one in its place.
func TestWhoDecides(t *testing.T) {
	for _, tt := range []struct {
		asked, served course.Server
		decided       bool
	}{
		{course.Notes, course.Notes, true}, {course.Notes, course.Reference, true},
		{course.Yours, course.Yours, false}, {course.Reference, course.Reference, false},
	} {
		inBubble(t, func(t *testing.T) {
			h := newHarness(t, 80, 24, nil)
			x := h.step().Exchange("half")
			h.m.sending = &sending{id: 99, exchange: x, asked: tt.asked}
			h.tell(exchangeSent{id: 99, exchange: x, status: session.Status{Server: tt.served, Phase: session.Ended},
				transcript: &play.Transcript{Turns: []play.Turn{{End: play.Closed}}}})
			if _, decided := h.m.progress.Of("01-socket").Decided["half"]; decided != tt.decided {
				t.Errorf("asked of %v, served by %v: decided %v", tt.asked, tt.served, decided)
			}
		})
	}
}

// Each lesson keeps its place, and its server where the next one has the same.
func TestPlaceIsKept(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 80, 12, func(o *Options) {
			all, err := lessons.Load(fstest.MapFS{
				"00-start.md":  {Data: []byte(strings.Replace(nextText, "It is short.", strings.Repeat("A paragraph.\n\n", 20), 1))},
				"01-socket.md": {Data: []byte(lessonText)},
			}, stepFiles)
			if err != nil {
				t.Fatal(err)
			}
			o.Lessons = all
		})
		h.press("pgdown")
		from := h.m.lesson.Place()
		h.press("]")
		h.wantScreen("01 socket")
		h.press("[")
		if got := h.m.lesson.Place(); got != from || from == 0 {
			t.Errorf("back at block %d, left at %d", got, from)
		}
		if len(h.session.starts) != 1 {
			t.Errorf("started %v, where both lessons have one server", h.session.starts)
		}
	})
}

// A letter taken back goes on from where the search stands.
func TestLetterBack(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 80, 12, withLesson(t, "<!-- minutes: 5 -->\n# T\n\n"+strings.Repeat("a needle\n\n", 30)))
		h.press("/", "n", "e", "e", "down", "down", "down", "down")
		at := h.m.search.line
		h.press("backspace")
		if h.m.search.line != at || at < 4 {
			t.Errorf("from line %d the search went to %d", at, h.m.search.line)
		}
	})
}

func TestDescribeBytes(t *testing.T) {
	for text, want := range map[string]string{"abc": "3 bytes", "a\x7f": "2 bytes, 1 control byte", "\r\n ": "3 bytes, 2 control bytes", "é": "2 bytes"} {
		if got := describeBytes([]byte(text)); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
