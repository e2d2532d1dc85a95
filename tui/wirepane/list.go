package wirepane

import (
	"fmt"
	"slices"

	"example/wirebook/internal/visible"
	"example/wirebook/tui/cells"
)

// list shows the other connections, newest first, the chosen one marked. It
// keeps the chosen one in sight.
func (p *Pane) list(h int) []cells.Row {
	if h == 0 {
		return nil
	}
	title := "connections"
	if n := p.conns.gone; n > 0 {
		title += fmt.Sprintf(", %s no longer kept", visible.Thousands(n))
	}
	if n := p.conns.lost; n > 0 {
		title += fmt.Sprintf(", %s events lost", visible.Thousands(n))
	}
	items, chosen := p.listItems()
	first := max(0, chosen-(h-2))
	if newer := countConns(items[:first]); newer > 0 {
		title += fmt.Sprintf(", %s newer above", visible.Thousands(newer))
	}
	rows := []cells.Row{cells.Rule(title, p.w)}
	for _, i := range items[first:] {
		if len(rows) >= h {
			break
		}
		if i.conn != nil {
			rows = append(rows, p.listRows(i.conn)...)
		} else {
			rows = append(rows, cells.Fit(cells.Text(cells.Bad, "  ✗   "+i.end.text), p.w-1))
		}
	}
	return rows
}

// A listItem is a connection, or the end of a server.
type listItem struct {
	conn *connView
	end  serverEnd
}

// listItems lists both, newest first, and says which item is the chosen one.
func (p *Pane) listItems() (items []listItem, chosen int) {
	ends := p.conns.ends
	for _, t := range slices.Backward(p.conns.views) {
		for n := len(ends); n > 0 && ends[n-1].at > t.conn.Began(); n-- {
			items = append(items, listItem{end: ends[n-1]})
			ends = ends[:n-1]
		}
		if t.conn.ID == p.chosen {
			chosen = len(items)
		}
		items = append(items, listItem{conn: t})
	}
	return items, chosen
}

func countConns(items []listItem) int {
	n := 0
	for _, i := range items {
		if i.conn != nil {
			n++
		}
	}
	return n
}

// listRows is a connection in the list: what was asked and answered, and behind
// it, as far as there is room, by whom. The chosen one is explained below.
func (p *Pane) listRows(t *connView) []cells.Row {
	mark, tn := "  ", cells.Plain
	isChosen := t.conn.ID == p.chosen
	if isChosen {
		mark, tn = "▸ ", cells.Strong
	}
	number := fmt.Sprintf("%s%-3s ", mark, number(t.conn))
	line, explanation := t.line(), t.conn.Explain()
	r := cells.Row{{Text: number + line, Tone: tn, Ref: t.conn.ID}}
	const gap, shortest = 3, 8 // less of a name says nothing
	if room := p.w - 1 - r.Width() - gap; room >= shortest {
		who := cells.Text(cells.Dim, t.conn.Who())
		r = cells.Ends(r, cells.Fit(who, min(who.Width(), room)), p.w-1)
	}
	if isChosen && explanation != "" {
		return []cells.Row{r, cells.Indent(cells.Row{{Text: explanation, Tone: cells.Dim, Ref: t.conn.ID}}, len(number))}
	}
	return []cells.Row{r}
}
