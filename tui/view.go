package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/tui/cells"
)

// View draws the screen.
func (m *Model) View() tea.View {
	v := tea.NewView(m.theme.Paint(m.frame()))
	v.AltScreen = true
	v.WindowTitle = "Wirebook"
	if l := m.current(); l != nil {
		v.WindowTitle += " · " + cells.Safe(stepName(l.Step))
	}
	if m.mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	return v
}

// frame is the screen as rows, each exactly as wide as it.
func (m *Model) frame() []cells.Row {
	if m.w <= 0 || m.h <= 0 {
		return nil
	}
	if m.at.tooSmall {
		text := fmt.Sprintf("too small: %d×%d, needs %d×%d", m.w, m.h, minWidth, minHeight)
		return []cells.Row{cells.Fit(cells.Text(cells.Plain, text), m.w)}
	}
	rows := []cells.Row{m.header()}
	if !m.at.wide {
		rows = append(rows, m.tabs())
	}
	rows = append(rows, m.topLine())
	rows = append(rows, m.body()...)
	bottom := []cells.Row{m.statusLine(), m.footer()}
	if m.question != nil {
		bottom = append(bottom[:1], m.question.rows(m.w)...)
	}
	rows = append(rows[:m.h-len(bottom)], bottom...)
	for i := range rows {
		rows[i] = cells.Fit(rows[i], m.w)
	}
	return rows
}

// twoPanes says whether the line between the panes is drawn.
func (m *Model) twoPanes() bool { return m.at.wide && !m.covered() }

// crossing is a horizontal line, with the place where the split meets it.
func (m *Model) crossing(mark string) cells.Row {
	if !m.twoPanes() {
		return cells.Text(cells.Frame, strings.Repeat("─", m.w))
	}
	return cells.Text(cells.Frame, strings.Repeat("─", m.at.split.x)+mark+strings.Repeat("─", m.at.right.w))
}

// topLine is the line under the header. It is heavy over the pane that has the
// keys: without colours too one sees which it is.
func (m *Model) topLine() cells.Row {
	if !m.twoPanes() {
		return m.crossing("")
	}
	left, right := strings.Repeat("━", m.at.split.x), strings.Repeat("─", m.at.right.w)
	if m.onWire {
		return cells.Row{{Text: strings.Repeat("─", m.at.split.x) + "┮", Tone: cells.Frame}, {Text: strings.Repeat("━", m.at.right.w), Tone: cells.Active}}
	}
	return cells.Row{{Text: left, Tone: cells.Active}, {Text: "┭" + right, Tone: cells.Frame}}
}

// body is everything between the two lines.
func (m *Model) body() []cells.Row {
	h := m.at.left.h
	if m.covered() {
		return m.overlay()
	}
	left := m.leftRows()
	if !m.at.wide {
		if m.onWire {
			left = m.wire.Rows(true, onWire(m.server.shown()))
		}
		rows := cells.Window(left, 0, h)
		for i := range rows {
			if m.front() != lessonView { // that has a margin of its own
				rows[i] = cells.Indent(rows[i], 1)
			}
		}
		return rows
	}
	right := cells.Window(m.wire.Rows(m.onWire, onWire(m.server.shown())), 0, h)
	left = cells.Window(left, 0, h)
	rows := make([]cells.Row, h)
	for i := range rows {
		l := left[i]
		if m.left != lessonView { // that has a margin of its own
			l = cells.Indent(l, 1)
		}
		r := cells.Fit(l, m.at.left.w)
		r = append(r, cells.Run{Text: "│", Tone: cells.Frame})
		rows[i] = append(r, cells.Indent(right[i], 1)...)
	}
	return rows
}

func (m *Model) leftRows() []cells.Row {
	found := m.search.found()
	switch m.left {
	case exerciseView:
		return m.exercise.Rows()
	case sourceView:
		return m.source.Rows(found)
	}
	return m.lesson.Rows(found)
}

// maxPage is how wide a page over both panes may be: a line that is longer is
// not read well.
const maxPage = 96

// overlay is a page over both panes.
func (m *Model) overlay() []cells.Row {
	var rows []cells.Row
	w := min(m.w-4, maxPage)
	switch {
	case m.palette.IsOpen():
		rows = m.palette.Rows(w, m.at.left.h)
	case m.mode == listing:
		rows = m.contents.rows()
	default:
		rows, w = m.help.rows(), m.w-4
	}
	for i := range rows {
		rows[i] = cells.Indent(cells.Fit(rows[i], w), 2)
	}
	return rows
}
