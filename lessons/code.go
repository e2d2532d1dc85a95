package lessons

import (
	"strings"

	"example/wirebook/internal/wire/message"
)

// continued marks the rest of a line that was too long for one row.
var continued = Span{Text: "↳ ", Role: Dim}

// codeRows lays code out line by line; a long line goes on behind a mark.
func codeRows(text, lang string, width int) []row {
	if lang == "http" {
		dir := message.ToServer
		if strings.HasPrefix(text, "HTTP/") {
			dir = message.ToClient
		}
		return said(dir, []byte(strings.ReplaceAll(text, "\n", "\r\n"))).messageRows(width)
	}
	var rows []row
	for line := range strings.SplitSeq(text, "\n") {
		rows = append(rows, wrapRow(codeSpans(line, lang), width)...)
	}
	return rows
}

// codeSpans tells a comment from the rest: all the colour that short excerpts
// need. The mark inside a string literal is none; a quote before it decides.
func codeSpans(line, lang string) row {
	mark := map[string]string{"go": "//", "sh": "# "}[lang]
	at := -1
	if mark != "" {
		at = strings.Index(line, mark)
	}
	if at < 0 || strings.Count(line[:at], `"`)%2 == 1 {
		return row{{Text: line, Role: CodeText}}
	}
	return row{{Text: line[:at], Role: CodeText}, {Text: line[at:], Role: CodeComment}}
}

// wrapRow cuts a row that is too wide: code behind a space, bytes between two
// characters. The two marks of a line end stay together. The place of the cut
// carries no meaning, and the mark says so.
func wrapRow(r row, width int) []row {
	if rowWidth(r) <= width {
		return []row{r}
	}
	var rows []row
	var line row
	room, fresh := width, true
	cut := func() {
		rows = append(rows, line)
		line = row{continued}
		room, fresh = width-cells(continued.Text), true
	}
	for _, s := range r {
		if s.Role == LineEnd && !fresh && cells(s.Text) > room {
			cut()
		}
		for s.Text != "" {
			n, taken := fit(s.Text, room)
			if n < len(s.Text) && (s.Role == CodeText || s.Role == CodeComment) {
				n, taken = behindSpace(s.Text, n, taken)
			}
			// fit gives one character even where none fits: a fresh line takes it.
			if fresh || taken <= room {
				line = append(line, Span{Text: s.Text[:n], Role: s.Role})
				s.Text = s.Text[n:]
				room -= taken
				fresh = false
			}
			if s.Text != "" {
				cut()
			}
		}
	}
	return append(rows, line)
}

// behindSpace moves a cut behind the last space before it, but not into the
// indent.
func behindSpace(text string, n, taken int) (int, int) {
	head := strings.TrimRight(text[:n], " ")
	if i := strings.LastIndexByte(head, ' '); len(head) == n && strings.TrimSpace(text[:i+1]) != "" {
		return i + 1, cells(text[:i+1])
	}
	return n, taken
}

// said is a message that belongs to no exchange.
func said(dir message.Dir, b []byte) event {
	var t talk
	t.splitter.Add(dir, b)
	return t.next(dir, b)
}
