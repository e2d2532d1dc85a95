package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/visible"
	"example/wirebook/tui/cells"
)

// copyFocused puts what is in front on the clipboard, byte for byte: a message
// of the wire, an exchange's request, a block of text, a file.
func (m *Model) copyFocused() tea.Cmd {
	what, data := m.copyable()
	if len(data) == 0 {
		m.say(cells.Dim, "there is nothing here to copy")
		return nil
	}
	m.say(cells.Good, fmt.Sprintf("copied %s: %s", what, describeBytes(data)))
	return tea.SetClipboard(string(data))
}

func (m *Model) copyable() (what string, data []byte) {
	switch m.front() {
	case wireView:
		return m.wire.MessageAtCursor()
	case exerciseView:
		if x := m.exercise.Exchange(); x != nil {
			return "the request", requestBytes(x)
		}
	case sourceView:
		if f := m.source.File(); f != nil {
			return f.Name, []byte(f.Text)
		}
	default:
		b := m.lesson.Front()
		switch {
		case b == nil:
		case b.Exchange != nil:
			return "the request", requestBytes(b.Exchange)
		default:
			return "the text", []byte(b.TextAt(m.server.status.Addr))
		}
	}
	return "", nil
}

// requestBytes is everything that an exchange sends.
func requestBytes(x *exchange.Exchange) []byte {
	var b []byte
	for _, a := range x.Script {
		if a.Kind == exchange.Send {
			b = append(b, a.Data...)
		}
	}
	return b
}

// describeBytes says how many there are, and how many of them a shell would
// take for keys: what one pastes may do more than it shows.
func describeBytes(b []byte) string {
	controls := 0
	for _, c := range b {
		if c < ' ' || c == 0x7f {
			controls++
		}
	}
	text := visible.Count(len(b), "byte")
	if controls > 0 {
		text += ", " + visible.Count(controls, "control byte")
	}
	return text
}
