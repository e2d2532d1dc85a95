package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/internal/course"
	"example/wirebook/lessons"
	"example/wirebook/tui/cells"
)

// What the keys do. Which key it is, and when it works, is in keys.go.

// canSend: the lesson's focus is on something with an exchange.
func (m *Model) canSend() bool { return m.onExchange() && !m.doneAtEnd() }

func (m *Model) onExchange() bool {
	b := m.lesson.Focused()
	return at(lessonView)(m) && b != nil && b.Exchange != nil && !m.canAnswer()
}

func (m *Model) canAnswer() bool {
	b := m.lesson.Focused()
	return at(lessonView)(m) && b != nil && b.Question != nil && !m.lesson.Answered()
}

func (m *Model) onExerciseBlock() bool {
	b := m.lesson.Focused()
	return at(lessonView)(m) && b != nil && b.Kind == lessons.Exercise
}

func (m *Model) canReadOn() bool {
	return at(lessonView)(m) && !m.onExchange() && !m.canAnswer() && !m.onExerciseBlock() && !m.doneAtEnd()
}

func (m *Model) sendFocused() tea.Cmd {
	b := m.lesson.Focused()
	m.lastSent = b
	if b.AnyServer {
		return m.sendTo(b.Exchange, m.server.chosen)
	}
	return m.sendTo(b.Exchange, b.Server)
}

// answer takes the chosen option and lets the wire decide at once.
func (m *Model) answer() tea.Cmd {
	m.lesson.Answer()
	return tea.Batch(m.sendFocused(), m.saveProgress())
}

// lessonServer is the server that the open lesson begins with.
func (m *Model) lessonServer() course.Server {
	if l := m.current(); l != nil {
		return l.Server
	}
	return course.Notes
}

func (m *Model) openExercise() {
	m.exercise.ChooseNamed(m.lesson.Focused().Name)
	m.show(exerciseView)
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

// back leaves what lies on top.
func (m *Model) back() {
	switch {
	case m.mode != reading:
		m.mode = reading
	case m.left == exerciseView && !m.onWire && m.exercise.Back():
	default:
		m.show(lessonView)
	}
}

// down moves by a line, or by a choice.
func (m *Model) down(by int) {
	switch {
	case m.mode == helping:
		m.helpTop = min(max(m.helpTop+by, 0), max(len(m.helpRows(m.w))-m.at.left.h, 0))
	case m.mode == listing:
		m.list.move(by, len(m.o.Lessons))
	case m.front() == wireView:
		m.wire.MoveRow(by)
	case m.left == exerciseView:
		m.exercise.ScrollBy(by)
	case m.left == sourceView:
		m.source.ScrollBy(by)
	case !m.lesson.Choose(by):
		m.lesson.ScrollBy(by)
	}
}

// page moves by a windowful, less two lines that carry the eye over.
func (m *Model) page(by int) {
	by *= max(m.at.left.h-2, 1)
	switch {
	case m.mode == helping || m.mode == listing:
		m.down(by)
	case m.front() == wireView:
		m.wire.Page(by)
	case m.left == lessonView:
		m.lesson.ScrollBy(by)
	default:
		m.down(by)
	}
}

const farAway = 1 << 20

func (m *Model) toEnd(last bool) {
	by := -farAway
	if last {
		by = farAway
	}
	switch {
	case m.mode == reading && m.front() == wireView:
		m.wire.ToEnd(last)
	case m.mode == reading && m.left == lessonView:
		m.lesson.ScrollBy(by)
	default:
		m.down(by)
	}
}

func (m *Model) toggleMouse() {
	m.mouse = !m.mouse
	if m.mouse {
		m.say(cells.Dim, "mouse on: the wheel scrolls, a click chooses a pane; m gives selecting and copying back")
	} else {
		m.say(cells.Dim, "mouse off: the terminal selects and copies")
	}
}

func (m *Model) wheel(msg tea.MouseWheelMsg) {
	by := 3
	if msg.Button == tea.MouseWheelUp {
		by = -3
	}
	if m.mode == reading && (m.at.wide && m.at.right.contains(msg.X, msg.Y) || !m.at.wide && m.onWire) {
		m.wire.ScrollBy(by)
		return
	}
	if m.mode == reading && m.left == lessonView {
		m.lesson.ScrollBy(by)
		return
	}
	m.down(by)
}

func (m *Model) click(msg tea.MouseClickMsg) {
	switch {
	case m.mode != reading || m.at.tooSmall:
	case m.at.wide:
		m.onWire = m.at.right.contains(msg.X, msg.Y)
	case m.at.tabs.contains(msg.X, msg.Y):
		if p, ok := m.tabAt(msg.X); ok {
			m.show(p)
		}
	}
}

// goLesson opens another lesson and starts its server.
func (m *Model) goLesson(i int) tea.Cmd {
	switch {
	case i < 0:
		m.say(cells.Dim, "this is the first lesson")
		return nil
	case i >= len(m.o.Lessons):
		m.say(cells.Dim, "this is the last lesson")
		return nil
	}
	m.noteProgress()
	before := m.step()
	m.index, m.mode = i, reading
	m.show(lessonView)
	m.showLesson()
	own := m.lessonServer()
	if g := m.server.want; m.step() == before && own == g.asked && !g.stopped {
		m.server.chosen = own
		return m.saveProgress()
	}
	return tea.Batch(m.saveProgress(), m.chooseServer(own), m.watchExercise())
}

// quit leaves. A program that ends while the terminal still answers questions
// of the start leaves those answers on the reader's prompt, so that a quit
// within the first moments waits for them.
func (m *Model) quit() tea.Cmd {
	wait := max(m.opened.Add(150*time.Millisecond).Sub(m.clock()), 0)
	return tea.Tick(wait, func(time.Time) tea.Msg { return tea.QuitMsg{} })
}

func (m *Model) startSearch() { m.search = search{typing: true, line: m.search.line} }

// endSearch takes the marks away with it.
func (m *Model) endSearch() { m.search = search{line: m.search.line} }

func (m *Model) typeSearch(text string) {
	m.search.text += cells.Safe(text)
	m.findFrom(m.searchTop(), 1)
}

func (m *Model) backspace() {
	letters := []rune(m.search.text)
	if len(letters) > 0 {
		m.search.text = string(letters[:len(letters)-1])
	}
	m.findFrom(m.search.line, 1)
}

func (m *Model) findNext(dir int) { m.findFrom(m.search.line+dir, dir) }

// searchTop is where a search begins: what is read now.
func (m *Model) searchTop() int {
	if m.left == sourceView {
		return m.source.FirstLine()
	}
	return m.lesson.TopLine()
}

func (m *Model) findFrom(line, dir int) {
	if m.search.text == "" {
		m.search.missed = false
		return
	}
	found := 0
	if m.left == sourceView {
		found = m.source.Find(m.search.text, line, dir)
	} else {
		found = m.lesson.Find(m.search.text, line, dir)
	}
	m.search.missed = found < 0
	if found >= 0 {
		m.search.line = found
	}
}
