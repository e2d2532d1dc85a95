package lessons

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// inline makes running text of a node's inline children.
func (p *parser) inline(n ast.Node, role Role) (flow, error) {
	in := inliner{parser: p}
	if err := in.children(n, role, ""); err != nil {
		return flow{}, err
	}
	return newFlow(in.text.String(), in.runs), nil
}

// An inliner gathers text and notes where its role changes.
type inliner struct {
	parser *parser
	text   strings.Builder
	runs   []run
}

func (in *inliner) children(n ast.Node, role Role, link string) error {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if err := in.node(c, role, link); err != nil {
			return err
		}
	}
	return nil
}

func (in *inliner) node(n ast.Node, role Role, link string) error {
	switch n := n.(type) {
	case *ast.Text:
		value := n.Value(in.parser.source)
		if role != CodeText {
			value = util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(value)))
		}
		if n.HardLineBreak() {
			value = append(value[:len(value):len(value)], '\n')
		} else if n.SoftLineBreak() {
			value = append(value[:len(value):len(value)], ' ')
		}
		return in.add(value, role, link)
	case *ast.String:
		return in.add(n.Value, role, link)
	case *ast.CodeSpan:
		return in.children(n, CodeText, link)
	case *ast.Emphasis:
		if n.Level > 1 {
			return in.children(n, Strong, link)
		}
		return in.children(n, Emphasis, link)
	case *ast.Link:
		return in.children(n, LinkText, string(n.Destination))
	case *ast.AutoLink:
		return in.add(n.Label(in.parser.source), LinkText, string(n.URL(in.parser.source)))
	}
	return in.parser.fail("a lesson's text holds no %s", n.Kind())
}

// add appends text in one role. Character references may spell characters
// that the file itself may not hold, so it looks once more.
func (in *inliner) add(value []byte, role Role, link string) error {
	if at := untrusted(value); at >= 0 {
		return in.parser.fail("a character that does not show, by reference: %q", value)
	}
	in.text.WriteString(strings.ReplaceAll(string(value), "\t", " "))
	end := in.text.Len()
	if last := len(in.runs) - 1; last >= 0 && in.runs[last].role == role && in.runs[last].link == link {
		in.runs[last].end = end
		return nil
	}
	in.runs = append(in.runs, run{end: end, role: role, link: link})
	return nil
}
