package tui

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// A tone is what a text means, not how it looks. This file alone knows colours.
type tone uint8

// The tones.
const (
	plain tone = iota
	dim
	strong
	soft // emphasis
	heading
	subheading
	frame
	active // the frame around what the cursor is on
	keycap
	good
	bad
	warn
	code
	comment
	keyword
	literal
	link
	toServer
	toClient
	method
	target
	version
	status
	fieldName
	fieldValue
	lineEnd
	control // bytes without a glyph of their own
	body
	chunk
	tones

	// marked is added to a tone: the cursor is here.
	marked tone = 0x80
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
	plain:      {},
	dim:        {dark: "#8b949e", light: "#5c6670", faint: true},
	strong:     {bold: true},
	soft:       {italic: true},
	heading:    {dark: "#f0c674", light: "#7a4b00", bold: true},
	subheading: {dark: "#f0c674", light: "#7a4b00"},
	frame:      {dark: "#848d97", light: "#656d76", faint: true},
	active:     {dark: "#79b8ff", light: "#0550ae", bold: true},
	keycap:     {dark: "#79b8ff", light: "#0550ae", bold: true},
	good:       {dark: "#7ec699", light: "#116329", bold: true},
	bad:        {dark: "#ff8f88", light: "#b3261e", bold: true},
	warn:       {dark: "#e5b567", light: "#7a4b00", bold: true},
	code:       {dark: "#c9d1d9", light: "#24292f"},
	comment:    {dark: "#8b949e", light: "#5c6670", faint: true},
	keyword:    {dark: "#c4a7f5", light: "#6639a6"},
	literal:    {dark: "#9ecbff", light: "#0a3069"},
	link:       {dark: "#79b8ff", light: "#0550ae", underline: true},
	toServer:   {dark: "#79b8ff", light: "#0550ae", bold: true},
	toClient:   {dark: "#7ec699", light: "#116329", bold: true},
	method:     {dark: "#c4a7f5", light: "#6639a6", bold: true},
	target:     {dark: "#f0c674", light: "#7a4b00"},
	version:    {dark: "#9aa7b5", light: "#57606a"},
	status:     {dark: "#7ec699", light: "#116329", bold: true},
	fieldName:  {dark: "#79b8ff", light: "#0550ae"},
	fieldValue: {},
	lineEnd:    {dark: "#7d8896", light: "#656d76", faint: true},
	control:    {dark: "#ff8f88", light: "#b3261e"},
	body:       {dark: "#d0d7de", light: "#32383f"},
	chunk:      {dark: "#e5b567", light: "#7a4b00"},
}

// A Theme turns tones into the terminal's codes.
type Theme struct {
	name string
	open [2][tones]string // [marked][tone]
}

// The names of the themes, as WIREBOOK_THEME spells them.
const (
	darkTheme  = "dark"
	lightTheme = "light"
	monoTheme  = "mono"
)

const reset = "\x1b[m"

// newTheme builds a theme; an unknown name gives the dark one.
func newTheme(name string) *Theme {
	t := &Theme{name: name}
	for i, l := range appearances {
		style := lipgloss.NewStyle().Bold(l.bold).Underline(l.underline).Italic(l.italic)
		switch {
		case name == monoTheme:
			style = style.Faint(l.faint)
		case name == lightTheme && l.light != "":
			style = style.Foreground(lipgloss.Color(l.light))
		case name != lightTheme && l.dark != "":
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

// paint makes a terminal's text of rows. Neighbours in one tone share a code.
func (t *Theme) paint(rows []row) string {
	var b strings.Builder
	for i, r := range rows {
		if i > 0 {
			b.WriteByte('\n')
		}
		now := ""
		for _, x := range r {
			on := 0
			if x.tone&marked != 0 {
				on = 1
			}
			code := t.open[on][x.tone&^marked]
			if code != now {
				if now != "" {
					b.WriteString(reset)
				}
				b.WriteString(code)
				now = code
			}
			b.WriteString(x.text)
		}
		if now != "" {
			b.WriteString(reset)
		}
	}
	return b.String()
}

func isTheme(name string) bool {
	return name == darkTheme || name == lightTheme || name == monoTheme
}

// chooseTheme decides without asking the terminal. sure is false when the
// terminal's background may still decide between dark and light.
func chooseTheme(getenv func(string) string) (name string, sure bool) {
	if name := getenv("WIREBOOK_THEME"); isTheme(name) {
		return name, true
	}
	if getenv("NO_COLOR") != "" {
		return monoTheme, true
	}
	return darkTheme, false
}
