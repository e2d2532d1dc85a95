package exercisepane

import (
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/visible"
	"example/wirebook/tui/cells"
)

// referenceRows shows what the reference answers: the exchange's own bytes,
// which the reference is tested against.
func referenceRows(x *exchange.Exchange, w int) []cells.Row {
	if x == nil {
		return nil
	}
	rows := cells.Wrap("What the reference answers to “"+x.Title+"”. A * stands for a value that varies.", w, cells.Dim)
	for _, a := range x.Script {
		switch {
		case a.Kind == exchange.Send:
			rows = append(rows, nil, cells.Text(cells.ToServer, "→ sent"))
			rows = append(rows, byteRows(a.Data, w)...)
		case a.Kind == exchange.Expect && a.Response != nil:
			rows = append(rows, nil, cells.Text(cells.ToClient, "← due"))
			rows = append(rows, byteRows(a.Response.Pattern, w)...)
		case a.Kind == exchange.ExpectClose:
			rows = append(rows, cells.Text(cells.Dim, "  and then a close"))
		}
	}
	return rows
}

// byteRows shows a message, a row a line.
func byteRows(b []byte, w int) []cells.Row {
	var rows []cells.Row
	for _, r := range visible.Rows(b, exchange.ContentOffset(b), -1) {
		t := cells.Code
		if r.Gap {
			t = cells.Dim
		}
		for _, part := range cells.Chop(r.Text, w-2, t) {
			rows = append(rows, cells.Indent(part, 2))
		}
	}
	return rows
}
