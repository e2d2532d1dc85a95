package sourcepane

import (
	"example/wirebook/tui/cells"
	"go/scanner"
	"go/token"
	"strings"
)

// goRows paints Go source: comments step back, keywords and literals have a
// tone, all else is plain. It scans and does not parse, so that a program that
// does not compile is painted too.
func goRows(source []byte) []cells.Row {
	var s scanner.Scanner
	set := token.NewFileSet()
	file := set.AddFile("", set.Base(), len(source))
	s.Init(file, source, nil, scanner.ScanComments)
	w := codeWriter{rows: []cells.Row{nil}}
	at := 0
	for {
		pos, tok, text := s.Scan()
		if tok == token.EOF {
			break
		}
		if tok == token.SEMICOLON && text == "\n" {
			continue // put in by the scanner
		}
		off := file.Offset(pos)
		end := off + len(text)
		if text == "" {
			end = off + len(tok.String())
		}
		// The scanner drops carriage returns from comments and raw strings:
		// their text is taken from the source, up to the next token's start.
		if off < at || end > len(source) {
			continue
		}
		w.put(string(source[at:off]), cells.Plain)
		w.put(string(source[off:end]), tokenTone(tok))
		at = end
	}
	w.put(string(source[at:]), cells.Plain)
	if n := len(w.rows); n > 1 && len(w.rows[n-1]) == 0 {
		w.rows = w.rows[:n-1] // the file ends in a line feed
	}
	return w.rows
}

func tokenTone(t token.Token) cells.Tone {
	switch {
	case t == token.COMMENT:
		return cells.Comment
	case t.IsKeyword():
		return cells.Keyword
	case t.IsLiteral() && t != token.IDENT:
		return cells.Literal
	}
	return cells.Plain
}

// A codeWriter breaks painted text into rows at line feeds.
type codeWriter struct{ rows []cells.Row }

func (w *codeWriter) put(text string, t cells.Tone) {
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			w.rows = append(w.rows, nil)
		}
		line = strings.ReplaceAll(strings.TrimSuffix(line, "\r"), "\t", "    ")
		if line != "" {
			last := &w.rows[len(w.rows)-1]
			*last = append(*last, cells.Run{Text: cells.Safe(line), Tone: t})
		}
	}
}
