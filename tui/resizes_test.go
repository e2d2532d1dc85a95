package tui

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/internal/screentest"
	"example/wirebook/tui/cells"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/vt"
)

// A terminal is an emulator that a program writes to while it is resized.
type terminal struct {
	mu     sync.Mutex
	screen *vt.Emulator
}

// Write makes CR LF of each LF, as a terminal's driver does.
func (t *terminal) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.screen.Write(bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n")))
	return len(b), nil
}

func (t *terminal) resize(w, h int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.screen.Resize(w, h)
}

// running is the model under Bubble Tea itself. The harness has started it.
type running struct{ *Model }

func (r running) Init() tea.Cmd { return nil }

func (r running) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	_, cmd := r.Model.Update(msg)
	return r, cmd
}

// Two hundred sizes, several at a time, while connections come in and keys are
// pressed: what the renderer has changed on the screen is, cell by cell, what
// the model draws on an empty one.
func TestResizesUnderLoad(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 80, 24, nil)
		h.m.theme = cells.NewTheme(cells.DarkTheme)
		term := &terminal{screen: vt.NewEmulator(80, 24)}
		// The emulator answers what the renderer asks; nobody needs it.
		answers := term.screen.InputPipe().(io.Closer)
		go io.Copy(io.Discard, term.screen)
		p := tea.NewProgram(running{h.m}, tea.WithInput(nil), tea.WithOutput(term), tea.WithWindowSize(80, 24),
			tea.WithEnvironment([]string{"TERM=xterm-256color"}), tea.WithColorProfile(colorprofile.TrueColor), tea.WithoutSignalHandler())
		ended := make(chan error)
		go func() {
			_, err := p.Run()
			ended <- err
		}()
		stop := make(chan struct{})
		go func() {
			for {
				select {
				case msg := <-h.inbox:
					p.Send(msg)
				case <-stop:
					return
				}
			}
		}()

		const seed = 7
		random := rand.New(rand.NewPCG(seed, seed))
		keys := []string{"1", "2", "3", "4", "x", "n", "right", "enter", "pgdown", "tab", "0", "esc", "?", "?", ":", "esc"}
		conns, w, height := 0, 80, 24
		for sizes := 0; sizes < 200; {
			for range 1 + random.IntN(4) {
				w, height = 36+random.IntN(180), 8+random.IntN(60)
				sizes++
				term.resize(w, height)
				p.Send(tea.WindowSizeMsg{Width: w, Height: height})
				conns++
				h.tap.events <- screentest.Talk(conns, "", fmt.Sprintf("GET /%d-日本 HTTP/1.1\r\nX: %s\r\n\r\n", conns, strings.Repeat("long ", random.IntN(80))), screentest.YesPage)
				p.Send(keyPress(keys[random.IntN(len(keys))]))
			}
			time.Sleep(100 * time.Millisecond) // the renderer draws sixty times a second
			synctest.Wait()
			if d := difference(term.screen, painted(h.m.View().Content, w, height)); d != "" {
				t.Fatalf("seed %d, size %d, %dx%d: %s", seed, sizes, w, height, d)
			}
		}
		p.Quit()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		close(stop)
		answers.Close()
	})
}

// difference is the first cell in which two screens differ, empty if none.
func difference(got, want *vt.Emulator) string {
	if got.Width() != want.Width() || got.Height() != want.Height() {
		return fmt.Sprintf("%dx%d, not %dx%d", got.Width(), got.Height(), want.Width(), want.Height())
	}
	for y := range want.Height() {
		for x := range want.Width() {
			if g, w := got.CellAt(x, y), want.CellAt(x, y); !g.Equal(w) && (g.Content != " " || w.Content != " " || g.Style.Bg != w.Style.Bg || g.Style.Attrs != w.Style.Attrs) {
				return fmt.Sprintf("column %d of row %d is %+v, not %+v\n%s\nnot\n%s", x, y, g, w, shownText(got), shownText(want))
			}
		}
	}
	return ""
}
