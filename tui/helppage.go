package tui

import (
	"fmt"
	"strings"
)

// helpRows is the page of keys, made from the table of commands.
func (m *Model) helpRows(w int) []row {
	rows := []row{nil}
	for _, a := range areas {
		rows = append(rows, say(heading, string(a)))
		for _, c := range m.keys {
			if c.area != a {
				continue
			}
			h := c.key.Help()
			names := alternatives(h.Key, c.key.Keys())
			rows = append(rows, row{
				{text: fmt.Sprintf("  %8s", h.Key), tone: keycap}, {text: "  " + h.Desc},
				{text: names, tone: dim},
			})
		}
		rows = append(rows, nil)
	}
	for i := range rows {
		rows[i] = fit(rows[i], w)
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
