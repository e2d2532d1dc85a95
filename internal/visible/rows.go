package visible

import "bytes"

// How much of a message Rows shows. A page of text fits; a picture does not.
const (
	maxRow    = 1 << 10 // bytes of one line
	maxText   = 4 << 10 // bytes of content that is text
	maxBinary = 16      // bytes of content that is not
	around    = 32      // bytes shown on either side of one that matters
)

// A Row is one line of a message made visible.
type Row struct {
	Off  int    // its first byte in the message
	Len  int    // how many bytes it stands for
	Text string // visible, or a count of what is left out
	Gap  bool   // it is a count: "… 10,240 bytes more"
}

// Rows makes a whole message visible, one row a line, broken after each line
// feed and nowhere else; a row's text is what Line makes of it. Its content
// begins at byte content. Long lines, long content and content that is not
// text are cut short and say by how much. The byte at is always shown, with
// some on either side; -1 means that none matters more than others.
func Rows(b []byte, content, at int) []Row {
	var rows []Row
	for off := 0; off < content; {
		n := lineLen(b[off:content])
		rows = appendRow(rows, b, off, n, maxRow, at)
		off += n
	}
	if !IsText(b[content:]) {
		return appendRow(rows, b, content, len(b)-content, maxBinary, at)
	}
	for off := content; off < len(b); {
		n := lineLen(b[off:])
		if off+n-content > maxText { // the rest as one row, cut short
			return appendRow(rows, b, off, len(b)-off, max(maxText-(off-content), 0), at)
		}
		rows = appendRow(rows, b, off, n, maxRow, at)
		off += n
	}
	return rows
}

// appendRow adds b[off:off+n], of which at most limit bytes are shown, and
// those around at.
func appendRow(rows []Row, b []byte, off, n, limit, at int) []Row {
	end := off + n
	if n <= limit+around { // a count would not be shorter
		limit = n
	}
	show := func(from, to int) {
		switch {
		case from == to:
		case to == end:
			rows = append(rows, Row{from, to - from, Line(b[from:to]), false})
		default:
			rows = append(rows, Row{from, to - from, Bytes(b[from:to]), false})
		}
	}
	gap := func(from, to int) {
		if from < to {
			rows = append(rows, Row{from, to - from, more(to - from), true})
		}
	}
	show(off, off+limit)
	if at < off+limit || at > end || limit == n {
		gap(off+limit, end)
		return rows
	}
	from, to := max(at-around, off+limit), min(at+around, end)
	gap(off+limit, from)
	show(from, to)
	gap(to, end)
	return rows
}

// lineLen is the length of the first line of b with its line feed.
func lineLen(b []byte) int {
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		return i + 1
	}
	return len(b)
}
