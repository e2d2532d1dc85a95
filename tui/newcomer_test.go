package tui

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"example/wirebook/internal/check"
	"example/wirebook/internal/course"
	"example/wirebook/internal/runner"
	"example/wirebook/lessons"
	"example/wirebook/tui/cells"
)

// What a beginner met on the first walk through the workbook, and how it is now.

// quoting is a lesson whose boxes quote different servers; a question stands
// right below one of them.
const quoting = `<!-- minutes: 5 -->
# Servers compared

The reference answers:

` + "```exchange page answer\n```" + `

Whoever runs may have this one.

` + "```exchange page request\n```" + `

And what does half of it do?

` + "```exchange half request\n```\n\n" +
	"```predict half\nexchange: half\nserver: reference\nask: What does the client get?\n" +
	"- the page :: It does.\n  when: status 200\n- nothing :: It does not.\n  when: no bytes\n```" + `

The end of it.
`

func withLesson(t *testing.T, text string) func(*Options) {
	t.Helper()
	all, err := lessons.Load(fstest.MapFS{"01-socket.md": {Data: []byte(text)}, "02-next.md": {Data: []byte(nextText)}}, stepFiles)
	if err != nil {
		t.Fatal(err)
	}
	return func(o *Options) { o.Lessons = all }
}

// A box is sent to the server that it quotes; the next one that quotes none goes
// back to the server that was chosen.
func TestSentToTheServerQuoted(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 120, 50, withLesson(t, quoting))
		h.press("enter")
		h.wantScreen("started the reference for this one", "reference · running", "01/page · sent")
		h.press("n", "n", "s")
		h.wantScreen("back to the notes' server", "notes · running")
		h.press("v", "v", "p", "p", "s", "n", "n", "s")
		h.wantScreen("back to your server", "yours · running")
		want := []course.Server{course.Notes, course.Reference, course.Notes, course.Reference, course.Yours, course.Reference, course.Yours}
		if !slices.Equal(h.session.starts, want) {
			t.Errorf("started %v, want %v", h.session.starts, want)
		}
	})
}

// The forward key passes over an exchange whose question is still open:
// answering sends it. Afterwards s sends it again.
func TestQuestionComesFirst(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 120, 50, withLesson(t, quoting))
		h.press("enter", "enter")
		h.wantScreen("⏎ answer and send")
		if len(h.session.sent) != 1 {
			t.Errorf("sent %v", h.session.sent)
		}
		h.press("p")
		h.wantNot("s send again")
		h.press("n", "enter", "p")
		if b := h.m.lesson.Front(); b == nil || b.Kind != lessons.Exchange || b.Exchange.Name != "half" {
			t.Errorf("p leads to %+v", b)
		}
		h.wantScreen("s send again", "01/half · sent")
	})
}

// The forward key alone goes through a lesson: it sends each exchange once,
// answers, opens the exercise, and goes on when that passes. It has something
// to do at every place, and no screen is blank.
func TestForward(t *testing.T) {
	for _, size := range sizes {
		inBubble(t, func(t *testing.T) {
			h := newHarness(t, size.w, size.h, nil)
			h.results = failing(h.step())
			var did []string
			for range 40 {
				c := h.m.command("enter")
				if c == nil {
					t.Fatalf("enter does nothing:\n%s", h.screen())
				}
				did = append(did, shortHelp(c.key.Help().Desc))
				h.press("enter")
				if h.m.front() == exerciseView && !hasPassed(h.m) {
					h.results[0].Verdict, h.results[0].Failure = check.Pass, nil
					h.press("c")
				}
				if h.m.index > 0 {
					break
				}
				if text := rowTexts(h.m.leftRows()); strings.TrimSpace(strings.Join(text, "")) == "" {
					t.Fatalf("a blank screen:\n%s", h.screen())
				}
			}
			got := strings.ReplaceAll(strings.Join(did, ", "), "read on, read on", "read on")
			want := "send, read on, answer and send, read on, open the exercise, go on in the lesson, next lesson"
			if size.h < 24 { // the first box is not in the window yet
				want = "read on, " + want
			}
			if strings.ReplaceAll(got, "lesson, read on, next", "lesson, next") != want {
				t.Errorf("%dx%d: %s\nwant %s", size.w, size.h, got, want)
			}
			if want := []string{"page", "half"}; !slices.Equal(h.session.sent, want) {
				t.Errorf("sent %v, want %v", h.session.sent, want)
			}
		})
	}
}

// At the end of a lesson the same keys go on to the next one, and say so.
// Exercises that are left are named once.
func TestLessonEnd(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 120, 50, withLesson(t, quoting))
		h.press("enter", "enter", "enter")
		h.wantScreen("⏎ next lesson: 02 next", "n next lesson: 02 next")
		h.press("enter")
		h.wantScreen("02 next › Another one", "⏎ contents")
		h.wantNot("next lesson")
	})
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 120, 50, nil)
		h.goTo("line-ends")
		h.wantScreen("⏎ open the exercise")
		h.press("n")
		h.wantScreen("n next lesson: 02 next")
		h.press("n")
		h.wantScreen("1 exercise of this lesson left")
		h.press("n")
		h.wantScreen("02 next › Another one")
	})
}

// Lessons open with the server that they name, also where two share a server.
func TestLessonsOwnServer(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 120, 50, nil)
		h.m.o.Lessons[0].Server = course.Reference
		h.press("]", "]", "[")
		h.wantScreen("reference · running")
	})
}

// A taken port is said once, and the lesson has the address that is true.
func TestOtherPort(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		text := strings.Replace(lessonText, "Press a key", "```sh\ncurl localhost:8000\n```\n\nOpen http://localhost:8000/ or press a key", 1)
		h := newHarness(t, 120, 40, func(o *Options) {
			withLesson(t, text)(o)
			o.Session.(*fakeSession).status.Addr = "localhost:8001"
		})
		h.wantScreen("port 8000 is taken: this workbook is at localhost:8001", "Open http://localhost:8001/")
		h.press("n")
		h.wantNot("is taken")
		for range 9 {
			if h.press("p", "y"); strings.HasPrefix(h.clip, "curl") {
				break
			}
		}
		if want := "curl localhost:8001"; h.clip != want {
			t.Errorf("copied %q, want %q", h.clip, want)
		}
	})
}

// What passes leaves a line above what comes next; after the last one that line
// says how to go on.
func TestPassIsSeen(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 100, 30, nil)
		h.results = failing(h.step())
		first, second := &h.results[0], &h.results[1]
		h.press("3", "c")
		h.wantScreen("✓ 2 passed: survive")
		h.press("c")
		h.wantNot("passed:")
		*first = check.Result{Exercise: first.Exercise, Verdict: check.Pass}
		second.Verdict = check.Fail
		h.press("c")
		h.wantScreen("1 of 2  end lines with CR LF", "✓ Your server does it.", "before", "ends in LF alone", "⏎ goes on; 1 of 2 are left")
		h.press("enter", "3")
		h.wantScreen("2 of 2  survive")
		h.wantNot("before")
		h.press("p")
		h.wantNot("passed:")
		second.Verdict = check.Pass
		h.press("c")
		h.wantScreen("✓ all 2 pass: ] opens 02 next")
	})
}

// A program that does not compile keeps its place and its marks; one that does
// not start has none.
func TestProgramThatDoesNotRun(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 100, 30, nil)
		h.results = failing(h.step())
		h.press("3", "c", "n")
		h.wantScreen("2 of 2  survive", "✓ your server does it.")
		results := h.results
		h.results, h.failed = nil, &runner.BuildError{Pkg: "x", Output: "# x\n./main.go:12:3: undefined: y\n"}
		h.press("c")
		h.wantScreen("2 of 2  survive", "✗ 1", "✓ 2", "does not compile.", "not checked", "undefined: y")
		h.wantNot("your server does it")
		for _, r := range h.m.exercise.Rows()[:1] {
			for _, x := range r {
				if x.Tone == cells.Good || x.Tone == cells.Bad {
					t.Errorf("the mark %q is not dimmed", x.Text)
				}
			}
		}
		h.results, h.failed = results, nil
		h.press("c")
		h.wantScreen("✗ 1", "✓ 2")
		h.results, h.failed = nil, &runner.StartError{}
		h.press("c")
		h.wantScreen("· 1", "· 2", "not checked")
		h.wantNot("your server does it")
	})
}

// While a check is under way nothing is said of the program before it.
func TestNothingIsClaimedWhileChecking(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 100, 30, nil)
		h.results = failing(h.step())
		h.press("3", "c", "n")
		h.m.exercise.Checking()
		h.m.exercise.Choose(0)
		h.wantScreen("checking …")
		h.wantNot("your server does it")
	})
}

// Where to look is a file and a line.
func TestLookNamesTheLine(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 180, 40, nil)
		mustWrite(t, filepath.Join(course.ExerciseFolder(h.m.o.Root, "01-socket"), "main.go"), "package main\n\nfunc main() {\n\t// Write the head.\n}\n")
		h.results = failing(h.step())
		h.press("3", "c")
		h.wantScreen("look  steps/01-socket/exercise/main.go:4, under “write the head”")
	})
}

// A progress file that is none is named in one line.
func TestStateIsNoFile(t *testing.T) {
	path := t.TempDir()
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 250, 30, func(o *Options) { o.StatePath = path })
		h.wantScreen("progress is not kept: set WIREBOOK_STATE to a file that you may write (progress: read: not an ordinary file: " + path + ")")
	})
}

// One that is damaged is set aside, and the reader is told where it is.
func TestDamagedState(t *testing.T) {
	path := filepath.Join(t.TempDir(), "progress.json")
	mustWrite(t, path, "{ half")
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 250, 30, func(o *Options) { o.StatePath = path })
		h.wantScreen("the old one is kept as " + path + ".damaged-1")
	})
}

// A theme that there is not is named, with those that there are.
func TestUnknownTheme(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 100, 30, func(o *Options) { o.Getenv = func(string) string { return "foo\x1b" } })
		h.wantScreen("WIREBOOK_THEME is foo␛, and the themes are dark, light, mono")
	})
}
