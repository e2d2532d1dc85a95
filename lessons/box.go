package lessons

import "strings"

// A box is a frame with a title around rows: an exchange, an exercise.
type box struct {
	kind  string // "exchange": before the title
	title string
	notes []Span // at the right end of the upper edge, the last of them as far as there is room
	hint  row    // at the right end of the lower edge, when the block is focused
	edge  Role   // Frame or Active
	rows  []row  // what stands inside
	inset string // what stands before each line of the box
}

// boxSize says how a box fits into a width: the space before it and the width
// for the text inside. A narrow page has no room for space.
func boxSize(width int) (inset string, inside int) {
	if width >= 50 {
		return "  ", width - 2 - 4
	}
	return "", width - 4
}

// shortNote is the room that a title leaves for the last note: "sent", and a
// space on both sides.
const shortNote = 6

// draw frames the rows, none of which may be wider than inside.
func (x box) draw(inside int) []row {
	title := x.kind + ": " + x.title
	room := inside - 2 // one stroke at each end stays
	if x.notes != nil {
		room -= shortNote
	}
	if cells(title) > room {
		title = x.kind
		x.rows = append(prose(x.title, Label, inside), x.rows...)
	}
	out := []row{x.upper(title, inside)}
	for _, r := range x.rows {
		line := append(row{{Text: "│ ", Role: x.edge}}, r...)
		if fill := inside - rowWidth(r); fill > 0 {
			line = append(line, Span{Text: strings.Repeat(" ", fill)})
		}
		out = append(out, append(line, Span{Text: " │", Role: x.edge}))
	}
	out = append(out, x.lower(inside))
	if x.inset != "" {
		out = indent(out, x.inset)
	}
	return out
}

// note joins the last notes, as many as find room in a width.
func (x box) note(room int) row {
	for i := range x.notes {
		var note row
		for k, s := range x.notes[i:] {
			if k > 0 {
				note = append(note, Span{Text: " · ", Role: Dim})
			}
			note = append(note, s)
		}
		if rowWidth(note) <= room {
			return note
		}
	}
	return nil
}

// upper is the edge with the title and, where there is room, the notes.
func (x box) upper(title string, inside int) row {
	note := x.note(inside - cells(title) - 4)
	line := row{{Text: "┌ ", Role: x.edge}, {Text: title, Role: Label}}
	strokes := inside - cells(title)
	if note != nil {
		strokes -= rowWidth(note) + 2
	}
	line = append(line, Span{Text: " " + strings.Repeat("─", strokes), Role: x.edge})
	if note != nil {
		line = append(line, Span{Text: " ", Role: x.edge})
		line = append(line, note...)
		line = append(line, Span{Text: " ", Role: x.edge})
	}
	return append(line, Span{Text: "┐", Role: x.edge})
}

func (x box) lower(inside int) row {
	if x.hint == nil {
		return row{{Text: "└" + strings.Repeat("─", inside+2) + "┘", Role: x.edge}}
	}
	strokes := inside - rowWidth(x.hint)
	line := row{{Text: "└" + strings.Repeat("─", strokes) + " ", Role: x.edge}}
	line = append(line, x.hint...)
	return append(line, Span{Text: " ┘", Role: x.edge})
}
