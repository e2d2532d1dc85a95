package cells

import (
	"image/color"
	"io/fs"
	"math"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
)

// Colours live in theme.go and nowhere else.
func TestNoColourOutsideTheTheme(t *testing.T) {
	colour := regexp.MustCompile(`lipgloss"|lipgloss/v2|#[0-9a-fA-F]{6}|\\x1b|\\033|\\u001b`)
	looked := 0
	err := fs.WalkDir(os.DirFS(".."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".go" || name == "cells/theme.go" || strings.HasSuffix(name, "_test.go") {
			return err
		}
		text, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			return err
		}
		looked++
		if found := colour.Find(text); found != nil {
			t.Errorf("%s has %q", name, found)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if looked < 10 {
		t.Errorf("looked at %d files", looked)
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
		name, sure := ChooseTheme(func(k string) string { return tt.env[k] })
		if name != tt.name || sure != tt.sure {
			t.Errorf("%v: %s %v, want %s %v", tt.env, name, sure, tt.name, tt.sure)
		}
	}
}
