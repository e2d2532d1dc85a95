package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/internal/reading"
	"example/wirebook/lessons"
	"example/wirebook/tui/cells"
)

// Contents is the list of lessons; below the open one stand its sections and
// exercises.
type contents struct {
	w, h   int
	lines  []contentsLine
	chosen int
}

// A contentsLine is a lesson in the list, a section or an exercise.
type contentsLine struct {
	lesson, block int                   // what enter opens; block is 0 for a lesson
	draw          func(w int) cells.Row // all but the mark of the chosen one
}

// SetSize says how much room there is, in cells.
func (c *contents) SetSize(w, h int) { c.w, c.h = w, h }

// Down chooses another line.
func (c *contents) Down(by int) {
	c.chosen = min(max(c.chosen+by, 0), max(len(c.lines)-1, 0))
}

// ScrollBy is Down: the chosen line stays in sight.
func (c *contents) ScrollBy(by int) { c.Down(by) }

// Page chooses by windowfuls.
func (c *contents) Page(dir int) { c.Down(dir * max(c.h-2, 1)) }

// End chooses the first or the last line.
func (c *contents) End(last bool) {
	c.chosen = 0
	if last {
		c.Down(len(c.lines))
	}
}

// openContents shows the list; where the reader is, is the chosen line.
func (m *Model) openContents() {
	m.mode = listing
	m.contents.lines, m.contents.chosen = nil, 0
	names := 0
	for _, l := range m.o.Lessons {
		_, name, _ := strings.Cut(l.Step, "-")
		names = max(names, len(name))
	}
	place := m.lesson.Place()
	for i, l := range m.o.Lessons {
		if i == m.index {
			m.contents.chosen = len(m.contents.lines)
		}
		m.contents.lines = append(m.contents.lines, m.lessonLine(i, l, names))
		if i != m.index {
			continue
		}
		for _, line := range m.partLines(i, l) {
			if line.block <= place {
				m.contents.chosen = len(m.contents.lines)
			}
			m.contents.lines = append(m.contents.lines, line)
		}
	}
}

// openChosen opens what is chosen.
func (m *Model) openChosen() tea.Cmd {
	line := m.contents.lines[m.contents.chosen]
	if line.block > 0 {
		return m.goBlock(line.lesson, line.block)
	}
	if line.lesson == m.index {
		m.mode = panes
		return nil
	}
	return m.goLesson(line.lesson)
}

// lessonLine is a lesson: its number, name and title, and how far the reader is.
func (m *Model) lessonLine(i int, l *lessons.Lesson, names int) contentsLine {
	number, name, _ := strings.Cut(l.Step, "-")
	tone := cells.Plain
	if i == m.index {
		tone = cells.Strong
	}
	left := cells.Row{
		{Text: number + "  ", Tone: tone},
		{Text: fmt.Sprintf("%-*s  ", names, name), Tone: tone},
		{Text: l.Title, Tone: cells.Dim},
	}
	// Number and name are there at any width; then comes how far one is.
	needed := left[:2].Width()
	done, all, what := m.lessonDone(l)
	return contentsLine{lesson: i, draw: func(w int) cells.Row {
		words := fmt.Sprintf("  %2d of %2d %s  %3d min", done, all, what, l.Minutes)
		bar := progressBar(done, all)
		if all == 0 {
			words, bar = fmt.Sprintf("%3d min", l.Minutes), nil
		}
		for _, right := range []cells.Row{append(bar, cells.Run{Text: words, Tone: cells.Dim}), bar} {
			if needed+cells.Gap+right.Width() <= w {
				return cells.Ends(left, right, w)
			}
		}
		return cells.Fit(left, w)
	}}
}

// lessonDone is how many of a lesson's exercises pass, or where it has none, how
// many of its sections have been reached.
func (m *Model) lessonDone(l *lessons.Lesson) (done, all int, what string) {
	p := m.progress.Lessons[l.Step]
	if s := m.o.stepOf(l.Step); s != nil && len(s.Exercises) > 0 {
		if p != nil {
			done = min(len(p.Passed), len(s.Exercises))
		}
		return done, len(s.Exercises), "exercises"
	}
	if p != nil {
		done = reading.Section(l, p.Block)
	}
	return done, len(reading.Sections(l)), "sections"
}

// partLines are the sections and exercises of a lesson, with what is done of
// them and which is next.
func (m *Model) partLines(i int, l *lessons.Lesson) []contentsLine {
	var lines []contentsLine
	p := m.progress.Of(l.Step)
	section, reached, next := 0, reading.Section(l, p.Block), true
	for b := range l.Blocks {
		switch block := &l.Blocks[b]; {
		case block.Kind == lessons.Heading && block.Level == 2:
			section++
			mark := cells.Run{Text: " "}
			if section < reached {
				mark = cells.Run{Text: "✓", Tone: cells.Good} // read, or passed over
			}
			left := cells.Row{{Text: "    "}, mark, {Text: fmt.Sprintf(" %2d  %s", section, block.Text)}}
			lines = append(lines, contentsLine{i, b, func(w int) cells.Row { return cells.Fit(left, w) }})
		case block.Kind == lessons.Exercise:
			e := m.o.stepOf(l.Step).Exercise(block.Name)
			if e == nil {
				continue
			}
			mark, right := cells.Run{Text: "·", Tone: cells.Dim}, cells.Text(cells.Dim, fmt.Sprintf("%3d min", e.Minutes))
			switch {
			case slices.Contains(p.Passed, e.Name):
				mark, right = cells.Run{Text: "✓", Tone: cells.Good}, cells.Text(cells.Good, "done")
			case next:
				next = false
				right = append(cells.Text(cells.Warn, "next  "), right...)
			}
			left := cells.Row{{Text: "          "}, mark, {Text: " " + e.Title, Tone: cells.Dim}}
			lines = append(lines, contentsLine{i, b, func(w int) cells.Row { return cells.Ends(left, right, w) }})
		}
	}
	return lines
}

// progressBar is ten cells long.
func progressBar(done, all int) cells.Row {
	const width = 10
	full := done * width / max(all, 1)
	return cells.Row{
		{Text: strings.Repeat("█", full), Tone: cells.Good},
		{Text: strings.Repeat("░", width-full), Tone: cells.Frame},
	}
}

// rows draws the list, as much of it as there is room for.
func (c *contents) rows() []cells.Row {
	title := cells.Row{{Text: "Wirebook", Tone: cells.Heading}, {Text: "  learn web servers by building one", Tone: cells.Dim}}
	rows := []cells.Row{nil, cells.Fit(title, c.w), nil}
	at := 0
	for i, l := range c.lines {
		mark := "  "
		if i == c.chosen {
			mark, at = "▸ ", len(rows)
		}
		rows = append(rows, append(cells.Text(cells.Strong, mark), l.draw(c.w-2)...))
	}
	return cells.Window(rows, min(max(at-c.h*2/3, 0), max(len(rows)-c.h, 0)), c.h)
}

// stepName is how a step is written for people: "01 socket".
func stepName(step string) string { return strings.Replace(step, "-", " ", 1) }
