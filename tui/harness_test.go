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

// A harness is a model at work, with what it needs around it. Commands run beside
// it, in the bubble of a synctest: time passes only when all of them wait.
type harness struct {
	t         *testing.T
	m         *Model
	session   *fakeSession
	tap       *fakeTap
	inbox     chan tea.Msg
	results   []check.Result // what the next check finds
	failed    error
	checks    int
	resets    int
	suspended int
	quit      bool
	clip      string
	ticks     int // of the clock
}

// newHarness opens the small lesson in a window. It must run inside
// synctest.Test; change may alter the options.
func newHarness(t *testing.T, width, height int, change func(*Options)) *harness {
	t.Helper()
	h := &harness{t: t, session: newFakeSession(), tap: &fakeTap{events: make(chan []wire.Event, 16)}, inbox: make(chan tea.Msg, 256)}
	all, steps := book(t)
	root := t.TempDir()
	env := map[string]string{"WIREBOOK_THEME": "mono", "EDITOR": "ed"}
	o := Options{
		Root: root, Lessons: all, Steps: steps, Command: "go run .",
		Session: h.session, Tap: h.tap, StatePath: filepath.Join(root, "state", "progress.json"),
		Getenv: func(k string) string { return env[k] },
		Check: func(ctx context.Context, step string, progress func(check.Result)) ([]check.Result, error) {
			h.checks++
			for _, r := range h.results {
				progress(r)
			}
			return h.results, h.failed
		},
		Suspend: func() { h.suspended++ },
		Reset:   func(step string) (string, error) { h.resets++; return "/somewhere/main.go.bak-1", nil },
	}
	if change != nil {
		change(&o)
	}
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	h.m = newModel(ctx, o)
	h.m.restore(h.m.store.Load())
	h.run(h.m.Init())
	h.tell(tea.WindowSizeMsg{Width: width, Height: height})
	t.Cleanup(func() {
		cancel()
		close(h.tap.events)
		time.Sleep(10 * time.Second) // the timers that are still set go off
		synctest.Wait()
	})
	return h
}

// run carries a command out, as the program would.
func (h *harness) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		switch msg := cmd().(type) {
		case nil:
		case tea.BatchMsg:
			for _, c := range msg {
				h.run(c)
			}
		default:
			h.inbox <- msg
		}
	}()
}

// tell gives the model a message and then all that follows from it, until
// everybody waits.
func (h *harness) tell(msg tea.Msg) {
	_, cmd := h.m.Update(msg)
	h.run(cmd)
	h.settle()
}

func (h *harness) settle() {
	for {
		synctest.Wait()
		select {
		case msg := <-h.inbox:
			switch msg.(type) {
			case clockTicked:
				h.ticks++
			case tea.QuitMsg:
				h.quit = true
				continue
			}
			// A command's own type, such as the clipboard's, is not ours.
			if text, ok := clipboard(msg); ok {
				h.clip = text
				continue
			}
			_, cmd := h.m.Update(msg)
			h.run(cmd)
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

// goTo steps to the block of a name, from the lesson's beginning.
func (h *harness) goTo(name string) {
	h.t.Helper()
	h.press("1", "g")
	for range 60 {
		if b := h.m.lesson.Front(); b != nil && b.Name == name {
			return
		}
		h.press("n")
	}
	h.t.Fatalf("no way to block %q:\n%s", name, h.screen())
}

// step is the one whose exercises are open.
func (h *harness) step() *course.Step { return h.m.o.stepOf(h.m.step()) }

// after lets time pass.
func (h *harness) after(t time.Duration) {
	const step = 50 * time.Millisecond
	for ; t > 0; t -= step {
		time.Sleep(min(t, step))
		h.settle()
	}
}

// press types keys by their names.
func (h *harness) press(strokes ...string) {
	for _, s := range strokes {
		h.tell(keyPress(s))
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
func (h *harness) screen() string {
	var b strings.Builder
	for _, r := range h.m.frame() {
		b.WriteString(strings.TrimRight(r.Plain(), " ") + "\n")
	}
	return b.String()
}

func (h *harness) wantScreen(parts ...string) {
	h.t.Helper()
	s := h.screen()
	for _, p := range parts {
		if !strings.Contains(s, p) {
			h.t.Errorf("the screen lacks %q:\n%s", p, s)
		}
	}
}

func (h *harness) wantNot(parts ...string) {
	h.t.Helper()
	s := h.screen()
	for _, p := range parts {
		if strings.Contains(s, p) {
			h.t.Errorf("the screen has %q:\n%s", p, s)
		}
	}
}

// traffic puts one connection on the wire: what was asked, what was answered.
func (h *harness) traffic(id int, exchange, request, response string) {
	h.tap.events <- screentest.Talk(id, exchange, request, response)
	h.settle()
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
