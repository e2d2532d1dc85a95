package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/tui/cells"
)

// Contents is the list of lessons, with what is done of each.
type contents struct {
	w, h   int
	n      int // lessons
	chosen int
}

// A contentsLine is a lesson in the list.
type contentsLine struct {
	number, name, title string // "01", "socket", "A server from system calls"
	minutes             int
	done, exercises     int
}

// SetSize says how much room there is, in cells.
func (c *contents) SetSize(w, h int) { c.w, c.h = w, h }

// Down chooses another lesson.
func (c *contents) Down(by int) { c.chosen = min(max(c.chosen+by, 0), max(c.n-1, 0)) }

// ScrollBy is Down: the chosen lesson stays in sight.
func (c *contents) ScrollBy(by int) { c.Down(by) }

// Page chooses by windowfuls.
func (c *contents) Page(dir int) { c.Down(dir * max(c.h-2, 1)) }

// End chooses the first or the last lesson.
func (c *contents) End(last bool) {
	c.chosen = 0
	if last {
		c.Down(c.n)
	}
}

// openContents shows the list; the open lesson is the chosen one.
func (m *Model) openContents() {
	m.mode = listing
	m.contents.n, m.contents.chosen = len(m.o.Lessons), m.index
}

// openChosen opens the chosen lesson.
func (m *Model) openChosen() tea.Cmd {
	if m.contents.chosen == m.index {
		m.mode = panes
		return nil
	}
	return m.goLesson(m.contents.chosen)
}

// contentsLines is what the list has to show.
func (m *Model) contentsLines() []contentsLine {
	var lines []contentsLine
	for _, l := range m.o.Lessons {
		number, name, _ := strings.Cut(l.Step, "-")
		line := contentsLine{number: number, name: name, title: l.Title, minutes: l.Minutes}
		if s := m.o.stepOf(l.Step); s != nil {
			line.exercises = len(s.Exercises)
		}
		if p := m.progress.Lessons[l.Step]; p != nil {
			line.done = min(len(p.Passed), line.exercises)
		}
		lines = append(lines, line)
	}
	return lines
}

// rows draws the list, and under it where one left.
func (c *contents) rows(lines []contentsLine, place string) []cells.Row {
	rows := []cells.Row{nil, cells.Ends(cells.Text(cells.Heading, "Wirebook"), cells.Text(cells.Dim, "learn web servers by building one"), c.w), nil}
	names, at := 0, 0
	for _, l := range lines {
		names = max(names, len(l.name))
	}
	for i, l := range lines {
		mark, tone := "  ", cells.Plain
		if i == c.chosen {
			mark, tone, at = "▸ ", cells.Strong, len(rows)
		}
		left := cells.Row{
			{Text: mark + l.number + "  ", Tone: tone},
			{Text: fmt.Sprintf("%-*s  ", names, l.name), Tone: tone},
			{Text: l.title, Tone: cells.Dim},
		}
		rows = append(rows, cells.Ends(left, l.progress(), c.w))
	}
	rows = append(rows, nil)
	if place != "" {
		rows = append(rows, cells.Row{{Text: "continue  ", Tone: cells.Dim}, {Text: place}})
	}
	return cells.Window(rows, max(at-c.h+1, 0), c.h)
}

// progress says how much of a lesson's exercises is done, as a bar and in words;
// of a lesson without any, how long it takes.
func (l contentsLine) progress() cells.Row {
	if l.exercises == 0 {
		return cells.Text(cells.Dim, fmt.Sprintf("  %d min ", l.minutes))
	}
	const width = 10
	full := l.done * width / l.exercises
	return cells.Row{
		{Text: "  " + strings.Repeat("█", full), Tone: cells.Good},
		{Text: strings.Repeat("░", width-full), Tone: cells.Frame},
		{Text: fmt.Sprintf("  %2d of %d exercises ", l.done, l.exercises), Tone: cells.Dim},
	}
}

// stepName is how a step is written for people: "01 socket".
func stepName(step string) string { return strings.Replace(step, "-", " ", 1) }
