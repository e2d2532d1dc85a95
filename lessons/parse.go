package lessons

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"example/wirebook/internal/course"
)

// markdown is CommonMark with tables; it keeps no state between parses.
var markdown = goldmark.New(goldmark.WithExtensions(extension.Table)).Parser()

// Parse makes a lesson of a Markdown file. file is its name, "01-socket.md".
// What its fences name is looked up in steps (exchanges, exercises) and in
// sources (rooted at steps/). Errors name the file and the line.
func Parse(file string, source []byte, steps []*course.Step, sources fs.FS) (*Lesson, error) {
	source = bytes.ReplaceAll(source, []byte("\r\n"), []byte("\n"))
	p := &parser{
		file: file, source: source, sources: sources, steps: steps,
		lesson: &Lesson{Step: strings.TrimSuffix(file, ".md"), Server: course.Notes},
		named:  map[string]bool{},
	}
	if at := untrusted(source); at >= 0 {
		p.line = 1 + bytes.Count(source[:at], []byte("\n"))
		r, _ := utf8.DecodeRune(source[at:])
		return nil, p.fail("a character that does not show: %U", r)
	}
	document := markdown.Parse(text.NewReader(source))
	blocks, err := p.blocks(document)
	if err != nil {
		return nil, err
	}
	if p.lesson.Title == "" {
		p.line = 1
		return nil, p.fail("no title: a lesson begins with \"# Title\"")
	}
	p.lesson.Blocks = blocks
	lendServers(blocks)
	return p.lesson, nil
}

// lendServers gives the server of a question to the box right above it that
// shows what is asked about: sent from there, too, it decides the question.
func lendServers(blocks []Block) {
	for i := 1; i < len(blocks); i++ {
		shown, asked := &blocks[i-1], &blocks[i]
		if asked.Kind == Prediction && shown.Kind == Exchange && shown.Exchange == asked.Exchange && shown.AnyServer {
			shown.Server, shown.AnyServer = asked.Server, false
		}
	}
}

// untrusted finds the first byte of a character that must not reach a
// terminal, or that a reader cannot see: controls, bidirectional marks,
// zero-width characters, invalid UTF-8. Tab and line feed are text. It returns
// -1 when there is none.
func untrusted(b []byte) int {
	for i := 0; i < len(b); {
		if b[i] >= ' ' && b[i] < 0x7f {
			i++ // nearly all of a lesson; the tables below are slow
			continue
		}
		r, size := utf8.DecodeRune(b[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			return i
		case r == '\n' || r == '\t':
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp):
			return i
		}
		i += size
	}
	return -1
}

// A parser turns one document into blocks.
type parser struct {
	file    string
	source  []byte
	sources fs.FS
	steps   []*course.Step
	lesson  *Lesson
	named   map[string]bool // names of predictions and exercises seen
	line    int             // where the parser is, for errors
	depth   int             // how many lists and quotes it is in
}

func (p *parser) place() string { return fmt.Sprintf("%s:%d", p.file, p.line) }

func (p *parser) fail(format string, args ...any) error {
	return fmt.Errorf("lessons: %s: "+format, append([]any{p.place()}, args...)...)
}

// blocks converts all children of a node.
func (p *parser) blocks(parent ast.Node) ([]Block, error) {
	var blocks []Block
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		p.locate(n)
		source := p.place()
		b, err := p.block(n)
		if err != nil {
			return nil, err
		}
		if b != nil {
			b.Source = source
			blocks = append(blocks, *b)
		} else if err := p.plainWords(n, blocks); err != nil {
			return nil, err
		}
	}
	return blocks, nil
}

// locate sets the line from the first node below n that knows its place.
func (p *parser) locate(n ast.Node) {
	offset := -1
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch f, ok := n.(*ast.FencedCodeBlock); {
		case ok && f.Info != nil:
			offset = f.Info.Segment.Start
		case n.Type() == ast.TypeBlock && n.Lines().Len() > 0:
			offset = n.Lines().At(0).Start
		default:
			return ast.WalkContinue, nil
		}
		return ast.WalkStop, nil
	})
	if offset >= 0 {
		p.line = 1 + bytes.Count(p.source[:offset], []byte("\n"))
	}
}

// maxDepth is how deep lists and quotes may lie in one another: a narrow page
// has no room for more.
const maxDepth = 3

// nested converts what stands in a list's item or in a quote.
func (p *parser) nested(n ast.Node) ([]Block, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, p.fail("lists and quotes lie more than %d deep", maxDepth)
	}
	blocks, err := p.blocks(n)
	p.depth--
	return blocks, err
}

// block converts one node; a comment gives nothing.
func (p *parser) block(n ast.Node) (*Block, error) {
	switch n := n.(type) {
	case *ast.Heading:
		return p.heading(n)
	case *ast.Paragraph, *ast.TextBlock:
		return p.paragraph(n)
	case *ast.List:
		return p.list(n)
	case *ast.Blockquote:
		parts, err := p.nested(n)
		return &Block{Kind: Quote, parts: parts, Text: texts(parts)}, err
	case *extast.Table:
		return p.table(n)
	case *ast.FencedCodeBlock:
		return p.fence(n)
	case *ast.HTMLBlock:
		return nil, p.comment(n)
	case *ast.LinkReferenceDefinition:
		return nil, nil
	}
	return nil, p.fail("a lesson holds no %s", n.Kind())
}

func (p *parser) heading(n *ast.Heading) (*Block, error) {
	if n.Level > 4 {
		return nil, p.fail("a heading of level %d: four are enough", n.Level)
	}
	role := []Role{H1, H2, H3, H3}[n.Level-1]
	f, err := p.inline(n, role)
	if p.lesson.Title == "" {
		p.lesson.Title = f.text
	}
	return &Block{Kind: Heading, Level: n.Level, Text: f.text, flow: f}, err
}

func (p *parser) paragraph(n ast.Node) (*Block, error) {
	f, err := p.inline(n, Body)
	return &Block{Kind: Paragraph, Text: f.text, flow: f}, err
}

func (p *parser) list(n *ast.List) (*Block, error) {
	b := &Block{Kind: List, start: -1}
	if n.IsOrdered() {
		if b.start = n.Start; b.start > 99 {
			return nil, p.fail("a list that begins with %d", b.start)
		}
	}
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		parts, err := p.nested(item)
		if err != nil {
			return nil, err
		}
		b.parts = append(b.parts, parts...)
		b.items = append(b.items, len(parts))
	}
	b.Text = texts(b.parts)
	return b, nil
}

func (p *parser) table(n *extast.Table) (*Block, error) {
	b := &Block{Kind: Table}
	var rows []string
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		_, head := row.(*extast.TableHeader)
		role := Body
		if head {
			role = TableHead
		}
		var cellFlows []flow
		var words []string
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			f, err := p.inline(cell, role)
			if err != nil {
				return nil, err
			}
			cellFlows = append(cellFlows, f)
			words = append(words, f.text)
		}
		if head {
			b.table.head = cellFlows
		} else {
			b.table.lines = append(b.table.lines, cellFlows)
		}
		rows = append(rows, strings.Join(words, "\t"))
	}
	b.Text = strings.Join(rows, "\n")
	return b, nil
}

func texts(blocks []Block) string {
	var all []string
	for _, b := range blocks {
		all = append(all, b.Text)
	}
	return strings.Join(all, "\n")
}
