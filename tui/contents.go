package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/lessons"
	"example/wirebook/tui/cells"
)

// Contents is the list of lessons with what is done of each.
type contents struct{ chosen int }

func (c *contents) move(by, n int) { c.chosen = min(max(c.chosen+by, 0), max(n-1, 0)) }

func (m *Model) openContents() {
	m.mode = listing
	m.list.chosen = m.index
}

func (m *Model) openListed() tea.Cmd {
	if m.list.chosen == m.index {
		m.mode = reading
		return nil
	}
	return m.goLesson(m.list.chosen)
}

// contentsRows draws the list in a window.
func (m *Model) contentsRows(w, h int) []cells.Row {
	rows := []cells.Row{nil, cells.Ends(cells.Text(cells.Heading, "Wirebook"), cells.Text(cells.Dim, "learn web servers by building one"), w), nil}
	names := 0
	for _, l := range m.o.Lessons {
		_, name, _ := strings.Cut(l.Step, "-")
		names = max(names, len(name))
	}
	at := 0
	for i, l := range m.o.Lessons {
		if i == m.list.chosen {
			at = len(rows)
		}
		rows = append(rows, m.contentsRow(i, l, names, w))
	}
	rows = append(rows, nil)
	if title, _, _ := m.lesson.Section(); title != "" && m.current() != nil {
		rows = append(rows, cells.Row{{Text: "continue  ", Tone: cells.Dim}, {Text: stepName(m.current().Step) + " › " + title}})
	}
	return cells.Window(rows, max(at-h+1, 0), h)
}

func (m *Model) contentsRow(i int, l *lessons.Lesson, names, w int) cells.Row {
	mark, t := "  ", cells.Plain
	if i == m.list.chosen {
		mark, t = "▸ ", cells.Strong
	}
	number, name, _ := strings.Cut(l.Step, "-")
	left := cells.Row{
		{Text: mark + number + "  ", Tone: t},
		{Text: fmt.Sprintf("%-*s  ", names, name), Tone: t},
		{Text: l.Title, Tone: cells.Dim},
	}
	return cells.Ends(left, m.contentsDone(l), w)
}

// contentsDone says how much of a lesson's exercises is done, in words and as a
// bar; a lesson without any says how long it takes.
func (m *Model) contentsDone(l *lessons.Lesson) cells.Row {
	s := m.o.stepOf(l.Step)
	if s == nil || len(s.Exercises) == 0 {
		return cells.Text(cells.Dim, fmt.Sprintf("  %d min ", l.Minutes))
	}
	done := 0
	if p := m.progress.Lessons[l.Step]; p != nil {
		done = min(len(p.Passed), len(s.Exercises))
	}
	const width = 10
	full := done * width / len(s.Exercises)
	return cells.Row{
		{Text: "  " + strings.Repeat("█", full), Tone: cells.Good},
		{Text: strings.Repeat("░", width-full), Tone: cells.Frame},
		{Text: fmt.Sprintf("  %2d of %d exercises ", done, len(s.Exercises)), Tone: cells.Dim},
	}
}

// stepName is how a step is written for people: "01 socket".
func stepName(step string) string { return strings.Replace(step, "-", " ", 1) }
