package lessons

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"example/wirebook/internal/course"
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/visible"
)

// A sides value says which side of an exchange a block shows, and whose answer.
type sides struct {
	request, answer bool
	whole           bool   // with all lines of the content
	notes           []byte // the notes' answer; nil: the reference's, from the file
}

// exchange reads the words after the name: "request" and "answer" show one
// side alone, "whole" every line of a content, and "notes" says that the fence
// holds what the notes' server answers, written as in an exchange's
// response.raw section.
func (p *parser) exchange(arguments []string, body string) (*Block, error) {
	if len(arguments) == 0 {
		return nil, p.fail("an exchange has a name")
	}
	x, err := p.lookExchange(arguments[0])
	if err != nil {
		return nil, p.fail("%w", err)
	}
	if untrusted([]byte(x.Title)) >= 0 {
		return nil, p.fail("the exchange's title holds a character that does not show: %q", x.Title)
	}
	b := &Block{Kind: Exchange, Name: arguments[0], Exchange: x, sides: sides{request: true, answer: true}}
	for _, word := range arguments[1:] {
		switch word {
		case "request":
			b.sides.answer = false
		case "answer":
			b.sides.request = false
		case "whole":
			b.sides.whole = true
		case "notes":
			if b.sides.notes, err = wireForm(body); err != nil {
				return nil, p.fail("%w", err)
			}
		default:
			return nil, p.fail("unknown word after the exchange's name: %q", word)
		}
	}
	if body != "" && !slices.Contains(arguments, "notes") {
		return nil, p.fail("an exchange's bytes stand in its file, not in the lesson")
	}
	switch {
	case !b.sides.answer: // nobody's answer is shown
		b.AnyServer = true
	case b.sides.notes != nil:
		b.Server = course.Notes
	default:
		b.Server = course.Reference
	}
	b.Text = x.Title + "\n" + sentText(x)
	b.events = b.show()
	return b, nil
}

// sentText is what the client sends, for search and copying.
func sentText(x *exchange.Exchange) string {
	var sent []byte
	for _, a := range x.Script {
		if a.Kind == exchange.Send {
			sent = append(sent, a.Data...)
		}
	}
	var lines []string
	for line := range bytes.Lines(sent) {
		lines = append(lines, visible.Bytes(bytes.TrimRight(line, "\r\n")))
	}
	return strings.Join(lines, "\n")
}

// wireForm reads bytes in the notation of an exchange file, by making one of
// them: the notation has one home.
func wireForm(text string) ([]byte, error) {
	if text == "" {
		return []byte{}, nil // no answer is an answer too
	}
	file := "title: t\nwhy: w\n-- response.raw --\n" + text + "\n"
	x, err := exchange.Parse("notes", []byte(file), nil)
	if err != nil {
		return nil, err
	}
	if len(x.Script) != 1 || x.Script[0].Response == nil {
		return nil, fmt.Errorf("not the bytes of one answer: %q", text)
	}
	return x.Script[0].Response.Pattern, nil
}
