package tui

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"example/wirebook/internal/reading"
	"example/wirebook/tui/exercisepane"
)

// An area groups keys on the help page.
type area string

const (
	everywhere area = "everywhere"
	inLesson   area = "lesson"
	onTheWire  area = "wire"
	inExercise area = "exercise"
	inSource   area = "source"
	onServer   area = "server"
	elsewhere  area = "contents, keys, find, questions"
)

var areas = []area{everywhere, inLesson, onTheWire, inExercise, inSource, onServer, elsewhere}

// A command is one thing that a key does. The table of commands is the only
// place that knows keys: the footer, the help page, the README's table and the
// keyboard itself are made from it.
type command struct {
	key  key.Binding
	area area
	foot int // place in the footer, from 1; 0 leaves it out
	when func(*Model) bool
	run  func(*Model) tea.Cmd
}

// bind writes a binding: its name and what it does for people, then the keys.
func bind(name, does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(name, does))
}

// act is a command's run that asks for nothing to be done outside.
func act(f func(*Model)) func(*Model) tea.Cmd {
	return func(m *Model) tea.Cmd { f(m); return nil }
}

// keyTable lists all commands.
func keyTable() []command {
	return slices.Concat(enterKeys(), paneKeys(), moveKeys(), workKeys(), serverKeys(), overlayKeys())
}

// enterKeys are what enter means, by what it would act on.
func enterKeys() []command {
	return []command{
		{bind("⏎", opensNext, "enter"), inLesson, 1, lessonEnds, (*Model).leave},
		{bind("⏎", "contents, after the last lesson", "enter"), inLesson, 1, courseEnds, act((*Model).openContents)},
		{bind("⏎", "send, on an exchange", "enter"), inLesson, 1, next(reading.Send), (*Model).sendFront},
		{bind("⏎", "answer and send, on a question", "enter"), inLesson, 1, next(reading.Answer), (*Model).answer},
		{bind("⏎", "open the exercise, where one stands", "enter"), inLesson, 1, next(reading.Practise), act((*Model).openExercise)},
		{bind("⏎", "read on, elsewhere", "enter"), inLesson, 1, next(reading.ReadOn), act(func(m *Model) { m.lesson.Forward() })},
		{bind("⏎", "go on in the lesson, after a pass", "enter"), inExercise, 1, hasPassed, act((*Model).goOn)},
		{bind("⏎", "open, in the contents", "enter"), elsewhere, 1, in(listing), (*Model).openChosen},
	}
}

// paneKeys choose what is in front.
func paneKeys() []command {
	return []command{
		{bind("tab", "other pane", "tab"), everywhere, 2, in(panes), (*Model).otherPane},
		{bind("⇧tab", "other pane, the other way round", "shift+tab"), everywhere, 0, in(panes), (*Model).previousPane},
		{bind("1", "lesson", "1"), everywhere, 0, in(panes), act(func(m *Model) { m.show(lessonView) })},
		{bind("2", "wire", "2"), everywhere, 0, in(panes), act(func(m *Model) { m.show(wireView) })},
		{bind("3", "exercise", "3"), everywhere, 9, in(panes), act(func(m *Model) { m.show(exerciseView) })},
		{bind("4", "source", "4"), everywhere, 0, in(panes), func(m *Model) tea.Cmd { m.show(sourceView); return m.readSource() }},
		{bind("0", "contents", "0"), everywhere, 0, notIn(listing), act((*Model).openContents)},
		{bind("[", "previous lesson", "["), everywhere, 0, in(panes), func(m *Model) tea.Cmd { return m.goLesson(m.index - 1) }},
		{bind("]", "next lesson", "]"), everywhere, 0, in(panes), (*Model).leave},
		{bind("m", "mouse on or off", "m"), everywhere, 0, in(panes), act((*Model).toggleMouse)},
		{bind(":", "find anything, by typing", ":", "ctrl+p"), everywhere, 8, always, act((*Model).openPalette)},
		{bind("ctrl+l", "draw the screen anew", "ctrl+l"), everywhere, 0, always, func(*Model) tea.Cmd { return tea.ClearScreen }},
		{bind("ctrl+z", "stop, until the shell's fg", "ctrl+z"), everywhere, 0, always, (*Model).suspend},
		{bind("?", "keys", "?"), everywhere, 11, notIn(helping), act((*Model).openHelp)},
		{bind("?", "close the keys", "?"), elsewhere, 11, in(helping), act((*Model).back)},
		{bind("q", "quit", "q", "ctrl+c"), everywhere, 12, in(panes), (*Model).quit},
		{bind("q", "close", "q"), elsewhere, 12, notIn(panes), act((*Model).back)},
		{bind("ctrl+c", "quit", "ctrl+c"), elsewhere, 0, notIn(panes), (*Model).quit},
	}
}

// moveKeys move within the pane in front.
func moveKeys() []command {
	return []command{
		{bind("↓", "down; next choice", "down", "j"), everywhere, 0, always, act(func(m *Model) { m.inFront().Down(1) })},
		{bind("↑", "up; previous choice", "up", "k"), everywhere, 0, always, act(func(m *Model) { m.inFront().Down(-1) })},
		{bind("pgdn", "a page down", "pgdown", "space", "ctrl+f"), everywhere, 0, always, act(func(m *Model) { m.inFront().Page(1) })},
		{bind("pgup", "a page up", "pgup", "b", "ctrl+b"), everywhere, 0, always, act(func(m *Model) { m.inFront().Page(-1) })},
		{bind("ctrl+d", "half a page down", "ctrl+d"), everywhere, 0, always, act(func(m *Model) { m.halfPage(1) })},
		{bind("ctrl+u", "half a page up", "ctrl+u"), everywhere, 0, always, act(func(m *Model) { m.halfPage(-1) })},
		{bind("g", "to the beginning", "g", "home"), everywhere, 0, always, act(func(m *Model) { m.inFront().End(false) })},
		{bind("G", "to the end", "G", "end"), everywhere, 0, always, act(func(m *Model) { m.inFront().End(true) })},
		{bind("n", opensNext, "n"), inLesson, 3, lessonEnds, (*Model).leave},
		{bind("n", "next block", "n"), inLesson, 3, noQuestion, act(func(m *Model) { m.lesson.Step(1) })},
		{bind("n", "read on, without an answer", "n"), inLesson, 3, onQuestion, (*Model).passOver},
		{bind("p", "previous block", "p"), inLesson, 0, at(lessonView), act(func(m *Model) { m.lesson.Step(-1) })},
		{bind("→", "next part", "right", "l"), onTheWire, 1, at(wireView), act(func(m *Model) { m.wire.MoveSpan(1) })},
		{bind("←", "previous part", "left", "h"), onTheWire, 0, at(wireView), act(func(m *Model) { m.wire.MoveSpan(-1) })},
		{bind("n", "older connection", "n"), onTheWire, 3, at(wireView), act(func(m *Model) { m.wire.Beside(1) })},
		{bind("p", "newer connection", "p"), onTheWire, 0, at(wireView), act(func(m *Model) { m.wire.Beside(-1) })},
		{bind("n", "next exercise", "n"), inExercise, 6, hasChosen, act(func(m *Model) { m.exercise.Choose(1) })},
		{bind("p", "previous exercise", "p"), inExercise, 0, hasChosen, act(func(m *Model) { m.exercise.Choose(-1) })},
		{bind("n", "next file", "n"), inSource, 3, hasFiles, act(func(m *Model) { m.source.NextFile(1) })},
		{bind("p", "previous file", "p"), inSource, 0, hasFiles, act(func(m *Model) { m.source.NextFile(-1) })},
		{bind("→", "right", "right", "l"), inSource, 0, at(sourceView), act(func(m *Model) { m.source.Shift(8) })},
		{bind("←", "left", "left", "h"), inSource, 0, at(sourceView), act(func(m *Model) { m.source.Shift(-8) })},
	}
}

// workKeys are the ways to look closer.
func workKeys() []command {
	return []command{
		{bind("x", "hex", "x"), onTheWire, 5, wireShown, act(func(m *Model) { m.wire.ToggleHex() })},
		{bind("y", "copy, byte for byte, what is in front", "y"), everywhere, 8, in(panes), (*Model).copyFocused},
		{bind("/", "find", "/"), everywhere, 7, canFind, act(func(m *Model) { m.search.begin() })},
		{bind("N", "back to the place before, after a search", "N"), everywhere, 0, canRepeatFind, act(func(m *Model) { m.search.again(m.searched(), -1) })},
		{bind("c", "check, your server", "c"), everywhere, 6, hasExercise, (*Model).startCheck},
		{bind("e", "edit, your server", "e"), inExercise, 3, hasChosen, (*Model).edit},
		{bind("e", "edit, your server", "e"), everywhere, 0, notAt(exerciseView), (*Model).edit},
		{bind("s", "send again", "s"), inLesson, 4, canSendAgain, (*Model).sendFront},
		{bind("s", "send, this exercise's exchange", "s"), inExercise, 3, canSendExercise, (*Model).sendExercise},
		{bind("h", "hint, after a failing check", "h"), inExercise, 2, canHint, act(func(m *Model) { m.exercise.Hint() })},
		{bind("r", "reference, its bytes", "r"), inExercise, 5, hasChosen, act(func(m *Model) { m.exercise.Toggle(exercisepane.ShowReference) })},
		{bind("d", "difference, line by line", "d"), inExercise, 5, hasFailure, act(func(m *Model) { m.exercise.Toggle(exercisepane.ShowDiff) })},
		{bind("R", "reset, your server; asks and keeps a copy", "R"), inExercise, 9, canReset, (*Model).askReset},
		{bind("esc", "back", "esc"), everywhere, 10, canGoBack, act((*Model).back)},
	}
}

// serverKeys act on the server behind the tap.
func serverKeys() []command {
	return []command{
		{bind("v", "notes/reference/yours", "v"), onServer, 4, hasExercise, (*Model).cycleServer},
		{bind("v", "notes/reference, where there is no exercise", "v"), onServer, 4, hasNoExercise, (*Model).cycleServer},
		{bind("S", "start it", "S"), onServer, 2, serverDown, (*Model).startStop},
		{bind("S", "stop it", "S"), onServer, 0, serverUp, (*Model).startStop},
		{bind("ctrl+r", "build and start it again", "ctrl+r"), onServer, 0, in(panes),
			func(m *Model) tea.Cmd { return m.startServer(m.serverNow()) }},
	}
}

// overlayKeys work where something lies over the panes. While a text is typed
// all letters belong to it.
func overlayKeys() []command {
	return []command{
		{bind("⏎", "do it, in the list that is found", "enter"), elsewhere, 1, picking, (*Model).openPicked},
		{bind("↓", "next one, in the list that is found", "down", "ctrl+n"), elsewhere, 2, picking, act(func(m *Model) { m.palette.Move(1) })},
		{bind("↑", "previous one, in the list that is found", "up", "ctrl+p"), elsewhere, 0, picking, act(func(m *Model) { m.palette.Move(-1) })},
		{bind("esc", "close, the list that is found", "esc", "ctrl+c"), elsewhere, 3, picking, act(func(m *Model) { m.palette.Close() })},
		{bind("⏎", "find the next one, while typing", "enter"), elsewhere, 1, typing, act(func(m *Model) { m.search.next(m.searched(), 1) })},
		{bind("↓", "next place", "down", "ctrl+n"), elsewhere, 2, typing, act(func(m *Model) { m.search.next(m.searched(), 1) })},
		{bind("↑", "previous place", "up", "ctrl+p"), elsewhere, 0, typing, act(func(m *Model) { m.search.next(m.searched(), -1) })},
		{bind("⌫", "one letter back", "backspace"), elsewhere, 0, typing, act(func(m *Model) { m.search.edit(tea.KeyPressMsg{Code: tea.KeyBackspace}, m.searched()) })},
		{bind("esc", "done", "esc", "ctrl+c"), elsewhere, 3, typing, act(func(m *Model) { m.search.end() })},
		{bind("y", "yes", "y"), elsewhere, 1, asked, (*Model).answerYes},
		{bind("n", "no", "n", "esc", "enter", "q", "ctrl+c"), elsewhere, 2, asked, act(func(m *Model) { m.question = nil })},
	}
}

// pressed finds the command for a key. On a keyboard of another script the key
// counts by its place, where the terminal tells it.
func (m *Model) pressed(msg tea.KeyPressMsg) tea.Cmd {
	m.notice = nil
	m.wire.Release()
	if c := m.command(msg.String()); c != nil {
		return c.run(m)
	}
	if m.palette.IsOpen() {
		m.palette.Type(msg)
		return nil
	}
	if m.search.typing {
		if m.search.edit(msg, m.searched()) {
			return nil
		}
		// A key that edits nothing, such as a page down, leaves the search and
		// does what it does elsewhere.
		m.search.end()
		return m.pressed(msg)
	}
	if k := msg.Key(); k.BaseCode != 0 && k.Mod == 0 {
		if c := m.command(string(k.BaseCode)); c != nil {
			return c.run(m)
		}
	}
	return nil
}

// command is the one that a key runs now, nil if there is none.
func (m *Model) command(stroke string) *command {
	for i, c := range m.keys {
		if slices.Contains(c.key.Keys(), stroke) && c.when(m) {
			return &m.keys[i]
		}
	}
	return nil
}

// live lists the commands that work now, as the footer orders them.
func (m *Model) live() []command {
	var list []command
	for _, c := range m.keys {
		if c.foot > 0 && c.when(m) {
			list = append(list, c)
		}
	}
	slices.SortStableFunc(list, func(a, b command) int { return a.foot - b.foot })
	return list
}

// searched is the pane that / searches.
func (m *Model) searched() searchable {
	if m.left == sourceView {
		return &m.source
	}
	return &m.lesson
}

// opensNext is what a key does at the end of a lesson. The table of keys is about
// any lesson, the footer about this one: there the next one's name follows.
const opensNext = "next lesson"

// essential are the keys that a newcomer needs: the README has these, and ? has
// all of them.
var essential = []string{"⏎", "↓", "tab", "n", "0", "v", "c", "e", "h", "?"}

// KeysMarkdown is the README's table of keys.
func KeysMarkdown() string {
	var b strings.Builder
	b.WriteString("| key | does |\n|---|---|\n")
	for _, name := range essential {
		var all []string
		for _, c := range keyTable() {
			h := c.key.Help()
			if does := shortHelp(h.Desc); h.Key == name && c.area != elsewhere && !slices.Contains(all, does) {
				all = append(all, does)
			}
		}
		fmt.Fprintf(&b, "| `%s` | %s |\n", name, strings.Join(all, "; "))
	}
	return b.String()
}
