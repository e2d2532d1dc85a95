package tui

import (
	"slices"
	"strings"

	"example/wirebook/internal/progress"
	"example/wirebook/lessons"
	"example/wirebook/tui/cells"
)

// restore opens the lesson where the reader left, or the one asked for. damaged
// and unread are what Store.Load says of the progress file.
func (m *Model) restore(p progress.Progress, damaged string, unread error) {
	m.progress = p
	m.server.status = m.o.Session.Status() // its address
	step := m.o.Start
	if step == "" {
		step = p.Lesson
	}
	m.index = max(slices.IndexFunc(m.o.Lessons, func(l *lessons.Lesson) bool { return l.Step == step }), 0)
	m.showLesson()
	m.greet(damaged, unread)
}

// greet says what is not as the reader may expect.
func (m *Model) greet(damaged string, unread error) {
	var said []string
	if unread != nil {
		m.saidUnsaved = true
		said = append(said, m.notKept(unread))
	}
	if damaged != "" {
		said = append(said, "your progress file could not be read, so this is a new beginning; the old one is kept as "+damaged)
	}
	if addr := m.server.status.Addr; addr != "" && !strings.HasSuffix(addr, ":8000") {
		said = append(said, "port 8000 is taken: this workbook is at "+addr)
	}
	if name := m.o.Getenv("WIREBOOK_THEME"); name != "" && !cells.IsTheme(name) {
		said = append(said, "WIREBOOK_THEME is "+name+", and the themes are dark, light, mono")
	}
	if len(said) > 0 {
		m.say(cells.Warn, strings.Join(said, "; "))
	}
}

// notKept says that progress cannot be written down, and what to do.
func (m *Model) notKept(err error) string {
	return "progress is not kept: set WIREBOOK_STATE to a file that you may write (" + err.Error() + ")"
}
