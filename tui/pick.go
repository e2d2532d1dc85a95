package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/lessons"
	"example/wirebook/tui/palette"
)

// openPalette lists everything that can be found by typing: what keys do at this
// moment, then the lessons with their sections, exchanges and exercises.
func (m *Model) openPalette() {
	var entries []palette.Entry
	m.picks = nil
	add := func(kind, title, hint string, do func(*Model) tea.Cmd) {
		entries = append(entries, palette.Entry{Kind: kind, Title: title, Hint: hint})
		m.picks = append(m.picks, do)
	}
	for _, c := range m.keys {
		// Moving a line is what arrows are for.
		if h := c.key.Help(); c.when(m) && !strings.Contains("↑↓→←:", h.Key) {
			add("action", strings.TrimSpace(shortHelp(h.Desc)), h.Key, c.run)
		}
	}
	for i, l := range m.o.Lessons {
		number, _, _ := strings.Cut(l.Step, "-")
		add("lesson", l.Title, number, func(m *Model) tea.Cmd { return m.goLesson(i) })
		for b := range l.Blocks {
			if kind, title, hint := found(l, b); kind != "" {
				add(kind, title, hint, func(m *Model) tea.Cmd { return m.goBlock(i, b) })
			}
		}
	}
	m.palette.Open(entries)
}

// found is how a block of a lesson is found; kind is empty for one that is not.
func found(l *lessons.Lesson, block int) (kind, title, hint string) {
	number, _, _ := strings.Cut(l.Step, "-")
	b := &l.Blocks[block]
	switch {
	case b.Kind == lessons.Heading && b.Level == 2:
		return "section", b.Text, number
	case b.Kind == lessons.Exchange:
		return "exchange", b.Exchange.Title, b.Exchange.ID()
	case b.Kind == lessons.Exercise:
		return "exercise", b.Text, number + " " + b.Name
	}
	return "", "", ""
}

// openPicked does what the chosen entry stands for.
func (m *Model) openPicked() tea.Cmd {
	i, ok := m.palette.Chosen()
	if !ok {
		return nil
	}
	m.palette.Close()
	return m.picks[i](m)
}

// goBlock opens a lesson at a block.
func (m *Model) goBlock(lesson, block int) tea.Cmd {
	m.mode = panes
	m.show(lessonView)
	var cmd tea.Cmd
	if lesson != m.index {
		cmd = m.goLesson(lesson)
	}
	m.lesson.GoTo(block)
	return tea.Batch(cmd, m.saveProgress())
}
