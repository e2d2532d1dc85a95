// Package palette is a list that is searched by typing: every action of the
// workbook, every lesson, section, exchange and exercise. It holds entries and
// a line of text, and says which entry is chosen; what an entry does is its
// owner's business. It knows nothing of the screen around it.
package palette

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"example/wirebook/tui/cells"
)

// wide is from how many cells on an entry's kind is shown.
const wide = 50

// An Entry is one thing that can be found.
type Entry struct {
	Kind  string // "action", "lesson", "exchange": shown before it, and found as well
	Title string
	Hint  string // shown at the right edge: a key, a place; found as well
}

// A Palette is the list and what has been typed. The zero value is closed.
type Palette struct {
	entries []Entry
	input   textinput.Model
	found   []int // indexes of entries, best first
	chosen  int   // index in found
	open    bool
}

// Open shows the palette with all entries and nothing typed.
func (p *Palette) Open(entries []Entry) {
	p.entries, p.open = entries, true
	p.input = textinput.New()
	p.input.Focus()
	p.search()
}

// Close hides it.
func (p *Palette) Close() { p.open = false }

// IsOpen says whether it is shown: then all letters are its own.
func (p *Palette) IsOpen() bool { return p.open }

// Type takes in a key that changes the text, or moves in it.
func (p *Palette) Type(msg tea.KeyPressMsg) { p.edit(msg) }

// Paste adds a text at the cursor.
func (p *Palette) Paste(msg tea.PasteMsg) { p.edit(msg) }

func (p *Palette) edit(msg tea.Msg) {
	before := p.input.Value()
	// Its command makes a cursor blink; ours is drawn and does not.
	p.input, _ = p.input.Update(msg)
	if p.input.Value() != before {
		p.search()
	}
}

// Move chooses another of the entries found.
func (p *Palette) Move(by int) {
	p.chosen = min(max(p.chosen+by, 0), max(len(p.found)-1, 0))
}

// Chosen is the index of the chosen entry, as Open was given them; ok is false
// where nothing is found.
func (p *Palette) Chosen() (index int, ok bool) {
	if p.chosen >= len(p.found) {
		return 0, false
	}
	return p.found[p.chosen], true
}

// search finds the entries in which every word that was typed stands. Those
// whose title begins with the whole text come first, then those in whose title
// every word begins a word, then the rest, each in the order of the entries.
func (p *Palette) search() {
	text := strings.ToLower(strings.TrimSpace(p.input.Value()))
	words := strings.Fields(text)
	var ranks [3][]int
	for i, e := range p.entries {
		title := strings.ToLower(e.Title)
		all := strings.ToLower(e.Kind + " " + e.Title + " " + e.Hint)
		switch {
		case !every(words, func(w string) bool { return strings.Contains(all, w) }):
		case strings.HasPrefix(title, text):
			ranks[0] = append(ranks[0], i)
		case every(words, func(w string) bool { return strings.Contains(" "+title, " "+w) }):
			ranks[1] = append(ranks[1], i)
		default:
			ranks[2] = append(ranks[2], i)
		}
	}
	p.found, p.chosen = slices.Concat(ranks[:]...), 0
}

func every(words []string, holds func(string) bool) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !holds(w) })
}

// Rows draws the palette, w cells wide and h rows high: the line of text, then
// as many entries as there is room for, the chosen one among them.
func (p *Palette) Rows(w, h int) []cells.Row {
	rows := []cells.Row{p.line(w), cells.Rule("", w)}
	room := max(h-len(rows), 0)
	if len(p.found) == 0 {
		rows = append(rows, cells.Text(cells.Dim, "  nothing has these words; delete some"))
		return cells.Window(rows, 0, h)
	}
	kinds := 0
	for _, e := range p.entries {
		kinds = max(kinds, len(e.Kind))
	}
	top := max(p.chosen-room+1, 0)
	for i := top; i < min(top+room, len(p.found)); i++ {
		e := p.entries[p.found[i]]
		mark, tone := "  ", cells.Plain
		if i == p.chosen {
			mark, tone = "▸ ", cells.Strong
		}
		row := cells.Row{{Text: mark, Tone: tone}}
		if w >= wide {
			row = append(row, cells.Run{Text: fmt.Sprintf("%-*s  ", kinds, e.Kind), Tone: cells.Dim})
		}
		row = append(row, cells.Run{Text: e.Title, Tone: tone})
		rows = append(rows, withEnd(row, cells.Text(cells.Dim, e.Hint), w))
	}
	return cells.Window(rows, 0, h)
}

// line is what has been typed, with a block at the cursor, and how much is
// found.
func (p *Palette) line(w int) cells.Row {
	text := []rune(p.input.Value())
	at := p.input.Position()
	count := cells.Text(cells.Dim, fmt.Sprintf("%d of %d", len(p.found), len(p.entries)))
	left := cells.Row{{Text: "> ", Tone: cells.Keycap}, {Text: string(text[:at])}, {Text: "▌", Tone: cells.Keycap}, {Text: string(text[at:])}}
	if len(text) == 0 {
		left = append(left, cells.Run{Text: " type to find an action, a lesson, an exchange …", Tone: cells.Dim})
	}
	return withEnd(left, count, w)
}

// withEnd puts end at the right edge where there is room for both.
func withEnd(row, end cells.Row, w int) cells.Row {
	if row.Width()+cells.Gap+end.Width() > w {
		return cells.Fit(row, w)
	}
	return cells.Ends(row, end, w)
}
