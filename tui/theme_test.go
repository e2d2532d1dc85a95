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
		d := newDesk(t, 120, 40, func(o *Options) {
			o.Getenv = func(k string) string { return map[string]string{"NO_COLOR": "1"}[k] }
		})
		d.traffic(1, "", screentest.GetPage, screentest.YesPage)
		d.press("2", "right")
		view := d.m.View().Content
		if found := colourCode.FindString(view); found != "" {
			t.Errorf("a colour is sent: %q", found)
		}
		if !strings.Contains(view, "\x1b[7m") && !regexp.MustCompile(`\x1b\[[0-9;]*7m/`).MatchString(view) {
			t.Error("the cursor is not reversed")
		}
		d = newDesk(t, 120, 40, func(o *Options) { o.Getenv = func(string) string { return "" } })
		if !colourCode.MatchString(d.m.View().Content) {
			t.Error("the check above finds no colours where there are some")
		}
	})
}

// The terminal's own ground decides where the reader has not.
func TestBackground(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, 80, 24, func(o *Options) { o.Getenv = func(string) string { return "" } })
		d.tell(tea.BackgroundColorMsg{Color: color.White})
		if d.m.theme.Name != cells.LightTheme {
			t.Errorf("theme %s on white", d.m.theme.Name)
		}
		d = newDesk(t, 80, 24, nil)
		d.tell(tea.BackgroundColorMsg{Color: color.White})
		if d.m.theme.Name != cells.MonoTheme {
			t.Errorf("WIREBOOK_THEME=mono gave %s", d.m.theme.Name)
		}
	})
}
