package cells

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// A Tone is what a text means, not how it looks. This file alone knows colours.
type Tone uint8

// The tones, and a mark.
const (
	Plain Tone = iota
	Dim
	Strong
	Soft // emphasis
	Heading
	Subheading
	Frame
	Active // the frame around what the cursor is on
	Keycap
	Good
	Bad
	Warn
	Code
	Comment
	Keyword
	Literal
	Link
	ToServer
	ToClient
	Method
	Target
	Version
	Status
	FieldName
	FieldValue
	LineEnd
	Control // bytes without a glyph of their own
	Body
	Chunk
	tones

	// Marked is added to a tone: the cursor is here.
	Marked Tone = 0x80
)

// An appearance is how one tone appears: a colour for a dark and for a light ground,
// and what is left of it where there are no colours.
type appearance struct {
	dark, light string
	bold        bool
	underline   bool
	faint       bool // in mono only: colours have their own way to step back
	italic      bool
}

var appearances = [tones]appearance{
	Plain:      {},
	Dim:        {dark: "#8b949e", light: "#5c6670", faint: true},
	Strong:     {bold: true},
	Soft:       {italic: true},
	Heading:    {dark: "#f0c674", light: "#7a4b00", bold: true},
	Subheading: {dark: "#f0c674", light: "#7a4b00"},
	Frame:      {dark: "#848d97", light: "#656d76", faint: true},
	Active:     {dark: "#79b8ff", light: "#0550ae", bold: true},
	Keycap:     {dark: "#79b8ff", light: "#0550ae", bold: true},
	Good:       {dark: "#7ec699", light: "#116329", bold: true},
	Bad:        {dark: "#ff8f88", light: "#b3261e", bold: true},
	Warn:       {dark: "#e5b567", light: "#7a4b00", bold: true},
	Code:       {dark: "#c9d1d9", light: "#24292f"},
	Comment:    {dark: "#8b949e", light: "#5c6670", faint: true},
	Keyword:    {dark: "#c4a7f5", light: "#6639a6"},
	Literal:    {dark: "#9ecbff", light: "#0a3069"},
	Link:       {dark: "#79b8ff", light: "#0550ae", underline: true},
	ToServer:   {dark: "#79b8ff", light: "#0550ae", bold: true},
	ToClient:   {dark: "#7ec699", light: "#116329", bold: true},
	Method:     {dark: "#c4a7f5", light: "#6639a6", bold: true},
	Target:     {dark: "#f0c674", light: "#7a4b00"},
	Version:    {dark: "#9aa7b5", light: "#57606a"},
	Status:     {dark: "#7ec699", light: "#116329", bold: true},
	FieldName:  {dark: "#79b8ff", light: "#0550ae"},
	FieldValue: {},
	LineEnd:    {dark: "#7d8896", light: "#656d76", faint: true},
	Control:    {dark: "#ff8f88", light: "#b3261e"},
	Body:       {dark: "#d0d7de", light: "#32383f"},
	Chunk:      {dark: "#e5b567", light: "#7a4b00"},
}

// A Theme turns tones into the terminal's codes.
type Theme struct {
	Name string
	open [2][tones]string // [marked][tone]
}

// The names of the themes, as WIREBOOK_THEME spells them.
const (
	DarkTheme  = "dark"
	LightTheme = "light"
	MonoTheme  = "mono"
)

const reset = "\x1b[m"

// NewTheme builds a theme; an unknown name gives the dark one.
func NewTheme(name string) *Theme {
	t := &Theme{Name: name}
	for i, l := range appearances {
		style := lipgloss.NewStyle().Bold(l.bold).Underline(l.underline).Italic(l.italic)
		switch {
		case name == MonoTheme:
			style = style.Faint(l.faint)
		case name == LightTheme && l.light != "":
			style = style.Foreground(lipgloss.Color(l.light))
		case name != LightTheme && l.dark != "":
			style = style.Foreground(lipgloss.Color(l.dark))
		}
		t.open[0][i] = opening(style)
		t.open[1][i] = opening(style.Faint(false).Reverse(true))
	}
	return t
}

// opening is what a style writes before a text. Asking for it once a theme,
// and not once a run, makes a frame a matter of joining strings.
func opening(s lipgloss.Style) string {
	before, _, _ := strings.Cut(s.Render("x"), "x")
	return before
}

// Paint returns what a terminal is sent for rows. Neighbours in one tone share a code.
func (t *Theme) Paint(rows []Row) string {
	var b strings.Builder
	for i, r := range rows {
		if i > 0 {
			b.WriteByte('\n')
		}
		now := ""
		for _, x := range r {
			on := 0
			if x.Tone&Marked != 0 {
				on = 1
			}
			code := t.open[on][x.Tone&^Marked]
			if code != now {
				if now != "" {
					b.WriteString(reset)
				}
				b.WriteString(code)
				now = code
			}
			b.WriteString(x.Text)
		}
		if now != "" {
			b.WriteString(reset)
		}
	}
	return b.String()
}

// IsTheme says whether there is a theme of that name.
func IsTheme(name string) bool {
	return name == DarkTheme || name == LightTheme || name == MonoTheme
}

// ChooseTheme decides without asking the terminal. sure is false when the
// terminal's background may still decide between dark and light.
func ChooseTheme(getenv func(string) string) (name string, sure bool) {
	if name := getenv("WIREBOOK_THEME"); IsTheme(name) {
		return name, true
	}
	if getenv("NO_COLOR") != "" {
		return MonoTheme, true
	}
	return DarkTheme, false
}
