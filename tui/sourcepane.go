package tui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/internal/course"
	"example/wirebook/tui/cells"
)

// A sourceKey says whose source it is.
type sourceKey struct {
	step    string
	version course.Server
}

// A sourceFile is one file, ready to draw.
type sourceFile struct {
	name string // from the module's root, with slashes
	text string
	rows []cells.Row
}

// A sourcePane shows the source of the version that stands behind the tap.
type sourcePane struct {
	w, h  int
	key   sourceKey
	files []sourceFile
	err   error
	index int
	top   int
	left  int // columns scrolled away
}

func (p *sourcePane) setSize(w, h int) { p.w, p.h = w, h }

// set takes in what was read. Reading the same source again, after a save,
// keeps the place.
func (p *sourcePane) set(msg sourceRead) {
	if msg.key != p.key {
		p.index, p.top, p.left = 0, 0, 0
	}
	p.key, p.files, p.err = msg.key, msg.files, msg.err
	p.index = min(p.index, max(len(p.files)-1, 0))
}

func (p *sourcePane) file() *sourceFile {
	if p.index >= len(p.files) {
		return nil
	}
	return &p.files[p.index]
}

func (p *sourcePane) nextFile(by int) {
	n := min(max(p.index+by, 0), max(len(p.files)-1, 0))
	if n != p.index {
		p.index, p.top, p.left = n, 0, 0
	}
}

func (p *sourcePane) scrollBy(n int) {
	if f := p.file(); f != nil {
		p.top = min(max(p.top+n, 0), max(len(f.rows)-p.h+2, 0))
	}
}

func (p *sourcePane) shift(by int) { p.left = min(max(p.left+by, 0), 160) }

// find scrolls to the next line of the file that holds a text, as the lesson's
// does.
func (p *sourcePane) find(text string, from, dir int) int {
	f := p.file()
	if f == nil {
		return -1
	}
	line := cells.FindLine(len(f.rows), from, dir, func(i int) bool { return cells.ContainsFold(f.rows[i].Plain(), text) })
	if line >= 0 {
		p.scrollBy(max(line-p.h/3, 0) - p.top)
	}
	return line
}

// rows draws the pane.
func (p *sourcePane) rows(found string) []cells.Row {
	f := p.file()
	if f == nil {
		text := "Reading …"
		if p.err != nil {
			text = p.err.Error()
		}
		return append([]cells.Row{nil}, cells.Wrap(text, p.w, cells.Dim)...)
	}
	where := fmt.Sprintf("%d of %d", min(p.top+p.h-2, len(f.rows)), len(f.rows))
	if n := len(p.files); n > 1 {
		where += fmt.Sprintf(" · file %d of %d", p.index+1, n)
	}
	rows := []cells.Row{cells.Ends(cells.Text(cells.Strong, f.name), cells.Text(cells.Dim, where), p.w), nil}
	for i, r := range cells.Window(f.rows, p.top, p.h-2) {
		if p.top+i >= len(f.rows) {
			break
		}
		if found != "" {
			r = cells.Mark(r, found)
		}
		number := cells.Run{Text: fmt.Sprintf("%4d  ", p.top+i+1), Tone: cells.Dim}
		rows = append(rows, append(cells.Row{number}, cutLeft(r, p.left)...))
	}
	return rows
}

// cutLeft leaves out a row's first n characters. Source is cut by character;
// a wide one at the edge may shift its row by a cell.
func cutLeft(r cells.Row, n int) cells.Row {
	var out cells.Row
	for _, x := range r {
		letters := []rune(x.Text)
		if n >= len(letters) {
			n -= len(letters)
			continue
		}
		x.Text, n = string(letters[n:]), 0
		out = append(out, x)
	}
	return out
}

// readSource reads the source of the version behind the tap, if it can be seen.
func (m *Model) readSource() tea.Cmd {
	if m.left != sourceView {
		return nil
	}
	key := m.sourceWanted()
	ctx, root := m.ctx, m.o.Root
	return func() tea.Msg {
		files, err := readSources(ctx, root, key)
		return sourceRead{key, files, err}
	}
}

func (m *Model) sourceWanted() sourceKey { return sourceKey{m.step(), m.versionNow()} }

// sourceDirs are the folders of a version, from its step's; "" is the step's
// own. Packages of the step belong to the reference.
func sourceDirs(root string, key sourceKey) []string {
	switch key.version {
	case course.Notes:
		return []string{"testdata/skeleton"}
	case course.Yours:
		return []string{"exercise"}
	}
	dirs := []string{""}
	entries, _ := os.ReadDir(filepath.Join(root, "steps", key.step))
	for _, e := range entries {
		if e.IsDir() && !slices.Contains([]string{"exercise", "verify", "testdata", "exchanges", "www"}, e.Name()) {
			dirs = append(dirs, e.Name())
		}
	}
	return dirs
}

// maxSource bounds what is read of one file.
const maxSource = 1 << 20

func readSources(ctx context.Context, root string, key sourceKey) ([]sourceFile, error) {
	var files []sourceFile
	for _, dir := range sourceDirs(root, key) {
		base := filepath.Join("steps", key.step, filepath.FromSlash(dir))
		names, _ := filepath.Glob(filepath.Join(root, base, "*.go"))
		slices.SortFunc(names, mainFirst)
		for _, name := range names {
			info, err := os.Stat(name)
			if err != nil || info.Size() > maxSource || strings.HasSuffix(name, "_test.go") {
				continue
			}
			text, err := os.ReadFile(name)
			if err != nil {
				return nil, fmt.Errorf("the source cannot be read: %w", err)
			}
			shown := filepath.ToSlash(filepath.Join(base, filepath.Base(name)))
			files = append(files, sourceFile{shown, string(text), goRows(text)})
		}
	}
	if len(files) == 0 {
		return commandSource(ctx, root, key)
	}
	return files, nil
}

// commandSource stands for the source of a server that is not the workbook's
// own: the command line that starts it.
func commandSource(ctx context.Context, root string, key sourceKey) ([]sourceFile, error) {
	c, err := course.Command(ctx, root, key.step, key.version)
	var missing *course.Unavailable
	if errors.As(err, &missing) {
		return nil, errors.New(missing.Problem + "; " + missing.Advice)
	}
	if err != nil {
		return nil, err
	}
	line := strings.NewReplacer("{host}", "HOST", "{port}", "PORT").Replace(strings.Join(c.Args, " "))
	dir, err := filepath.Rel(root, c.Dir)
	if err != nil {
		dir = c.Dir
	}
	text := "# This server is no program of the workbook.\n" +
		"# It runs in " + filepath.ToSlash(dir) + " as:\n\n" + line + "\n\n" +
		"# The workbook chooses HOST and PORT.\n" +
		"# v goes on to a server whose source is here.\n"
	var rows []cells.Row
	for l := range strings.Lines(text) {
		t := cells.Code
		if strings.HasPrefix(l, "#") {
			t = cells.Comment
		}
		rows = append(rows, cells.Text(t, strings.TrimRight(l, "\n")))
	}
	return []sourceFile{{"what runs", text, rows}}, nil
}

// mainFirst sorts main.go before all others.
func mainFirst(a, b string) int {
	rank := func(s string) string {
		if filepath.Base(s) == "main.go" {
			return ""
		}
		return s
	}
	return strings.Compare(rank(a), rank(b))
}
