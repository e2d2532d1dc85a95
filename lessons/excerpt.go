package lessons

import (
	"fmt"
	"go/ast"
	goparser "go/parser"
	"go/token"
	"io/fs"
	"strconv"
	"strings"
)

// excerpt shows a declaration of a Go file, or some lines of it:
//
//	excerpt 01-socket/main.go serve
//	excerpt 01-socket/socket/socket.go Conn.Close 3-9
//
// Lines count from the declaration's first, its comment left out.
func (p *parser) excerpt(arguments []string) (*Block, error) {
	if len(arguments) < 2 || len(arguments) > 3 {
		return nil, p.fail("an excerpt is FILE DECLARATION, or FILE DECLARATION 3-9: %q", arguments)
	}
	file, name := arguments[0], arguments[1]
	source, err := fs.ReadFile(p.sources, file)
	if err != nil {
		return nil, p.fail("excerpt: %w", err)
	}
	if at := untrusted(source); at >= 0 {
		return nil, p.fail("excerpt: a character that does not show in %s, byte %d", file, at)
	}
	first, last, err := declaration(file, source, name)
	if err != nil {
		return nil, p.fail("excerpt: %w", err)
	}
	if len(arguments) == 3 {
		from, to, err := lineRange(arguments[2], last-first+1)
		if err != nil {
			return nil, p.fail("excerpt: %s: %w", name, err)
		}
		first, last = first+from-1, first+to-1
	}
	lines := strings.Split(string(source), "\n")[first-1 : last]
	return &Block{
		Kind: Excerpt, Name: file + " " + name, lang: "go",
		Text:  untab(strings.Join(outdent(lines), "\n")),
		place: fmt.Sprintf("steps/%s, line %d, %s", file, first, name),
	}, nil
}

// declaration finds the first and last line of a function, a method ("T.M"), a
// type, a constant or a variable. A grouped one is found by each of its names.
func declaration(file string, source []byte, name string) (first, last int, err error) {
	set := token.NewFileSet()
	tree, err := goparser.ParseFile(set, file, source, goparser.SkipObjectResolution)
	if err != nil {
		return 0, 0, fmt.Errorf("not a Go file: %s", file)
	}
	for _, d := range tree.Decls {
		if declares(d, name) {
			return set.Position(d.Pos()).Line, set.Position(d.End()).Line, nil
		}
	}
	return 0, 0, fmt.Errorf("no declaration in %s: %q", file, name)
}

func declares(d ast.Decl, name string) bool {
	switch d := d.(type) {
	case *ast.FuncDecl:
		return funcName(d) == name
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				if s.Name.Name == name {
					return true
				}
			case *ast.ValueSpec:
				for _, n := range s.Names {
					if n.Name == name {
						return true
					}
				}
			}
		}
	}
	return false
}

// funcName is "F" for a function, "T.M" for a method of T or *T.
func funcName(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return d.Name.Name
	}
	receiver := d.Recv.List[0].Type
	if star, ok := receiver.(*ast.StarExpr); ok {
		receiver = star.X
	}
	if id, ok := receiver.(*ast.Ident); ok {
		return id.Name + "." + d.Name.Name
	}
	return d.Name.Name
}

// lineRange reads "3-9" or "3", within a declaration of so many lines.
func lineRange(text string, lines int) (from, to int, err error) {
	low, high, ok := strings.Cut(text, "-")
	if !ok {
		high = low
	}
	from, err1 := strconv.Atoi(low)
	to, err2 := strconv.Atoi(high)
	if err1 != nil || err2 != nil || from < 1 || to < from || to > lines {
		return 0, 0, fmt.Errorf("not among its %d lines: %q", lines, text)
	}
	return from, to, nil
}

// outdent takes away the tabs that all lines share.
func outdent(lines []string) []string {
	for len(lines) > 0 {
		next := make([]string, len(lines))
		for i, l := range lines {
			cut, ok := strings.CutPrefix(l, "\t")
			if !ok && strings.TrimSpace(l) != "" {
				return lines
			}
			next[i] = cut
		}
		if strings.Join(next, "") == "" {
			return lines
		}
		lines = next
	}
	return lines
}
