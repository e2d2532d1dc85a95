package tui

import (
	"example/wirebook/tui/cells"
	"fmt"
	"strings"
)

// helpRows is the page of keys, made from the table of commands.
func (m *Model) helpRows(w int) []cells.Row {
	rows := []cells.Row{nil}
	for _, a := range areas {
		rows = append(rows, cells.Text(cells.Heading, string(a)))
		for _, c := range m.keys {
			if c.area != a {
				continue
			}
			h := c.key.Help()
			names := alternatives(h.Key, c.key.Keys())
			rows = append(rows, cells.Row{
				{Text: fmt.Sprintf("  %8s", h.Key), Tone: cells.Keycap}, {Text: "  " + h.Desc},
				{Text: names, Tone: cells.Dim},
			})
		}
		rows = append(rows, nil)
	}
	for i := range rows {
		rows[i] = cells.Fit(rows[i], w)
	}
	return rows
}

// alternatives lists the other keys that do the same.
func alternatives(name string, keys []string) string {
	if len(keys) < 2 {
		return ""
	}
	return "   (" + strings.Join(keys, ", ") + ")"
}
