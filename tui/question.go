package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/tui/cells"
)

// A question waits for yes or no. It takes no answer in its first moments:
// keys typed before it appeared were meant for something else.
type question struct {
	id    int
	text  string
	armed bool
	yes   tea.Cmd
}

const armAfter = 300 * time.Millisecond

// ask puts a question. yes is what is done when the answer is yes.
func (m *Model) ask(text string, yes tea.Cmd) tea.Cmd {
	m.ids++
	id := m.ids
	m.question = &question{id: id, text: text, yes: yes}
	return tea.Tick(armAfter, func(time.Time) tea.Msg { return questionArmed{id} })
}

// answerYes carries out what was asked about.
func (m *Model) answerYes() tea.Cmd {
	q := m.question
	if !q.armed {
		return nil
	}
	m.question = nil
	return q.yes
}

// rows are the question and the keys that answer it: one row where there is
// room, else the keys alone in the last one.
func (q *question) rows(w int) []cells.Row {
	text := cells.Text(cells.Warn, q.text)
	keys := cells.Row{{Text: "y", Tone: cells.Keycap}, {Text: " yes   "}, {Text: "n", Tone: cells.Keycap}, {Text: " no"}}
	rows := []cells.Row{append(append(text, cells.Run{Text: "   "}), keys...)}
	if rows[0].Width()+1 > w {
		rows = append(cells.Wrap(q.text, w-2, cells.Warn), keys)
	}
	for i := range rows {
		rows[i] = cells.Indent(rows[i], 1)
	}
	return rows
}
