package lessons

import (
	"slices"
	"strings"
)

// written is the address that lessons are written with: there the workbook's
// server is found, unless somebody else has the port.
const written = "localhost:8000"

// moved tells whether a reader's server has another address than the written
// one.
func moved(addr string) bool { return addr != "" && addr != written }

// TextAt is Text for copying, as Layout shows it to a reader whose State has
// this Addr: a command that is pasted talks to the server that is meant.
func (b *Block) TextAt(addr string) string {
	switch b.Kind {
	case Exchange, Excerpt: // what a file says stays as it is
		return b.Text
	case Code:
		if b.lang != "sh" {
			return b.Text
		}
	}
	return readdress(b.Text, addr)
}

func readdress(text, addr string) string {
	if !moved(addr) {
		return text
	}
	return strings.ReplaceAll(text, written, addr)
}

// at is the block with its commands and its prose for another address. It
// returns the block itself where that changes nothing, which is nearly always.
func (b *Block) at(addr string) *Block {
	if !moved(addr) || !b.mentions(written) {
		return b
	}
	there := *b
	there.Text = b.TextAt(addr)
	there.spoken = readdress(b.spoken, addr)
	there.flow = b.flow.at(addr)
	there.table = b.table.at(addr)
	there.parts = slices.Clone(b.parts)
	for i := range there.parts {
		there.parts[i] = *b.parts[i].at(addr)
	}
	return &there
}

// mentions looks in the text and in what links lead to.
func (b *Block) mentions(addr string) bool {
	return strings.Contains(b.Text, addr) ||
		slices.ContainsFunc(b.flow.runs, func(r run) bool { return strings.Contains(r.link, addr) }) ||
		slices.ContainsFunc(b.parts, func(p Block) bool { return p.mentions(addr) })
}

func (t *table) at(addr string) table {
	there := table{head: flowsAt(t.head, addr)}
	for _, line := range t.lines {
		there.lines = append(there.lines, flowsAt(line, addr))
	}
	return there
}

func flowsAt(flows []flow, addr string) []flow {
	var there []flow
	for i := range flows {
		there = append(there, flows[i].at(addr))
	}
	return there
}

// at keeps each run's role; lines may end elsewhere, so it looks for the places
// anew.
func (f *flow) at(addr string) flow {
	var text strings.Builder
	var runs []run
	from := 0
	for _, r := range f.runs {
		text.WriteString(readdress(f.text[from:r.end], addr))
		runs = append(runs, run{end: text.Len(), role: r.role, link: readdress(r.link, addr)})
		from = r.end
	}
	text.WriteString(readdress(f.text[from:], addr))
	return newFlow(text.String(), runs)
}
