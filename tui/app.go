package tui

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/internal/course"
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/progress"
	"example/wirebook/lessons"
	"example/wirebook/tui/cells"
	"example/wirebook/tui/exercisepane"
	"example/wirebook/tui/lessonpane"
	"example/wirebook/tui/sourcepane"
	"example/wirebook/tui/wirepane"
)

// A pane is one of the four views.
type pane int

const (
	lessonView pane = iota
	wireView
	exerciseView
	sourceView
)

// A mode says what the whole screen shows.
type mode int

const (
	reading mode = iota
	listing      // the contents
	helping      // the keys
)

// A Model is the whole program. Update changes it and does no input or output;
// View draws it and changes nothing that lasts.
type Model struct {
	ctx   context.Context
	o     Options
	clock func() time.Time
	keys  []command
	theme *cells.Theme
	// themeSure: the reader has named a theme, so the terminal is not asked.
	themeSure bool

	w, h   int
	at     arrangement
	mode   mode
	left   pane // lesson, exercise or source
	onWire bool // keys go to the wire; with one pane it is also the one shown
	mouse  bool

	index    int // the lesson that is open
	lesson   lessonpane.Pane
	wire     wirepane.Pane
	exercise exercisepane.Pane
	source   sourcepane.Pane
	list     contents
	helpTop  int
	search   search
	question *question
	notice   cells.Row // on the status line until the next key

	server  serverState
	sending *sending
	check   checkRun
	// lastSent is the block whose exchange was sent last: at the end of a lesson
	// enter does not send it over and over.
	lastSent *lessons.Block

	progress    progress.Progress
	store       *progress.Store
	saves       int
	saidUnsaved bool

	now     time.Time // as of the last message that told it
	ticking bool
	unseen  int                // connections that came while the wire was out of sight
	ids     int                // of questions and sendings, so that late answers are known
	watch   context.CancelFunc // stops watching the exercise
	opened  time.Time
}

// A sending is an exchange that is under way, or waits for the server.
type sending struct {
	id       int
	exchange *exchange.Exchange
	since    time.Time
	waits    bool          // for the server to run
	asked    course.Server // which the reader wanted to answer it
}

func newModel(ctx context.Context, o Options) *Model {
	o = o.complete()
	theme, sure := cells.ChooseTheme(o.Getenv)
	m := &Model{
		ctx: ctx, o: o, clock: time.Now, keys: keyTable(),

		theme: cells.NewTheme(theme), themeSure: sure,
		wire: wirepane.New(), store: progress.NewStore(o.StatePath),
		watch: func() {}, check: checkRun{cancel: func() {}},
	}
	m.opened = m.clock()
	return m
}

// Init starts what goes on beside the screen.
func (m *Model) Init() tea.Cmd {
	cmds := []tea.Cmd{m.awaitEvents(), m.awaitStatus(), m.chooseServer(m.lessonServer()), m.watchExercise()}
	if !m.themeSure {
		cmds = append(cmds, tea.RequestBackgroundColor)
	}
	return tea.Batch(cmds...)
}

// Update takes one message in.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := m.update(msg)
	m.noticeSeen()
	return m, tea.Batch(cmd, m.tick())
}

func (m *Model) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
		m.resize()
	case tea.BackgroundColorMsg:
		if !m.themeSure && !msg.IsDark() {
			m.theme = cells.NewTheme(cells.LightTheme)
		}
	case tea.KeyPressMsg:
		return m.pressed(msg)
	case tea.PasteMsg:
		if m.search.typing {
			m.typeSearch(msg.Content)
		}
	case tea.MouseWheelMsg:
		m.wheel(msg)
	case tea.MouseClickMsg:
		m.click(msg)
	default:
		return m.heard(msg)
	}
	return nil
}

// heard takes in the answers of our own commands.
func (m *Model) heard(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case eventsArrived:
		m.setNow(msg.at)
		m.unseen += m.wire.Add(msg.events, msg.lost, msg.at)
		return m.awaitEvents()
	case statusChanged:
		m.setStatus(msg.status)
		return m.awaitStatus()
	case serverStarted:
		return m.serverReady(msg)
	case exchangeSent:
		return m.sent(msg)
	case exerciseJudged:
		return m.judged(msg)
	case placesFound:
		m.placed(msg)
	case checkEnded:
		return m.checked(msg)
	case exerciseSaved:
		return m.saved(msg)
	case exerciseReset:
		m.wasReset(msg)
		return m.readSource()
	case sourceRead:
		if msg.key == m.sourceWanted() {
			m.source.Set(msg.key, msg.files, msg.err)
		}
	case editorFound:
		return m.openEditor(msg)
	case editorClosed:
		if msg.err != nil {
			m.say(cells.Bad, "the editor: "+msg.err.Error()+"; set EDITOR to another one")
		}
	case progressSaved:
		if msg.err != nil && !m.saidUnsaved {
			m.saidUnsaved = true

			m.say(cells.Warn, m.notKept(msg.err))
		}
	case clockTicked:
		m.ticking = false
		m.setNow(msg.now)
	case questionArmed:
		if m.question != nil && m.question.id == msg.id {
			m.question.armed = true
		}
	}
	return nil
}

// resize gives every part its room.
func (m *Model) resize() {
	m.at = arrange(m.w, m.h)
	if m.at.tooSmall {
		return
	}
	left, right := m.at.left, m.at.right
	if !m.at.wide {
		right = left
	}
	m.lesson.SetSize(left.w-2, left.h)
	m.wire.SetSize(right.w-2, right.h)
	m.exercise.SetSize(left.w-2, left.h)
	m.source.SetSize(left.w-2, left.h)
}

// front is the pane that keys go to.
func (m *Model) front() pane {
	if m.onWire {
		return wireView
	}
	return m.left
}

// shows says whether a pane can be seen.
func (m *Model) shows(p pane) bool {
	switch {
	case m.mode != reading || m.at.tooSmall:
		return false
	case m.at.wide:
		return p == wireView || p == m.left
	}
	return p == m.front()
}

// noticeSeen counts down what there is to look at.
func (m *Model) noticeSeen() {
	if m.shows(wireView) {
		m.unseen = 0
	}
}

// setNow moves the clock, never back.
func (m *Model) setNow(now time.Time) {
	if now.After(m.now) {
		m.now = now
		m.wire.SetNow(now)
	}
}

// say puts a notice on the status line.
func (m *Model) say(t cells.Tone, text string) {
	m.notice = cells.Text(t, cells.Safe(strings.Join(strings.Fields(text), " ")))
}

// current is the lesson that is open.
func (m *Model) current() *lessons.Lesson {
	if m.index < len(m.o.Lessons) {
		return m.o.Lessons[m.index]
	}
	return nil
}

// step is the step of the lesson that is open, or where that has no server (the
// page before the first step), the first one after it that has.
func (m *Model) step() string {
	for _, l := range m.o.Lessons[min(m.index, len(m.o.Lessons)):] {
		if m.o.stepOf(l.Step) != nil {
			return l.Step
		}
	}
	if l := m.current(); l != nil {
		return l.Step
	}
	return ""
}

// noteProgress takes the place down.
func (m *Model) noteProgress() {
	if l := m.current(); l != nil {
		m.progress.Of(l.Step).Block = m.lesson.Place()
	}
}
