package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// View draws the screen.
func (m *Model) View() tea.View {
	v := tea.NewView(m.theme.paint(m.frame()))
	v.AltScreen = true
	v.WindowTitle = "Wirebook"
	if l := m.current(); l != nil {
		v.WindowTitle += " · " + safe(stepName(l.Step))
	}
	if m.mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	return v
}

// frame is the screen as rows, each exactly as wide as it.
func (m *Model) frame() []row {
	if m.w <= 0 || m.h <= 0 {
		return nil
	}
	if m.at.tooSmall {
		text := fmt.Sprintf("too small: %d×%d, needs %d×%d", m.w, m.h, minWidth, minHeight)
		return []row{fit(say(plain, text), m.w)}
	}
	rows := []row{m.header()}
	if !m.at.wide {
		rows = append(rows, m.tabs())
	}
	rows = append(rows, m.topLine())
	rows = append(rows, m.body()...)
	rows = append(rows, m.statusLine(), m.footer())
	for i := range rows {
		rows[i] = fit(rows[i], m.w)
	}
	return rows
}

// twoPanes says whether the line between the panes is drawn.
func (m *Model) twoPanes() bool { return m.at.wide && m.mode == reading }

// crossing is a horizontal line, with the place where the split meets it.
func (m *Model) crossing(mark string) row {
	if !m.twoPanes() {
		return say(frame, strings.Repeat("─", m.w))
	}
	return say(frame, strings.Repeat("─", m.at.split.x)+mark+strings.Repeat("─", m.at.right.w))
}

// topLine is the line under the header. It is heavy over the pane that has the
// keys: without colours too one sees which it is.
func (m *Model) topLine() row {
	if !m.twoPanes() {
		return m.crossing("")
	}
	left, right := strings.Repeat("━", m.at.split.x), strings.Repeat("─", m.at.right.w)
	if m.onWire {
		return row{{text: strings.Repeat("─", m.at.split.x) + "┮", tone: frame}, {text: strings.Repeat("━", m.at.right.w), tone: active}}
	}
	return row{{text: left, tone: active}, {text: "┭" + right, tone: frame}}
}

// body is everything between the two lines.
func (m *Model) body() []row {
	h := m.at.left.h
	if m.mode != reading {
		return m.overlay(h)
	}
	left := m.leftRows()
	if !m.at.wide {
		if m.onWire {
			left = m.wire.rows(true, m.server.shown())
		}
		rows := window(left, 0, h)
		for i := range rows {
			rows[i] = indent(rows[i], 1)
		}
		return rows
	}
	right := window(m.wire.rows(m.onWire, m.server.shown()), 0, h)
	left = window(left, 0, h)
	rows := make([]row, h)
	for i := range rows {
		r := fit(indent(left[i], 1), m.at.left.w)
		r = append(r, run{text: "│", tone: frame})
		rows[i] = append(r, indent(right[i], 1)...)
	}
	return rows
}

func (m *Model) leftRows() []row {
	found := ""
	if !m.search.missed {
		found = m.search.text
	}
	switch m.left {
	case exerciseView:
		return m.exercise.rows()
	case sourceView:
		return m.source.rows(found)
	}
	return m.lesson.rows(found)
}

// overlay is a page over both panes.
func (m *Model) overlay(h int) []row {
	w := min(m.w-4, 96)
	var rows []row
	if m.mode == listing {
		rows = m.contentsRows(w, h)
	} else {
		rows = window(m.helpRows(w), m.helpTop, h)
	}
	for i := range rows {
		rows[i] = indent(rows[i], 2)
	}
	return rows
}
