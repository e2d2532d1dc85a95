package lessons

import (
	"bytes"
	"fmt"
	"strings"

	"example/wirebook/internal/visible"
)

// plainExchange tells a conversation in words: who says what, in order.
func (b *Block) plainExchange() string {
	said := []string{fmt.Sprintf("Exchange %q.", b.Exchange.Title)}
	server := "Server"
	if b.sides.notes != nil {
		server = "The notes' server"
	}
	for _, s := range b.events {
		who, does := "Client", "sends"
		if s.received {
			who, does = server, "answers"
		}
		switch {
		case s.about:
			said = append(said, capital(s.words)+".")
		case s.bytes == nil && s.words == "nothing":
			said = append(said, who+" answers nothing.")
		case s.bytes == nil:
			said = append(said, who+" "+strings.TrimPrefix(s.words, "… ")+".")
		case s.pattern: // with its open values left out, its length means nothing
			said = append(said, fmt.Sprintf("%s %s: %s.", who, does, s.spoken()))
		default:
			said = append(said, fmt.Sprintf("%s %s %s: %s.", who, does, size(len(s.bytes)), s.spoken()))
		}
	}
	return strings.Join(said, " ")
}

func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// spoken reads bytes aloud: the head line by line with its line ends, the first
// lines of a content that is text, the size of one that is not.
func (e event) spoken() string {
	var said []string
	for _, s := range e.parts {
		if s.content {
			said = append(said, spokenContent(s.bytes, s.media))
		} else {
			said = append(said, spokenHead(s.bytes, e.pattern)...)
		}
	}
	return strings.Join(said, "; ")
}

// spokenHead names each line's end: it is what the notes get wrong.
func spokenHead(b []byte, pattern bool) []string {
	var said []string
	for len(b) > 0 {
		line, end := cutLine(b)
		b = b[len(line)+end:]
		mark := [...]string{"", "line feed alone", "line end"}[end]
		text := spokenLine(line)
		if name, open := strings.CutSuffix(text, ": *"); open && pattern {
			text = name + " with any value"
		}
		switch {
		case text == "" && end == 2:
			said = append(said, "empty line")
		case text == "":
			said = append(said, "empty line, "+mark)
		case end == 0:
			said = append(said, text)
		default:
			said = append(said, text+", "+mark)
		}
		if len(said) == maxHeadLines && len(b) > 0 {
			return append(said, "and "+size(len(b))+" more")
		}
	}
	return said
}

// spokenLine says how many spaces end a line: nobody hears them.
func spokenLine(line []byte) string {
	keep := min(len(line), maxLineBytes)
	text := bytes.TrimRight(line[:keep], " ")
	said := visible.Bytes(text)
	if n := keep - len(text); n > 0 {
		said += fmt.Sprintf(", spaces at the end: %d", n)
	}
	if keep < len(line) {
		said += ", and " + size(len(line)-keep) + " more in this line"
	}
	return said
}

func spokenContent(b []byte, media string) string {
	if !visible.IsText(b) {
		return "then " + size(len(b)) + media
	}
	const lines = 3
	var said []string
	rest := b
	for len(rest) > 0 && len(said) < lines {
		line, end := cutLine(rest)
		said = append(said, spokenLine(line))
		rest = rest[len(line)+end:]
	}
	text := "then " + size(len(b)) + media + ": " + strings.Join(said, " / ")
	if len(rest) > 0 {
		text += ", and so on"
	}
	return text
}
