package tui

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/internal/course"
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/progress"
	"example/wirebook/tui/cells"
	"example/wirebook/tui/exercisepane"
	"example/wirebook/tui/lessonpane"
	"example/wirebook/tui/palette"
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
	panes   mode = iota
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
	contents contents
	help     helpPage
	search   search
	palette  palette.Palette
	picks    []func(*Model) tea.Cmd // what its entries do
	question *question
	notice   cells.Row // on the status line until the next key

	server  serverState
	sending *sending
	check   checkRun
	warned  bool // of exercises that are left in the open lesson

	progress    progress.Progress
	store       *progress.Store
	saves       int
	saidUnsaved bool
	keeping     bool // the place is about to be saved

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
	m.help.keys, m.opened = m.keys, m.clock()
	return m
}

// Init starts what goes on beside the screen.
func (m *Model) Init() tea.Cmd {
	cmds := []tea.Cmd{awaitEvents(m.o.Tap, m.clock), awaitStatus(m.ctx, m.o.Session), m.chooseServer(m.lessonServer()), m.watchExercise()}
	if !m.themeSure {
		cmds = append(cmds, tea.RequestBackgroundColor)
	}
	return tea.Batch(cmds...)
}

// Update takes one message in.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := m.update(msg)
	if m.shows(wireView) {
		m.unseen = 0
	}
	return m, tea.Batch(cmd, m.tick(), m.keepPlace())
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
		if m.palette.IsOpen() {
			m.palette.Paste(msg)
		} else if m.search.typing {
			m.search.edit(msg, m.searched())
		}
	case tea.MouseWheelMsg:
		m.wheel(msg)
	case tea.MouseClickMsg:
		return m.click(msg)
	case eventsArrived:
		m.setNow(msg.at)
		m.unseen += m.wire.Add(msg.events, msg.lost, msg.at)
		return awaitEvents(m.o.Tap, m.clock)
	case statusChanged:
		m.setStatus(msg.status)
		return awaitStatus(m.ctx, m.o.Session)
	case serverStarted:
		return m.serverReady(msg)
	case exchangeSent:
		return m.sent(msg)
	case exerciseJudged:
		return m.judged(msg)
	case partsFound:
		if msg.step == m.step() {
			m.exercise.SetParts(msg.parts)
		}
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
	case placeSettled:
		m.keeping = false
		return m.saveProgress()
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
	for _, v := range []view{&m.lesson, &m.exercise, &m.source} {
		v.SetSize(left.w-2, left.h)
	}
	m.wire.SetSize(right.w-2, right.h)
	m.contents.SetSize(min(m.w-4, maxPage), left.h)
	m.help.SetSize(m.w-4, left.h)
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

// quit leaves. A program that ends while the terminal still answers questions
// of the start leaves those answers on the reader's prompt, so that a quit
// within the first moments waits for them.
func (m *Model) quit() tea.Cmd {
	wait := max(m.opened.Add(150*time.Millisecond).Sub(m.clock()), 0)
	return tea.Tick(wait, func(time.Time) tea.Msg { return tea.QuitMsg{} })
}
