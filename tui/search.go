package tui

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"example/wirebook/tui/cells"
)

// A search is the text that / asks for. Its places are marked while it is
// typed; its line stays when it ends, so that the next / goes on from there.
type search struct {
	typing bool
	input  textinput.Model // for its editing alone: a pane draws in tones
	line   int             // where the text stands now
	missed bool            // it stands nowhere
	last   string          // what was searched before
}

// A searchable is a pane with lines that can be searched.
type searchable interface {
	// Find scrolls to the first line from one on, in a direction and round the
	// end, that holds a text. It returns the line, or -1.
	Find(text string, from, dir int) int
	TopLine() int
}

func (s *search) begin() {
	*s = search{typing: true, line: s.line, last: s.last, input: textinput.New()}
	s.input.Focus()
}

// end takes the marks away with it.
func (s *search) end() {
	if text := s.text(); text != "" && !s.missed {
		s.last = text
	}
	*s = search{line: s.line, last: s.last}
}

// again looks for the last text once more.
func (s *search) again(in searchable, dir int) {
	if line := in.Find(s.last, s.line+dir, dir); line >= 0 {
		s.line = line
	}
}

// text is what has been typed, empty where nothing is.
func (s *search) text() string {
	if !s.typing {
		return ""
	}
	return cells.Safe(s.input.Value())
}

// found is the text if it stands somewhere.
func (s *search) found() string {
	if s.missed {
		return ""
	}
	return s.text()
}

// edit takes in a key or a pasted text, and says whether that was an edit.
func (s *search) edit(msg tea.Msg, in searchable) bool {
	text, at := s.input.Value(), s.input.Position()
	s.input, _ = s.input.Update(msg) // its command would make the cursor blink
	if s.input.Value() == text {
		return s.input.Position() != at
	}
	from := in.TopLine()
	if len(s.input.Value()) < len(text) {
		from = s.line
	}
	s.find(in, from, 1)
	return true
}

// next goes on to the next place, or back to the one before.
func (s *search) next(in searchable, dir int) { s.find(in, s.line+dir, dir) }

func (s *search) find(in searchable, from, dir int) {
	s.missed = false
	if s.text() == "" {
		return
	}
	if line := in.Find(s.text(), from, dir); line >= 0 {
		s.line = line
	} else {
		s.missed = true
	}
}

// field is the text with its cursor, for the footer.
func (s *search) field() cells.Row {
	text := append([]rune(s.input.Value()), ' ')
	at := s.input.Position()
	return cells.Row{
		{Text: "/", Tone: cells.Keycap}, {Text: string(text[:at])},
		{Text: string(text[at]), Tone: cells.Plain | cells.Marked},
		{Text: string(text[at+1:]) + "   "},
	}
}
