package lessons

import (
	"regexp"
	"strconv"

	"github.com/yuin/goldmark/ast"
)

// plainWords gives the block above a comment what plain mode says in its place.
func (p *parser) plainWords(n ast.Node, above []Block) error {
	html, ok := n.(*ast.HTMLBlock)
	if !ok {
		return nil
	}
	m := plainComment.FindSubmatch(html.Lines().Value(p.source))
	if m == nil {
		return nil
	}
	if len(above) > 0 {
		switch b := &above[len(above)-1]; b.Kind {
		case Paragraph, List, Table, Quote:
			b.spoken = string(m[1])
			return nil
		}
	}
	return p.fail("no prose stands above what plain mode is to say: %q", m[1])
}

var (
	plainComment   = regexp.MustCompile(`^<!-- plain: (.*) -->\s*$`)
	minutesComment = regexp.MustCompile(`^<!-- minutes: (\d{1,3}) -->\s*$`)
	serverComment  = regexp.MustCompile(`^<!-- server: (.*) -->\s*$`)
)

// comment accepts HTML comments alone: they are the author's, and two of them
// say how long the lesson takes and which server it begins with.
func (p *parser) comment(n *ast.HTMLBlock) error {
	if n.HTMLBlockType != ast.HTMLBlockType2 {
		return p.fail("a lesson holds no HTML")
	}
	if m := minutesComment.FindSubmatch(n.Lines().Value(p.source)); m != nil {
		p.lesson.Minutes, _ = strconv.Atoi(string(m[1])) // three digits always fit
	}
	if m := serverComment.FindSubmatch(n.Lines().Value(p.source)); m != nil {
		var ok bool
		if p.lesson.Server, ok = parseServer(string(m[1])); !ok {
			return p.fail("a lesson begins with the server notes or reference: %q", m[1])
		}
	}
	return nil
}
