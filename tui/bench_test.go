package tui

import (
	"strings"
	"testing"

	"example/wirebook/internal/progress"
	"example/wirebook/internal/screentest"
)

// One frame, with a message of some size on the wire.
func BenchmarkFrame(b *testing.B) {
	all, steps := book(b)
	m := newModel(b.Context(), Options{Lessons: all, Steps: steps, Session: newFakeSession(), Getenv: func(string) string { return "dark" }, StatePath: b.TempDir() + "/p"})
	m.restore(progress.Progress{}, "", nil)
	m.w, m.h = 120, 40
	m.resize()
	m.wire.Add(screentest.Talk(1, "", screentest.GetPage, screentest.YesPage+strings.Repeat("text\n", 500)), 0, m.opened)
	for b.Loop() {
		m.View()
	}
}
