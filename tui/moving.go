package tui

import (
	tea "charm.land/bubbletea/v2"
	"example/wirebook/tui/cells"
)

// Which pane is in front, and moving within it.

// A view is what moves and scrolls: a pane, or a page over all of them.
type view interface {
	SetSize(w, h int)
	Down(by int)     // by lines, parts or choices
	ScrollBy(by int) // by lines; no cursor moves but to stay in sight
	Page(dir int)    // by windows, with the cursor
	End(last bool)   // to the end, or to the beginning
}

// pane is one of the four.
func (m *Model) pane(p pane) view {
	switch p {
	case wireView:
		return &m.wire
	case exerciseView:
		return &m.exercise
	case sourceView:
		return &m.source
	}
	return &m.lesson
}

// inFront is what the keys that move act on.
func (m *Model) inFront() view {
	switch m.mode {
	case helping:
		return &m.help
	case listing:
		return &m.contents
	}
	return m.pane(m.front())
}

// front is the pane that keys go to.
func (m *Model) front() pane {
	if m.onWire {
		return wireView
	}
	return m.left
}

// covered says whether something lies over the panes.
func (m *Model) covered() bool { return m.mode != panes || m.palette.IsOpen() }

// shows says whether a pane can be seen.
func (m *Model) shows(p pane) bool {
	switch {
	case m.covered() || m.at.tooSmall:
		return false
	case m.at.wide:
		return p == wireView || p == m.left
	}
	return p == m.front()
}

// show brings a pane to the front.
func (m *Model) show(p pane) {
	m.onWire = p == wireView
	if !m.onWire {
		m.left = p
	}
}

// otherPane changes sides where there are two, and goes round where there is
// one.
func (m *Model) otherPane() tea.Cmd {
	switch {
	case m.at.wide:
		m.onWire = !m.onWire
	case m.onWire:
		m.show(exerciseView)
	case m.left == lessonView:
		m.show(wireView)
	case m.left == exerciseView:
		m.show(sourceView)
		return m.readSource()
	default:
		m.show(lessonView)
	}
	return nil
}

// previousPane is otherPane, the other way round.
func (m *Model) previousPane() tea.Cmd {
	switch {
	case m.at.wide:
		return m.otherPane()
	case m.onWire:
		m.show(lessonView)
	case m.left == lessonView:
		m.show(sourceView)
		return m.readSource()
	case m.left == sourceView:
		m.show(exerciseView)
	default:
		m.show(wireView)
	}
	return nil
}

// halfPage moves the window by half its height.
func (m *Model) halfPage(dir int) { m.inFront().ScrollBy(dir * max(m.at.left.h/2, 1)) }

// back leaves what lies on top.
func (m *Model) back() {
	switch {
	case m.mode != panes:
		m.mode = panes
	case m.left == exerciseView && !m.onWire && m.exercise.Back():
	default:
		m.show(lessonView)
	}
}

// suspend stops the program, as Ctrl-Z does.
func (m *Model) suspend() tea.Cmd {
	stop := m.o.Suspend
	return func() tea.Msg { stop(); return nil }
}

// toggleMouse gives the mouse to the workbook, or back to the terminal.
func (m *Model) toggleMouse() {
	m.mouse = !m.mouse
	if m.mouse {
		m.say(cells.Dim, "mouse on: the wheel scrolls, a click chooses; m gives selecting and copying back")
	} else {
		m.say(cells.Dim, "mouse off: the terminal selects and copies")
	}
}

// wheel scrolls what is under the mouse.
func (m *Model) wheel(msg tea.MouseWheelMsg) {
	by := 3
	if msg.Button == tea.MouseWheelUp {
		by = -3
	}
	switch {
	case m.palette.IsOpen():
		m.palette.Move(by)
	case m.mode == panes && m.at.wide && m.at.right.contains(msg.X, msg.Y):
		m.wire.ScrollBy(by)
	case m.mode == panes && m.at.wide:
		m.pane(m.left).ScrollBy(by)
	default:
		m.inFront().ScrollBy(by)
	}
}

// click does what the keys do: it chooses the pane or tab under the mouse, and in
// the pane a block, a choice, a connection or bytes.
func (m *Model) click(msg tea.MouseClickMsg) tea.Cmd {
	if m.covered() || m.at.tooSmall || m.question != nil {
		return nil
	}
	m.notice = nil
	m.wire.Release()
	if m.at.tabs.contains(msg.X, msg.Y) {
		return m.clickTab(msg.X)
	}
	p, inside := m.paneAt(msg.X, msg.Y)
	if inside.w == 0 {
		return nil
	}
	m.show(p)
	switch p {
	case wireView:
		m.wire.Click(msg.X-inside.x, msg.Y-inside.y)
	case lessonView:
		m.lesson.Click(msg.Y - inside.y)
	}
	return nil
}

func (m *Model) clickTab(x int) tea.Cmd {
	p, ok := m.tabAt(x)
	if !ok {
		return nil
	}
	m.show(p)
	if p == sourceView {
		return m.readSource()
	}
	return nil
}

// paneAt is the pane at a place of the screen, and the box of its text, without
// the margin; an empty box where there is no pane.
func (m *Model) paneAt(x, y int) (pane, box) {
	p, b := m.front(), m.at.left
	switch {
	case m.at.right.contains(x, y):
		p, b = wireView, m.at.right
	case !b.contains(x, y):
		return p, box{}
	case m.at.wide:
		p = m.left
	}
	b.x, b.w = b.x+1, b.w-2
	return p, b
}
