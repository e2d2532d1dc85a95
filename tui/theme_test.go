package tui

import (
	"image/color"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"example/wirebook/internal/wire"
	"example/wirebook/lessons"
)

// Colours live in theme.go and nowhere else.
func TestNoColourOutsideTheTheme(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	colour := regexp.MustCompile(`lipgloss"|lipgloss/v2|#[0-9a-fA-F]{6}|\\x1b|\\033|\\u001b`)
	looked := 0
	for _, name := range files {
		if name == "theme.go" || strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		looked++
		if found := colour.Find(text); found != nil {
			t.Errorf("%s has %q", name, found)
		}
	}
	if looked < 10 {
		t.Errorf("looked at %d files", looked)
	}
}

func TestEveryRoleHasATone(t *testing.T) {
	for _, r := range lessons.Roles() {
		if _, ok := lessonTones[r]; !ok {
			t.Errorf("the role %q has no tone", r)
		}
	}
	for k := wire.SpanKind(0); k.String() != "unknown"; k++ {
		if _, ok := spanTones[k]; !ok {
			t.Errorf("the kind of span %q has no tone", k)
		}
	}
}

// Every colour can be read on its ground: a contrast of 4.5 or more, as WCAG
// asks for text, on a black as soft and on a white as grey as terminals have.
func TestContrast(t *testing.T) {
	for i, a := range appearances {
		for _, side := range []struct{ text, ground string }{{a.dark, "#1e1e1e"}, {a.light, "#f6f6f6"}} {
			if side.text == "" {
				continue
			}
			if c := contrast(lipgloss.Color(side.text), lipgloss.Color(side.ground)); c < 4.5 {
				t.Errorf("tone %d: %s on %s has contrast %.1f", i, side.text, side.ground, c)
			}
		}
	}
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		f := float64(v) / 0xffff
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func TestChooseTheme(t *testing.T) {
	for _, tt := range []struct {
		env  map[string]string
		name string
		sure bool
	}{
		{nil, "dark", false},
		{map[string]string{"NO_COLOR": "1"}, "mono", true},
		{map[string]string{"NO_COLOR": ""}, "dark", false},
		{map[string]string{"WIREBOOK_THEME": "light", "NO_COLOR": "1"}, "light", true},
		{map[string]string{"WIREBOOK_THEME": "purple"}, "dark", false},
	} {
		name, sure := chooseTheme(func(k string) string { return tt.env[k] })
		if name != tt.name || sure != tt.sure {
			t.Errorf("%v: %s %v, want %s %v", tt.env, name, sure, tt.name, tt.sure)
		}
	}
}

var colourCode = regexp.MustCompile(`\x1b\[[0-9;:]*(3[0-8]|4[0-8]|9[0-7]|10[0-7])[;:m]`)

// Without colours: none is sent, and the cursor can still be seen.
func TestNoColor(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, 120, 40, func(o *Options) {
			o.Getenv = func(k string) string { return map[string]string{"NO_COLOR": "1"}[k] }
		})
		d.traffic(1, "", getPage, yesPage)
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
		if d.m.theme.name != lightTheme {
			t.Errorf("theme %s on white", d.m.theme.name)
		}
		d = newDesk(t, 80, 24, nil)
		d.tell(tea.BackgroundColorMsg{Color: color.White})
		if d.m.theme.name != monoTheme {
			t.Errorf("WIREBOOK_THEME=mono gave %s", d.m.theme.name)
		}
	})
}
