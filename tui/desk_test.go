package tui

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/internal/check"
	"example/wirebook/internal/course"
	"example/wirebook/internal/screentest"
	"example/wirebook/internal/wire"
	"example/wirebook/tui/cells"
)

// A desk is a model at work, with what it needs around it. Commands run beside
// it, in the bubble of a synctest: time passes only when all of them wait.
type desk struct {
	t       *testing.T
	m       *Model
	session *fakeSession
	tap     *fakeTap
	inbox   chan tea.Msg
	results []check.Result // what the next check finds
	failed  error
	checks  int
	resets  int
	quit    bool
	clip    string
}

// newDesk opens the small lesson in a window. It must run inside
// synctest.Test; change may alter the options.
func newDesk(t *testing.T, w, h int, change func(*Options)) *desk {
	t.Helper()
	d := &desk{t: t, session: newFakeSession(), tap: &fakeTap{events: make(chan []wire.Event, 16)}, inbox: make(chan tea.Msg, 256)}
	all, steps := book(t)
	root := t.TempDir()
	env := map[string]string{"WIREBOOK_THEME": "mono", "EDITOR": "ed"}
	o := Options{
		Root: root, Lessons: all, Steps: steps, Command: "go run .",
		Session: d.session, Tap: d.tap, StatePath: filepath.Join(root, "state", "progress.json"),
		Getenv: func(k string) string { return env[k] },
		Check: func(ctx context.Context, step string, progress func(check.Result)) ([]check.Result, error) {
			d.checks++
			for _, r := range d.results {
				progress(r)
			}
			return d.results, d.failed
		},
		Reset: func(step string) (string, error) { d.resets++; return "/somewhere/main.go.bak-1", nil },
	}
	if change != nil {
		change(&o)
	}
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	d.m = newModel(ctx, o)
	d.m.restore(d.m.store.Load())
	d.run(d.m.Init())
	d.tell(tea.WindowSizeMsg{Width: w, Height: h})
	t.Cleanup(func() {
		cancel()
		close(d.tap.events)
		time.Sleep(10 * time.Second) // the timers that are still set go off
		synctest.Wait()
	})
	return d
}

// run carries a command out, as the program would.
func (d *desk) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		switch msg := cmd().(type) {
		case nil:
		case tea.BatchMsg:
			for _, c := range msg {
				d.run(c)
			}
		default:
			d.inbox <- msg
		}
	}()
}

// tell gives the model a message and then all that follows from it, until
// everybody waits.
func (d *desk) tell(msg tea.Msg) {
	_, cmd := d.m.Update(msg)
	d.run(cmd)
	d.settle()
}

func (d *desk) settle() {
	for {
		synctest.Wait()
		select {
		case msg := <-d.inbox:
			switch msg.(type) {
			case tea.QuitMsg:
				d.quit = true
				continue
			}
			// A command's own type, such as the clipboard's, is not ours.
			if text, ok := clipboard(msg); ok {
				d.clip = text
				continue
			}
			_, cmd := d.m.Update(msg)
			d.run(cmd)
		default:
			return
		}
	}
}

// clipboard takes the text out of Bubble Tea's own message for it, which has no
// name outside that package.
func clipboard(msg tea.Msg) (string, bool) {
	v := reflect.ValueOf(msg)
	return v.String(), v.Kind() == reflect.String && v.Type().Name() == "setClipboardMsg"
}

// step is the one whose exercises are open.
func (d *desk) step() *course.Step { return d.m.o.stepOf(d.m.step()) }

// after lets time pass.
func (d *desk) after(t time.Duration) {
	const step = 50 * time.Millisecond
	for ; t > 0; t -= step {
		time.Sleep(min(t, step))
		d.settle()
	}
}

// press types keys by their names.
func (d *desk) press(strokes ...string) {
	for _, s := range strokes {
		d.tell(keyPress(s))
	}
}

var namedKeys = map[string]rune{
	"enter": tea.KeyEnter, "tab": tea.KeyTab, "esc": tea.KeyEscape, "up": tea.KeyUp, "down": tea.KeyDown,
	"left": tea.KeyLeft, "right": tea.KeyRight, "pgdown": tea.KeyPgDown, "pgup": tea.KeyPgUp,
	"home": tea.KeyHome, "end": tea.KeyEnd, "backspace": tea.KeyBackspace,
}

func keyPress(s string) tea.KeyPressMsg {
	if code, ok := namedKeys[s]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	if s == "space" {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	}
	if rest, ok := strings.CutPrefix(s, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: []rune(rest)[0], Mod: tea.ModCtrl}
	}
	return tea.KeyPressMsg{Code: []rune(s)[0], Text: s}
}

// screen is what is seen, without trailing blanks.
func (d *desk) screen() string {
	var b strings.Builder
	for _, r := range d.m.frame() {
		b.WriteString(strings.TrimRight(r.Plain(), " ") + "\n")
	}
	return b.String()
}

func (d *desk) wantScreen(parts ...string) {
	d.t.Helper()
	s := d.screen()
	for _, p := range parts {
		if !strings.Contains(s, p) {
			d.t.Errorf("the screen lacks %q:\n%s", p, s)
		}
	}
}

func (d *desk) wantNot(parts ...string) {
	d.t.Helper()
	s := d.screen()
	for _, p := range parts {
		if strings.Contains(s, p) {
			d.t.Errorf("the screen has %q:\n%s", p, s)
		}
	}
}

// traffic puts one connection on the wire: what was asked, what was answered.
func (d *desk) traffic(id int, exchange, request, response string) {
	d.tap.events <- screentest.Talk(id, exchange, request, response)
	d.settle()
}

// inBubble runs a test with its own clock.
func inBubble(t *testing.T, f func(t *testing.T)) { synctest.Test(t, f) }

func mustWrite(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func rowTexts(rows []cells.Row) []string {
	var texts []string
	for _, r := range rows {
		texts = append(texts, r.Plain())
	}
	return texts
}
