package tui

import (
	"image/color"
	"regexp"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/internal/screentest"
	"example/wirebook/tui/cells"
)

var colourCode = regexp.MustCompile(`\x1b\[[0-9;:]*(3[0-8]|4[0-8]|9[0-7]|10[0-7])[;:m]`)

// Without colours: none is sent, and the cursor can still be seen.
func TestNoColor(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 120, 40, func(o *Options) {
			o.Getenv = func(k string) string { return map[string]string{"NO_COLOR": "1"}[k] }
		})
		h.traffic(1, "", screentest.GetPage, screentest.YesPage)
		h.press("2", "right")
		view := h.m.View().Content
		if found := colourCode.FindString(view); found != "" {
			t.Errorf("a colour is sent: %q", found)
		}
		if !strings.Contains(view, "\x1b[7m") && !regexp.MustCompile(`\x1b\[[0-9;]*7m/`).MatchString(view) {
			t.Error("the cursor is not reversed")
		}
		h = newHarness(t, 120, 40, func(o *Options) { o.Getenv = func(string) string { return "" } })
		if !colourCode.MatchString(h.m.View().Content) {
			t.Error("the check above finds no colours where there are some")
		}
	})
}

// The terminal's own ground decides where the reader has not.
func TestBackground(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 80, 24, func(o *Options) { o.Getenv = func(string) string { return "" } })
		h.tell(tea.BackgroundColorMsg{Color: color.White})
		if h.m.theme.Name != cells.LightTheme {
			t.Errorf("theme %s on white", h.m.theme.Name)
		}
		h = newHarness(t, 80, 24, nil)
		h.tell(tea.BackgroundColorMsg{Color: color.White})
		if h.m.theme.Name != cells.MonoTheme {
			t.Errorf("WIREBOOK_THEME=mono gave %s", h.m.theme.Name)
		}
	})
}
