package tui

import (
	"testing"

	"example/wirebook/internal/course"
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/play"
)

// Where a step lacks one of its servers, the next one stands in, one line
// says so, and a question about the missing one is put to it.
func TestMissingServer(t *testing.T) {
	for _, tt := range []struct {
		name  string
		lacks []course.Server
		press []string
		runs  course.Server
		says  string
	}{
		{"no Python", []course.Server{course.Notes}, nil, course.Reference, "the reference runs instead: there is no Python 3 here"},
		{"no exercise", []course.Server{course.Yours}, []string{"v", "v"}, course.Notes, "the notes' server runs instead: "},
		{"neither", []course.Server{course.Notes, course.Yours}, []string{"v"}, course.Reference, "the reference runs instead: "},
		{"with a question", []course.Server{course.Notes}, []string{"enter", "enter", "down", "enter"}, course.Reference, "The response has 0"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				for _, w := range []int{80, 120} {
					h := newHarness(t, w, 30, func(o *Options) {
						s := o.Session.(*fakeSession)
						s.lacks = tt.lacks
						s.send = func(*exchange.Exchange) *play.Transcript {
							s.end("the server ended (exit 2)")
							return &play.Transcript{Turns: []play.Turn{{End: play.Closed}}}
						}
					})
					h.press(tt.press...)
					if got := h.session.Status().Server; got != tt.runs {
						t.Errorf("runs %v, want %v", got, tt.runs)
					}
					h.wantScreen(tt.says)
					if tt.name == "with a question" {
						if got := h.m.progress.Of("01-socket").Decided["half"]; got != 1 || len(h.session.starts) != 1 {
							t.Errorf("decided %d after starting %v", got, h.session.starts)
						}
					}
				}
			})
		})
	}
}

// A step without any server is a failure that is told, not an endless search.
func TestNoServerAtAll(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 80, 24, func(o *Options) {
			o.Session.(*fakeSession).lacks = []course.Server{course.Notes, course.Reference, course.Yours}
		})
		h.wantScreen("not running", "there is no Python 3 here")
	})
}

// Where a step has no exercise, v goes between the two servers that there are.
func TestNoExerciseNoYours(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 120, 30, func(o *Options) { o.Start = "02-next" })
		h.wantScreen("v notes/reference ")
		h.press("v", "v")
		h.wantScreen("the notes' server again: this step has no exercise")
		if got := h.session.starts; len(got) != 3 || got[2] != course.Notes {
			t.Errorf("started %v", got)
		}
	})
}
