package lessons

import (
	"errors"
	"fmt"
	"go/ast"
	goparser "go/parser"
	"go/token"
	"io/fs"
	"regexp"
	"strings"
)

// excerpt shows a declaration of a Go file, or what stands below a label in it:
//
//	excerpt 01-socket/socket/socket.go Conn.Close
//	excerpt 01-socket/request.go "read the head"
func (p *parser) excerpt(arguments []string) (*Block, error) {
	if len(arguments) < 2 {
		return nil, p.fail("an excerpt is FILE DECLARATION or FILE \"LABEL\": %q", arguments)
	}
	file, name := arguments[0], strings.Join(arguments[1:], " ")
	source, err := fs.ReadFile(p.sources, file)
	if err != nil {
		return nil, p.fail("excerpt: %w", err)
	}
	if at := untrusted(source); at >= 0 {
		return nil, p.fail("excerpt: a character that does not show in %s, byte %d", file, at)
	}
	lines := strings.Split(string(source), "\n")
	var first, last int
	if rest, quoted := strings.CutPrefix(name, `"`); quoted {
		name = strings.TrimSuffix(rest, `"`)
		first, last, err = labelledLines(lines, name)
	} else {
		first, last, err = declaration(file, source, name)
	}
	if err != nil {
		return nil, p.fail("excerpt: %s: %w", file, err)
	}
	return &Block{
		Kind: Excerpt, Name: file + " " + name, lang: "go",
		Text:  untab(strings.Join(outdent(lines[first-1:last]), "\n")),
		place: fmt.Sprintf("steps/%s, line %d, %s", file, first, name),
	}, nil
}

// label matches a comment that names the lines below it: inside a declaration,
// alone on its line, with no comment right above or below, beginning with a
// small letter and ending without punctuation.
var label = regexp.MustCompile(`^(\t+)// ([a-z].*[^.,:;!?])$`)

// labelAt returns the label on a line, and how many tabs stand before it.
func labelAt(lines []string, i int) (name string, depth int, ok bool) {
	m := label.FindStringSubmatch(lines[i])
	if m == nil || isComment(lines, i-1) || isComment(lines, i+1) {
		return "", 0, false
	}
	return m[2], len(m[1]), true
}

func isComment(lines []string, i int) bool {
	return i >= 0 && i < len(lines) && strings.HasPrefix(strings.TrimLeft(lines[i], "\t"), "//")
}

// labelledLines finds the first and last line that a label names, counted from
// 1: from below the label to the next label of the same block, or to the end
// of the block. What is indented less than the label is outside its block.
func labelledLines(lines []string, name string) (first, last int, err error) {
	depth := 0
	for i := range lines {
		got, tabs, ok := labelAt(lines, i)
		switch {
		case !ok || got != name:
		case first > 0:
			return 0, 0, fmt.Errorf("a label twice, in lines %d and %d: %q", first-1, i+1, name)
		default:
			first, depth = i+2, tabs
		}
	}
	if first == 0 {
		return 0, 0, fmt.Errorf("no label %q", name)
	}
	for i := first - 1; i < len(lines); i++ {
		if strings.TrimSpace(lines[i]) == "" {
			if i == first-1 {
				first++
			}
			continue
		}
		_, tabs, ok := labelAt(lines, i)
		if ok && tabs == depth || !strings.HasPrefix(lines[i], strings.Repeat("\t", depth)) {
			break
		}
		last = i + 1
	}
	if last < first {
		return 0, 0, fmt.Errorf("nothing stands below the label %q", name)
	}
	return first, last, nil
}

// declaration finds the first and last line of a function, a method ("T.M"), a
// type, a constant or a variable. A grouped one is found by each of its names.
func declaration(file string, source []byte, name string) (first, last int, err error) {
	set := token.NewFileSet()
	tree, err := goparser.ParseFile(set, file, source, goparser.SkipObjectResolution)
	if err != nil {
		return 0, 0, errors.New("not a Go file")
	}
	for _, d := range tree.Decls {
		if declares(d, name) {
			return set.Position(d.Pos()).Line, set.Position(d.End()).Line, nil
		}
	}
	return 0, 0, fmt.Errorf("no declaration %q", name)
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
